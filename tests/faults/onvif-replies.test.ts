import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOnvif } from '../../native/onvif/onvif.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { envelope, startSoapDevice, type SoapAnswer, type SoapDevice } from '../support/soap-device.ts';
import { createMemoryLog, systemClock, until } from '../support/system-clock.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const start = async () => {
  const device = await startSoapDevice();
  closers.push(device.close);
  const onvif = createOnvif({ clock: systemClock, log: createMemoryLog() });
  const target = { address: device.address, username: 'admin', password: 'pass' };
  /** Describes the device with one reply spoiled; gives the fault. */
  const spoiled = async (answer: SoapAnswer) => {
    device.on('GetDeviceInformation', () => answer);
    const described = await onvif.describe(target);
    return described.ok ? 'described' : described.error;
  };
  return { device, onvif, target, spoiled };
};

const information =
  '<tds:GetDeviceInformationResponse><tds:Manufacturer>M</tds:Manufacturer></tds:GetDeviceInformationResponse>';
const bomb = `<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "${'ha'.repeat(20)}">${[
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
  'h',
  'i',
]
  .map((name, index) => `<!ENTITY ${name} "${`&${String.fromCodePoint(97 + index)};`.repeat(10)}">`)
  .join('')}]>${envelope('&i;')}`;

describe('replies that are not what they should be', () => {
  it.each([
    ['malformed XML', '<a><b></a>', 'not well formed'],
    ['an HTML page', '<html><body>Login</body></html>', 'not a SOAP envelope'],
    ['an XML bomb', bomb, 'document type declaration'],
    [
      'an external entity',
      `<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>${envelope('&f;')}`,
      'document type declaration',
    ],
    ['nesting without end', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'nested too deep'],
    [
      'another SOAP namespace',
      envelope(information).replaceAll('http://www.w3.org/2003/05/soap-envelope', 'urn:other'),
      'not a SOAP envelope',
    ],
    [
      'another service namespace',
      envelope(information).replaceAll('ver10/device/wsdl', 'ver99/device/wsdl'),
      'no GetDeviceInformationResponse in its namespace',
    ],
    ['another answer', envelope('<tds:GetHostnameResponse/>'), 'no GetDeviceInformationResponse in its namespace'],
    ['nothing', '', 'not a SOAP envelope'],
    ['bytes', '\u0000\u0001\uFFFD'.repeat(1000), 'not well formed'],
  ])('%s is refused as malformed', async (_name, raw, detail) => {
    const { spoiled } = await start();
    expect(await spoiled({ raw })).toEqual({ kind: 'malformed', detail });
  });

  it('10 MB are not read', async () => {
    const { spoiled } = await start();
    const memory = process.memoryUsage().arrayBuffers;
    expect(await spoiled({ raw: Buffer.alloc(10 * 1024 * 1024, 0x20) })).toEqual({
      kind: 'malformed',
      detail: 'reply of more than 655360 bytes',
    });
    // The server of this test holds its own 10 MB.
    expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(16 * 1024 * 1024);
  });

  it("a fault's own words are cut short and cleaned", async () => {
    const { spoiled } = await start();
    const fault = await spoiled({ fault: 'ter:Action', reason: `line\u0009two ${'x'.repeat(5000)}` });
    expect(fault).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(fault).length).toBeLessThan(260);
  });

  it('profiles without encoder, tokens or sizes do not spoil the others', async () => {
    const { device, onvif, target } = await start();
    device.on('GetProfiles', () => ({
      body: '<trt:GetProfilesResponse><trt:Profiles/><trt:Profiles token="audio"/><trt:Profiles token="门口&amp;"><tt:VideoEncoderConfiguration/></trt:Profiles><trt:Profiles token="ok"><tt:VideoEncoderConfiguration><tt:Resolution><tt:Width>-5</tt:Width><tt:Height>1e9</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles></trt:GetProfilesResponse>',
    }));
    expect(await onvif.describe(target)).toMatchObject({
      ok: true,
      value: { profiles: [{ token: 'ok', name: 'ok', encoding: '', width: 0 }] },
    });
  });
});

describe('devices that do not speak HTTP, or not in time', () => {
  const raw = async (answer: string | null): Promise<string> => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => answer !== null && socket.write(answer));
    });
    closers.push(() => server.close());
    return `http://127.0.0.1:${await listenOnLoopback(server)}/onvif/device_service`;
  };

  it('a device that is silent, or stops in the middle of its reply, is given up after 8 s', async () => {
    for (const answer of [null, 'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<?xml']) {
      const clock = createManualClock();
      const onvif = createOnvif({ clock, log: createMemoryLog() });
      const described = onvif.describe({ address: await raw(answer), username: null, password: null });
      await until('the request waits', () => clock.pending() === 1);
      clock.advance(7999);
      expect(clock.pending()).toBe(1);
      clock.advance(1);
      expect(await described).toEqual({ ok: false, error: { kind: 'timeout' } });
    }
  });

  it('a device that drips its answers is given up after 30 s', async () => {
    const device = await startSoapDevice();
    closers.push(device.close);
    const clock = createManualClock();
    const profiles = Array.from(
      { length: 50 },
      (_, index) => `<trt:Profiles token="p${index}"><tt:VideoEncoderConfiguration/></trt:Profiles>`,
    ).join('');
    device.on('GetProfiles', () => ({ body: `<trt:GetProfilesResponse>${profiles}</trt:GetProfilesResponse>` }));
    device.on('GetStreamUri', () => {
      clock.advance(7000);
      return { fault: 'ter:Action' };
    });
    const described = await createOnvif({ clock, log: createMemoryLog() }).describe({
      address: device.address,
      username: null,
      password: null,
    });
    expect([described, device.count('GetStreamUri')]).toEqual([{ ok: false, error: { kind: 'timeout' } }, 5]);
  });

  it('an answer that is not HTTP, and endless headers, are refused', async () => {
    const onvif = createOnvif({ clock: systemClock, log: createMemoryLog() });
    for (const answer of ['SSH-2.0-dropbear\r\n', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`]) {
      expect(await onvif.snapshot({ address: await raw(answer), username: null, password: null })).toMatchObject({
        ok: false,
      });
    }
  });

  it('an address that is none is a fault, not an exception', async () => {
    const onvif = createOnvif({ clock: systemClock, log: createMemoryLog() });
    for (const address of ['', 'camera', 'ftp://127.0.0.1/', 'http://']) {
      expect(await onvif.describe({ address, username: null, password: null })).toMatchObject({ ok: false });
    }
  });
});

describe('logins', () => {
  const challenge = (nonce: string, stale = false): SoapAnswer => ({
    raw: '',
    status: 401,
    headers: { 'www-authenticate': `Digest realm="r", nonce="${nonce}", qop="auth"${stale ? ', stale=true' : ''}` },
  });
  const device = async (answers: (nth: number) => SoapAnswer): Promise<SoapDevice> => {
    const made = await startSoapDevice();
    closers.push(made.close);
    made.on('GetDeviceInformation', (_request, nth) => answers(nth));
    return made;
  };
  const describeOn = (made: SoapDevice) =>
    createOnvif({ clock: systemClock, log: createMemoryLog() }).describe({
      address: made.address,
      username: 'admin',
      password: 'pass',
    });

  it('a 401 that never ends is answered once, and twice when the nonce was stale', async () => {
    const loop = await device((nth) => challenge(`n${nth}`));
    expect(await describeOn(loop)).toEqual({ ok: false, error: { kind: 'credentials' } });
    expect(loop.count('GetDeviceInformation')).toBe(2);
    const stale = await device((nth) => challenge(`n${nth}`, true));
    expect(await describeOn(stale)).toEqual({ ok: false, error: { kind: 'credentials' } });
    expect(stale.count('GetDeviceInformation')).toBe(3);
  });

  it('a renewed nonce is used', async () => {
    const made = await device((nth) =>
      nth === 1 ? challenge('first') : nth === 2 ? challenge('second', true) : { body: information },
    );
    expect(await describeOn(made)).toMatchObject({ ok: true });
    expect(made.requests.at(-1)?.headers.authorization).toContain('nonce="second"');
  });

  it('a challenge that nobody can answer is a matter of credentials', async () => {
    const made = await device(() => ({ raw: '', status: 401, headers: { 'www-authenticate': 'Negotiate' } }));
    expect(await describeOn(made)).toEqual({ ok: false, error: { kind: 'credentials' } });
    expect(made.count('GetDeviceInformation')).toBe(1);
  });
});
