import { afterEach, describe, expect, it } from 'vitest';
import type { OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { startSoapDevice, type SoapDevice, type SoapDeviceOptions } from '../../tests/support/soap-device.ts';
import { createMemoryLog, systemClock } from '../../tests/support/system-clock.ts';
import { createOnvif } from './onvif.ts';

const opened: SoapDevice[] = [];
const start = async (options: SoapDeviceOptions = {}) => {
  const device = await startSoapDevice(options);
  opened.push(device);
  const log = createMemoryLog();
  const target: OnvifTarget = {
    address: device.address,
    username: options.username ?? 'admin',
    password: options.password ?? 'pass',
  };
  return { device, log, target, onvif: createOnvif({ clock: systemClock, log }) };
};
afterEach(async () => {
  for (const device of opened.splice(0)) await device.close();
});

describe('describe', () => {
  it('tells what the device is, its streams best first, on the host we know and without credentials', async () => {
    const { onvif, target, device } = await start();
    const streamUrl = 'rtsp://127.0.0.1:8554/live?a=1&b=2';
    expect(await onvif.describe(target)).toEqual({
      ok: true,
      value: {
        manufacturer: 'Muster & Co',
        model: 'M1',
        serial: '0001',
        snapshotUrl: `${device.origin}/still.jpg`,
        relayTokens: ['open'],
        inputTokens: ['in-1'],
        leftOut: [],
        hasEvents: true,
        clockOffsetMs: expect.closeTo(0, -4),
        profiles: [
          { token: 'main', name: 'main stream', encoding: 'H264', width: 1280, height: 720, streamUrl },
          { token: 'sub', name: 'sub stream', encoding: 'H264', width: 640, height: 360, streamUrl },
        ],
      },
    });
  });

  it.each(['token', 'digest-md5', 'digest-sha256'] as const)(
    'logs in by %s, with a name and a password that XML and ASCII have no room for',
    async (login) => {
      const { onvif, target } = await start({ login, username: 'a<&"门', password: '密码<&>"\'' });
      expect(await onvif.describe(target)).toMatchObject({ ok: true });
    },
  );

  it('logs in at a device whose clock is a year off', async () => {
    const yearMs = 365 * 86_400_000;
    for (const clockOffsetMs of [-yearMs, yearMs]) {
      const { onvif, target } = await start({ login: 'token', clockOffsetMs });
      const described = await onvif.describe(target);
      expect(described).toMatchObject({ ok: true });
      expect(described.ok && Math.abs(described.value.clockOffsetMs - clockOffsetMs)).toBeLessThan(2000);
    }
  });

  it('tells wrong credentials and does not try them often', async () => {
    for (const login of ['token', 'digest-md5'] as const) {
      const { onvif, target, device } = await start({ login });
      expect(await onvif.describe({ ...target, password: 'wrong-Pa55' })).toEqual({
        ok: false,
        error: { kind: 'credentials' },
      });
      expect(device.count('GetDeviceInformation')).toBeLessThanOrEqual(2);
    }
  });

  it('answers the challenge at once when it knows it', async () => {
    const { onvif, target, device } = await start({ login: 'digest-sha256' });
    await onvif.describe(target);
    const unauthorised = device.requests.filter(
      ({ operation, headers }) => operation !== 'GetSystemDateAndTime' && headers.authorization === undefined,
    );
    expect(unauthorised).toHaveLength(1);
  });

  it('puts no password, no name and no address into faults and log', async () => {
    const { onvif, target, log, device } = await start({ login: 'token' });
    device.on('GetRelayOutputs', () => ({ fault: 'ter:InvalidArgVal' }));
    const faults = JSON.stringify([
      await onvif.describe({ ...target, password: 'wrong-Pa55' }),
      await onvif.pulseRelay(target, 'x', 500),
    ]);
    expect(faults + log.lines.join('\n')).not.toMatch(/wrong-Pa55|pass\b|127\.0\.0\.1/);
  });

  it('asks for the time without a login: its answer is what a login needs', async () => {
    const { onvif, target, device } = await start({ login: 'token' });
    await onvif.describe(target);
    const [time, ...others] = device.requests.map(({ text }) => text.includes('UsernameToken'));
    expect(time).toBe(false);
    expect(others).not.toContain(false);
  });

  it('does not send credentials to a host that the device names', async () => {
    const { onvif, target, device } = await start();
    device.on('GetCapabilities', () => ({
      body: '<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>http://192.0.2.1:81/onvif/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>',
    }));
    expect(await onvif.describe(target)).toMatchObject({
      ok: true,
      value: { hasEvents: false, profiles: [{ token: 'main' }, { token: 'sub' }] },
    });
  });

  it('tells a device that is not there', async () => {
    const { onvif, target, device } = await start();
    await device.close();
    expect(await onvif.describe(target)).toEqual({ ok: false, error: { kind: 'unreachable' } });
  });
});

describe('snapshot', () => {
  it('fetches a picture by Digest', async () => {
    const { onvif, target } = await start({ login: 'digest-md5' });
    const picture = await onvif.snapshot(target);
    expect(picture.ok && [...picture.value]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  });

  it('refuses what is no JPEG and what is too long', async () => {
    const { onvif, target, device } = await start();
    device.on('/still.jpg', () => ({ raw: '<html>login</html>', type: 'image/jpeg' }));
    expect(await onvif.snapshot(target)).toMatchObject({ error: { kind: 'malformed' } });
    device.on('/still.jpg', () => ({ raw: Buffer.alloc(9 * 1024 * 1024, 0xff) }));
    expect(await onvif.snapshot(target)).toMatchObject({
      error: { kind: 'malformed', detail: 'reply of more than 8388608 bytes' },
    });
  });
});
