import { afterEach, describe, expect, it } from 'vitest';
import type { BarrierReport } from '../../electron/station/ports/devices.port.ts';
import { createOnvifBarriers } from '../../native/barriers/onvif-barriers.ts';
import { createOnvif } from '../../native/onvif/onvif.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { item, notification, pulled, startSoapDevice, type SoapDevice } from '../support/soap-device.ts';
import { createMemoryLog, until } from '../support/system-clock.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const input = (token: string, active: boolean): string =>
  notification(
    'tns1:Device/Trigger/DigitalInput',
    item('InputToken', token),
    item('LogicalState', String(active)),
    'Initialized',
  );

const start = async (prepare: (device: SoapDevice) => void) => {
  const device = await startSoapDevice();
  closers.push(device.close);
  device.on('PullMessages', (_request, nth) =>
    nth === 1 ? pulled(`${input('io', false)}${input('ic', true)}`) : { hang: true },
  );
  prepare(device);
  const clock = createManualClock(Date.now());
  const log = createMemoryLog();
  const barriers = createOnvifBarriers({ onvif: createOnvif({ clock, log }), clock, log });
  closers.push(barriers.close);
  const reports: BarrierReport[] = [];
  barriers.onReport((report) => reports.push(report));
  barriers.configure([
    {
      barrierId: 'north',
      target: { address: device.address, username: null, password: null },
      openRelay: 'open',
      closeRelay: 'open',
      openInput: 'io',
      closedInput: 'ic',
      travelMs: 3000,
    },
  ]);
  const positions = (): readonly string[] =>
    reports.flatMap((report) => (report.kind === 'position' ? [report.position] : []));
  await until('the arm is known to lie', () => positions().at(-1) === 'closed');
  /** How often the relay was asked to close its contact. */
  const pulses = (): number => device.requests.filter(({ text }) => text.includes('>active<')).length;
  /** Lets time pass until a command is answered. */
  const answered = async <T>(command: Promise<T>): Promise<T> => {
    let over = false;
    const ended = command.finally(() => (over = true));
    await until('the command is answered', () => {
      clock.advance(50);
      return over;
    });
    return ended;
  };
  return { device, clock, log, barriers, positions, pulses, answered };
};

describe('a gate controller', () => {
  it('that is silent gets one command; the outcome is a timeout after 4 s and the position stays what the switches say', async () => {
    const { barriers, clock, pulses, positions } = await start((device) =>
      device.on('SetRelayOutputState', () => ({ hang: true })),
    );
    const driven = barriers.drive('north', 'open', 'm-1');
    await until('the command is sent', () => pulses() === 1);
    clock.advance(4000);
    expect(await driven).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect([pulses(), positions().at(-1)]).toEqual([1, 'closed']);
  });

  it('that takes too long to be ready for the command is not sent it late', async () => {
    const { barriers, clock, pulses, device } = await start((device) =>
      device.on('SetRelayOutputSettings', () => ({ hang: true })),
    );
    const driven = barriers.drive('north', 'open', 'm-1');
    await until('it is being prepared', () => device.count('SetRelayOutputSettings') === 1);
    clock.advance(4000);
    expect(await driven).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(pulses()).toBe(0);
  });

  it('that answers twice is heard once', async () => {
    const { barriers, pulses, answered } = await start((device) =>
      device.on('SetRelayOutputState', () => ({
        raw: '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><t:SetRelayOutputStateResponse xmlns:t="http://www.onvif.org/ver10/device/wsdl"/><t:SetRelayOutputStateResponse xmlns:t="http://www.onvif.org/ver10/device/wsdl"/></e:Body></e:Envelope>',
      })),
    );
    expect(await answered(barriers.drive('north', 'open', 'm-1'))).toEqual({ ok: true, value: null });
    expect(pulses()).toBe(1);
  });

  it('that says ok while nothing moves is not believed to have moved', async () => {
    const { barriers, positions, answered } = await start(() => undefined);
    expect(await answered(barriers.drive('north', 'open', 'm-1'))).toEqual({ ok: true, value: null });
    expect(positions().at(-1)).toBe('closed');
  });

  it('that hangs up in the middle of its answer got one command all the same', async () => {
    const { barriers, pulses } = await start((device) =>
      device.on('SetRelayOutputState', () => ({
        raw: '<e:Envelope',
        headers: { 'content-length': '5000', connection: 'close' },
      })),
    );
    const driven = await barriers.drive('north', 'open', 'm-1');
    expect(driven.ok).toBe(false);
    expect(pulses()).toBe(1);
  });

  it('driven by two people at once moves for the first', async () => {
    const { barriers, pulses, answered } = await start(() => undefined);
    const both = await answered(
      Promise.all([barriers.drive('north', 'open', 'm-1'), barriers.drive('north', 'close', 'm-2')]),
    );
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(pulses()).toBe(1);
  });
});
