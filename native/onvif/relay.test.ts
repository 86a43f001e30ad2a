import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { relayOutputs, startSoapDevice, type SoapDevice } from '../../tests/support/soap-device.ts';
import { createMemoryLog, until } from '../../tests/support/system-clock.ts';
import { createOnvif } from './onvif.ts';

const opened: SoapDevice[] = [];
afterEach(async () => {
  for (const device of opened.splice(0)) await device.close();
});

const start = async () => {
  const device = await startSoapDevice();
  opened.push(device);
  const clock = createManualClock(Date.now());
  const log = createMemoryLog();
  const onvif = createOnvif({ clock, log });
  const target = { address: device.address, username: null, password: null };
  /** What was asked of the relay, in order: `monostable`, `bistable`, `active`, `inactive`, with the service's namespace where it is DeviceIO. */
  const asked = (): readonly string[] =>
    device.requests.flatMap(({ operation, text }) => {
      if (!operation.startsWith('SetRelayOutput')) return [];
      const word = /<tt:Mode>(\w+)<|LogicalState>(\w+)</.exec(text);
      return [`${word?.[1] ?? word?.[2]}${text.includes('deviceIO') ? ' deviceIO' : ''}`];
    });
  const pulse = (token = 'open') => onvif.pulseRelay(target, token, 500);
  /** Lets time pass until a promise is settled. */
  const settle = async <T>(promise: Promise<T>): Promise<T> => {
    let done = false;
    const ended = promise.finally(() => (done = true));
    await until('the pulse ends', () => {
      clock.advance(50);
      return done;
    });
    return ended;
  };
  return { device, clock, log, asked, pulse, settle };
};

describe('relay pulse', () => {
  it('lets the device end the pulse where it can, keeps its idle state, and sends OFF all the same', async () => {
    const { device, asked, pulse, settle } = await start();
    expect(await settle(pulse())).toEqual({ ok: true, value: null });
    expect(asked()).toEqual(['Monostable', 'active', 'inactive']);
    const settings = device.requests.find(({ operation }) => operation === 'SetRelayOutputSettings')?.text;
    expect(settings).toContain('<tt:DelayTime>PT0.5S</tt:DelayTime><tt:IdleState>closed</tt:IdleState>');
  });

  it('does not set what is set already', async () => {
    const { device, asked, pulse, settle } = await start();
    device.on('GetRelayOutputs', () => ({ body: relayOutputs('open', 'Monostable', 'PT0.500S', 'open') }));
    expect(await settle(pulse())).toMatchObject({ ok: true });
    expect(asked()).toEqual(['active', 'inactive']);
  });

  it('takes a device that refuses OFF at its word, when it says that it ends the pulse itself', async () => {
    const { device, asked, pulse, settle } = await start();
    device.on('SetRelayOutputState', ({ text }) =>
      text.includes('>inactive<') ? { fault: 'ter:InvalidArgVal' } : { body: '<tds:SetRelayOutputStateResponse/>' },
    );
    expect(await settle(pulse())).toMatchObject({ ok: true });
    expect(asked()).toEqual(['Monostable', 'active', 'inactive']);
  });

  it('ends the pulse itself on a device that says OK to Monostable and stays bistable', async () => {
    const { device, asked, pulse, settle } = await start();
    // As onvif_simple_server does: the settings are acknowledged and not kept.
    device.on('SetRelayOutputSettings', () => ({ body: '<tds:SetRelayOutputSettingsResponse/>' }));
    device.on('SetRelayOutputState', ({ text }, nth) =>
      text.includes('>inactive<') && nth < 4 ? { fault: 'ter:Action' } : { body: '<tds:SetRelayOutputStateResponse/>' },
    );
    expect(await settle(pulse())).toMatchObject({ ok: true });
    expect(asked()).toEqual(['Monostable', 'active', 'inactive', 'inactive', 'inactive']);
  });

  it('says that the contact is held where such a device never takes OFF', async () => {
    const { device, pulse, settle } = await start();
    device.on('SetRelayOutputSettings', () => ({ body: '<tds:SetRelayOutputSettingsResponse/>' }));
    device.on('SetRelayOutputState', ({ text }) =>
      text.includes('>inactive<') ? { fault: 'ter:Action' } : { body: '<tds:SetRelayOutputStateResponse/>' },
    );
    expect(await settle(pulse())).toEqual({ ok: false, error: { kind: 'contactHeld' } });
  });

  it.each([
    ['an empty list', { body: '<tds:GetRelayOutputsResponse/>' }],
    ['ActionFailed', { fault: 'ter:ActionFailed' }],
    ['a list without this relay', { body: relayOutputs('light') }],
    ['HTTP 404', { raw: '', status: 404 }],
  ] as const)('finds the relay in DeviceIO where the device service answers with %s', async (_what, answer) => {
    const { device, asked, pulse, settle } = await start();
    const io = { mode: 'Bistable' };
    device.on('GetRelayOutputs', ({ path }) =>
      path.endsWith('/deviceio') ? { body: relayOutputs('gate', io.mode, 'PT0.5S', 'open') } : answer,
    );
    device.on('SetRelayOutputSettings', () => {
      io.mode = 'Monostable';
      return { body: '<tds:SetRelayOutputSettingsResponse/>' };
    });
    expect(await settle(pulse('gate'))).toMatchObject({ ok: true });
    expect(asked()).toEqual(['Monostable deviceIO', 'active', 'inactive']);
    const switched = device.requests.filter(({ operation }) => operation === 'SetRelayOutputState');
    expect(switched.every(({ path }) => path.endsWith('/deviceio'))).toBe(true);
  });

  it('asks DeviceIO in its own namespace where it does not know the older one', async () => {
    const { device, asked, pulse, settle } = await start();
    device.on('GetRelayOutputs', ({ path, text }) =>
      path.endsWith('/deviceio') && text.includes('deviceIO/wsdl')
        ? { body: relayOutputs('gate', 'Monostable', 'PT0.5S') }
        : { fault: 'ter:ActionNotSupported' },
    );
    expect(await settle(pulse('gate'))).toMatchObject({ ok: true });
    expect(asked()).toEqual(['active', 'inactive']);
  });

  it('switches on and off where the device is only bistable', async () => {
    const { device, asked, pulse, settle } = await start();
    device.on('SetRelayOutputSettings', () => ({ fault: 'ter:ModeError' }));
    expect(await settle(pulse())).toMatchObject({ ok: true });
    expect(asked()).toEqual(['Monostable', 'active', 'inactive']);
  });

  it('repeats a failed OFF, never an ON, and says what stayed on', async () => {
    const { device, asked, pulse, settle, log } = await start();
    device.on('SetRelayOutputSettings', () => ({ fault: 'ter:ModeError' }));
    device.on('SetRelayOutputState', ({ text }, nth) =>
      text.includes('>inactive<') && nth < 4 ? { fault: 'ter:Action' } : { body: '<tds:SetRelayOutputStateResponse/>' },
    );
    expect(await settle(pulse())).toMatchObject({ ok: true });
    expect(asked()).toEqual(['Monostable', 'active', 'inactive', 'inactive', 'inactive']);
    device.on('SetRelayOutputState', ({ text }) =>
      text.includes('>inactive<') ? { fault: 'ter:Action' } : { body: '<tds:SetRelayOutputStateResponse/>' },
    );
    expect(await settle(pulse())).toEqual({ ok: false, error: { kind: 'contactHeld' } });
    expect(asked().filter((word) => word === 'active')).toHaveLength(2);
    expect(log.lines.some((line) => line.includes('could not be released'))).toBe(true);
  });

  it('switches off after an ON whose answer never came', async () => {
    const { device, asked, pulse, settle } = await start();
    device.on('SetRelayOutputSettings', () => ({ fault: 'ter:ModeError' }));
    device.on('SetRelayOutputState', ({ text }) =>
      text.includes('>active<') ? { hang: true } : { body: '<tds:SetRelayOutputStateResponse/>' },
    );
    expect(await settle(pulse())).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(asked()).toEqual(['Monostable', 'active', 'inactive']);
  });

  it('does not switch off what was refused', async () => {
    const { device, asked, pulse, settle } = await start();
    device.on('SetRelayOutputSettings', () => ({ fault: 'ter:ModeError' }));
    device.on('SetRelayOutputState', () => ({ fault: 'ter:Action', reason: 'locked' }));
    expect(await settle(pulse())).toEqual({ ok: false, error: { kind: 'refused', reason: 'locked' } });
    expect(asked()).toEqual(['Monostable', 'active']);
  });

  it('asks DeviceIO where no service lists its relays', async () => {
    const { device, asked, pulse, settle } = await start();
    device.on('GetRelayOutputs', () => ({ fault: 'ter:ActionNotSupported' }));
    expect(await settle(pulse())).toMatchObject({ ok: true });
    expect(asked()).toEqual(['Monostable deviceIO', 'active', 'inactive']);
    expect(device.requests.at(-1)?.operation).toBe('SetRelayOutputState');
  });

  it("reads the device's clock again when its login is refused before anything was switched", async () => {
    const { device, asked, pulse, settle } = await start();
    const outputs = '<tds:GetRelayOutputsResponse><tds:RelayOutputs token="open"/></tds:GetRelayOutputsResponse>';
    device.on('GetRelayOutputs', (_request, nth) => (nth === 1 ? { fault: 'ter:NotAuthorized' } : { body: outputs }));
    expect(await settle(pulse())).toMatchObject({ ok: true });
    expect([device.count('GetSystemDateAndTime'), asked()]).toEqual([2, ['Monostable', 'active', 'inactive']]);
    device.on('GetRelayOutputs', () => ({ fault: 'ter:NotAuthorized' }));
    expect(await pulse()).toEqual({ ok: false, error: { kind: 'credentials' } });
    expect(device.count('GetRelayOutputs')).toBe(5);
  });

  it('tells a relay that is not there and touches none', async () => {
    const { asked, pulse } = await start();
    expect(await pulse('other')).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
    expect(asked()).toEqual([]);
  });

  it('does not move anything when the device took too long to get ready', async () => {
    const { device, asked, clock, pulse } = await start();
    device.on('SetRelayOutputSettings', () => {
      clock.advance(3500);
      return { body: '<tds:SetRelayOutputSettingsResponse/>' };
    });
    expect(await pulse()).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(asked()).toEqual(['Monostable']);
  });
});
