/** Devices that are odd and mean well: what can be read is read, what cannot is named. Sources stand beside each. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOnvif } from '../../native/onvif/onvif.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { startSoapDevice, type SoapDevice, type SoapDeviceOptions } from '../support/soap-device.ts';
import { createMemoryLog, systemClock } from '../support/system-clock.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const start = async (options: SoapDeviceOptions = {}) => {
  const device = await startSoapDevice(options);
  closers.push(device.close);
  const onvif = createOnvif({ clock: systemClock, log: createMemoryLog() });
  const target = { address: device.address, username: 'admin', password: 'pass' };
  return { device, onvif, target, describe: () => onvif.describe(target) };
};

describe('a description', () => {
  it('is read where an address holds a bare ampersand (ZoneMinder 3767)', async () => {
    const { device, describe } = await start();
    device.on('GetStreamUri', () => ({
      body: '<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://127.0.0.1:554/cam?channel=1&subtype=0&unicast=true&proto=Onvif</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>',
    }));
    expect(await describe()).toMatchObject({
      ok: true,
      value: {
        profiles: [
          { streamUrl: 'rtsp://127.0.0.1:554/cam?channel=1&subtype=0&unicast=true&proto=Onvif' },
          { token: 'sub' },
        ],
        leftOut: [],
      },
    });
  });

  it('names the one stream whose reply cannot be read, and has the others', async () => {
    const { device, describe } = await start();
    const uri =
      '<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://127.0.0.1/2</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>';
    device.on('GetStreamUri', ({ text }) => (text.includes('main') ? { raw: '<a><b></a>' } : { body: uri }));
    expect(await describe()).toMatchObject({
      ok: true,
      value: { profiles: [{ token: 'sub' }], leftOut: [{ name: 'main stream', why: 'malformed' }] },
    });
  });

  const withMedia2 = (device: SoapDevice): void => {
    device.on('GetServices', () => ({
      body: `<tds:GetServicesResponse><tds:Service><tds:Namespace>http://www.onvif.org/ver20/media/wsdl</tds:Namespace><tds:XAddr>${device.origin}/onvif/media2</tds:XAddr></tds:Service></tds:GetServicesResponse>`,
    }));
    const tr2 = 'xmlns:tr2="http://www.onvif.org/ver20/media/wsdl"';
    const profile = (token: string, encoding: string, width: number): string =>
      `<tr2:Profiles token="${token}"><tr2:Name>${token} stream</tr2:Name><tr2:Configurations><tr2:VideoEncoder token="e"><tt:Encoding>${encoding}</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${(width * 9) / 16}</tt:Height></tt:Resolution></tr2:VideoEncoder></tr2:Configurations></tr2:Profiles>`;
    const older = device.answerOf('GetProfiles');
    device.on('GetProfiles', (request) =>
      request.path.endsWith('/media2')
        ? {
            body: `<tr2:GetProfilesResponse ${tr2}>${profile('sub', 'H264', 640)}${profile('main', 'H265', 2560)}</tr2:GetProfilesResponse>`,
          }
        : older(request),
    );
    const uri = device.answerOf('GetStreamUri');
    device.on('GetStreamUri', (request) =>
      request.path.endsWith('/media2')
        ? {
            body: `<tr2:GetStreamUriResponse ${tr2}><tr2:Uri>rtsp://10.0.0.9:554/h265</tr2:Uri></tr2:GetStreamUriResponse>`,
          }
        : uri(request),
    );
  };
  /** As Media knows an H.265 profile: there, and without an encoder. */
  const bareMain =
    '<trt:GetProfilesResponse><trt:Profiles token="sub"><tt:Name>sub stream</tt:Name><tt:VideoEncoderConfiguration token="e"><tt:Encoding>H264</tt:Encoding></tt:VideoEncoderConfiguration></trt:Profiles><trt:Profiles token="main"><tt:Name>main stream</tt:Name></trt:Profiles></trt:GetProfilesResponse>';

  it('has the H.265 stream that Media has no word for, by Media2 (node-onvif 78, Dahua)', async () => {
    const { device, describe } = await start();
    device.on('GetProfiles', () => ({ body: bareMain }));
    withMedia2(device);
    expect(await describe()).toMatchObject({
      ok: true,
      value: {
        profiles: [
          { token: 'main', encoding: 'H265', width: 2560, streamUrl: 'rtsp://127.0.0.1:554/h265' },
          { token: 'sub', encoding: 'H264' },
        ],
        leftOut: [],
      },
    });
  });

  it('names that stream where there is no Media2', async () => {
    const { device, describe } = await start();
    device.on('GetProfiles', () => ({ body: bareMain }));
    expect(await describe()).toMatchObject({
      ok: true,
      value: { profiles: [{ token: 'sub' }], leftOut: [{ name: 'main stream', why: 'noEncoder' }] },
    });
  });

  it('asks Media2 nothing where Media has told everything', async () => {
    const { device, describe } = await start();
    withMedia2(device);
    expect(await describe()).toMatchObject({
      ok: true,
      value: { profiles: [{ token: 'main', encoding: 'H264' }, {}] },
    });
    expect(device.requests.filter(({ path }) => path.endsWith('/media2'))).toEqual([]);
  });

  it('finds its services where addresses have no host (agsh 231)', async () => {
    const { device, describe } = await start();
    device.on('GetCapabilities', () => ({
      body: '<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>http:///onvif/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>',
    }));
    expect(await describe()).toMatchObject({ ok: true, value: { profiles: [{}, {}] } });
    expect(device.requests.some(({ path, operation }) => operation === 'GetProfiles' && path === '/onvif/media')).toBe(
      true,
    );
  });

  it('names the relays of both services, each once', async () => {
    const { device, describe } = await start();
    const output = (token: string): string => `<tds:RelayOutputs token="${token}"/>`;
    device.on('GetRelayOutputs', ({ path }) => ({
      body: `<tds:GetRelayOutputsResponse>${output('open')}${path.endsWith('/deviceio') ? output('io-1') : ''}</tds:GetRelayOutputsResponse>`,
    }));
    expect(await describe()).toMatchObject({ ok: true, value: { relayTokens: ['open', 'io-1'] } });
  });

  it('names no inputs where it does not list them, and is described all the same', async () => {
    const { device, describe } = await start();
    device.on('GetDigitalInputs', () => ({ fault: 'ter:ActionNotSupported' }));
    expect(await describe()).toMatchObject({ ok: true, value: { relayTokens: ['open'], inputTokens: [] } });
  });

  it('lists the relays that only DeviceIO has (home-assistant 161480)', async () => {
    const { device, describe } = await start();
    device.on('GetRelayOutputs', ({ path }) =>
      path.endsWith('/deviceio')
        ? { body: '<tds:GetRelayOutputsResponse><tds:RelayOutputs token="io-1"/></tds:GetRelayOutputsResponse>' }
        : { body: '<tds:GetRelayOutputsResponse/>' },
    );
    expect(await describe()).toMatchObject({ ok: true, value: { relayTokens: ['io-1'] } });
  });
});

describe('a clock', () => {
  const yearOff = 365 * 86_400_000;
  const local = (zone: string, east: number, offsetMs: number): string => {
    const at = new Date(Date.now() + offsetMs + east);
    return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>${zone}</tt:TZ></tt:TimeZone><tt:LocalDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:LocalDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
  };

  it.each([
    ['CST-8', 8 * 3_600_000],
    ['&lt;+0530&gt;-5:30', 5.5 * 3_600_000],
    ['EST5EDT', -5 * 3_600_000],
  ])('without UTC is read by local time and zone %s (agsh 160)', async (zone, east) => {
    const { device, describe } = await start({ login: 'token', clockOffsetMs: -yearOff });
    device.on('GetSystemDateAndTime', () => ({ body: local(zone, east, -yearOff) }));
    const described = await describe();
    expect(described).toMatchObject({ ok: true });
    expect(Math.abs((described.ok ? described.value.clockOffsetMs : 0) + yearOff)).toBeLessThan(3000);
  });

  const timeless = '<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime/></tds:GetSystemDateAndTimeResponse>';

  it('that tells nothing is read by the HTTP date', async () => {
    const { device, describe } = await start({ login: 'token', clockOffsetMs: -yearOff });
    device.on('GetSystemDateAndTime', () => ({
      body: timeless,
      headers: { date: new Date(Date.now() - yearOff).toUTCString() },
    }));
    expect(await describe()).toMatchObject({ ok: true });
  });

  it('that tells nothing at all leaves HTTP Digest, which needs none, and no token that is a guess', async () => {
    const { device, describe } = await start({ login: 'digest-md5', noDate: true });
    device.on('GetSystemDateAndTime', () => ({ body: timeless }));
    expect(await describe()).toMatchObject({ ok: true });
    expect(device.requests.filter(({ text }) => text.includes('UsernameToken'))).toEqual([]);
  });

  it('that tells nothing, on a device without Digest, is taken for ours', async () => {
    const { device, describe } = await start({ login: 'token', noDate: true });
    device.on('GetSystemDateAndTime', () => ({ body: timeless }));
    expect(await describe()).toMatchObject({ ok: true });
  });
});

describe('a snapshot', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
  const camera = async (head: string, cut = false): Promise<string> => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => {
        const reply = Buffer.concat([Buffer.from(head, 'latin1'), jpeg]);
        if (cut) socket.end(reply);
        else socket.write(reply);
      });
    });
    closers.push(() => server.close());
    return `http://127.0.0.1:${await listenOnLoopback(server)}/still.jpg`;
  };

  it.each([
    ['a line without a colon', 'HTTP/1.1 200 OK\r\nServer camera\r\nContent-Length: 4\r\n\r\n', false],
    ['a name with a blank', 'HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\n', false],
    ['a line without a name', 'HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 4\r\n\r\n', false],
    ['a bare carriage return', 'HTTP/1.1 200 OK\r\nA: b\rC: d\r\nContent-Length: 4\r\n\r\n', false],
    ['line feeds only', 'HTTP/1.1 200 OK\nContent-Length: 4\n\n', false],
    ['no length, and a broken line', 'HTTP/1.0 200 OK\r\nbroken\r\n\r\n', true],
  ])('is read behind %s (home-assistant 14960, 46600, VStarcam)', async (_what, head, cut) => {
    const { device, onvif, target } = await start();
    const url = await camera(head, cut);
    device.on('GetSnapshotUri', () => ({
      body: `<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>${url}</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>`,
    }));
    const picture = await onvif.snapshot(target);
    expect(picture.ok && Buffer.from(picture.value)).toEqual(jpeg);
  });
});

describe('a login', () => {
  it('once asked by Digest is never given in the plain', async () => {
    const { device, onvif, target } = await start();
    const ask = (scheme: string) => ({ raw: '', status: 401, headers: { 'www-authenticate': scheme } });
    device.on('GetDeviceInformation', (_request, nth) =>
      ask(nth === 1 ? 'Digest realm="r", nonce="n", qop="auth"' : 'Basic realm="r"'),
    );
    expect(await onvif.describe(target)).toEqual({ ok: false, error: { kind: 'credentials' } });
    expect(device.requests.filter(({ headers }) => headers.authorization?.startsWith('Basic') === true)).toEqual([]);
  });
});
