import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceEvent, SubscriptionState } from '../../electron/station/ports/devices.port.ts';
import { createOnvif } from '../../native/onvif/onvif.ts';
import { createManualClock } from '../support/manual-clock.ts';
import {
  item,
  notification,
  pulled,
  startSoapDevice,
  type SoapDevice,
  type SoapDeviceOptions,
} from '../support/soap-device.ts';
import { createMemoryLog, until } from '../support/system-clock.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const motion = (active: boolean): string =>
  notification('tns1:VideoSource/MotionAlarm', item('Source', 'cam'), item('State', String(active)));

/** A device whose pulls a test answers, and a listener whose time a test moves. */
const start = async (
  options: SoapDeviceOptions & { readonly quietMs?: number; readonly prepare?: (device: SoapDevice) => void } = {},
) => {
  const device = await startSoapDevice(options);
  closers.push(device.close);
  options.prepare?.(device);
  const clock = createManualClock(Date.now());
  const log = createMemoryLog();
  const events: DeviceEvent[] = [];
  const states: SubscriptionState[] = [];
  const onvif = createOnvif({ clock, log, times: { quietMs: options.quietMs ?? 600_000 } });
  const target = { address: device.address, username: 'admin', password: 'pass' };
  const stop = onvif.listen(
    target,
    (event) => events.push(event),
    (state) => states.push(state),
  );
  closers.push(async () => stop());
  /**
   * Moves time on until something holds, but only while nothing new has reached the device for five looks: device and listener share
   * this process, so an exchange under way is never overtaken by its own deadline, however busy the machine is.
   */
  const run = async (what: string, holds: () => boolean, stepMs = 1000): Promise<void> => {
    let seen = -1;
    let looks = 0;
    await until(
      what,
      () => {
        looks = device.requests.length === seen ? looks + 1 : 0;
        seen = device.requests.length;
        if (looks > 5) {
          clock.advance(stepMs);
          looks = 0;
        }
        return holds();
      },
      15_000,
    );
  };
  return { device, clock, log, events, states, stop, run };
};

describe('event subscriptions', () => {
  const made = (device: SoapDevice, life: number): { readonly body: string } => {
    const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
    return {
      body: `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>${device.origin}/onvif/subscription/1</wsa:Address></tev:SubscriptionReference><wsnt:CurrentTime>${at(0)}</wsnt:CurrentTime><wsnt:TerminationTime>${at(life)}</wsnt:TerminationTime></tev:CreatePullPointSubscriptionResponse>`,
    };
  };
  const byDuration = (text: string): boolean => text.includes('>PT60S<');

  it.each([
    ['refuses it', () => ({ fault: 'ter:InvalidArgVal' }) as const],
    ['takes it for no time at all', (device: SoapDevice) => made(device, 0)],
  ])(
    'a device that cannot read a duration and %s is asked by its clock, and that is remembered (home-assistant 92711)',
    async (_how, answer) => {
      const { device, events, run } = await start({
        clockOffsetMs: -3_600_000,
        prepare: (it) => {
          it.on('CreatePullPointSubscription', ({ text }) => (byDuration(text) ? answer(it) : made(it, 60_000)));
          it.on('PullMessages', (_request, nth) => (nth === 3 ? { fault: 'ter:Action' } : pulled(motion(nth > 3))));
        },
      });
      await run('motion after a loss', () => events.some((event) => event.kind === 'motion' && event.active));
      const asked = device.requests.filter(({ operation }) => operation === 'CreatePullPointSubscription');
      expect(asked.map(({ text }) => byDuration(text))).toEqual([true, false, false]);
      const until = Date.parse(/<InitialTerminationTime>([^<]+)</.exec(asked[1]?.text ?? '')?.[1] ?? '');
      expect(Math.abs(until - (Date.now() - 3_600_000 + 60_000))).toBeLessThan(30_000);
    },
  );

  it('a device that ends the subscription at once is asked by its clock the next time', async () => {
    const { device, events, run } = await start({
      prepare: (it) =>
        it.on('PullMessages', (_request, nth) => {
          const last = it.requests.findLast(({ operation }) => operation === 'CreatePullPointSubscription');
          return byDuration(last?.text ?? '') ? { fault: 'wsrf-rw:ResourceUnknownFault' } : pulled(motion(nth > 1));
        }),
    });
    await run('motion', () => events.some((event) => event.kind === 'motion' && event.active));
    expect(device.count('CreatePullPointSubscription')).toBe(2);
  });

  it('a subscription on another port of a device added by name keeps its port (home-assistant 91661, Tapo)', async () => {
    const other = await startSoapDevice();
    closers.push(other.close);
    other.on('PullMessages', (_request, nth) => pulled(motion(nth > 0)));
    const { events, run } = await start({
      prepare: (it) =>
        it.on('CreatePullPointSubscription', () => ({
          body: made(it, 60_000).body.replace(it.origin, other.origin.replace('127.0.0.1', '192.0.2.77')),
        })),
    });
    await run('motion', () => events.some((event) => event.kind === 'motion'));
    expect(other.count('PullMessages')).toBeGreaterThan(0);
  });

  it('prefixes that a device forgot to declare are read (home-assistant.io 40942)', async () => {
    const bare = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><tev:PullMessagesResponse><tev:CurrentTime>2026-11-25T00:00:00Z</tev:CurrentTime>${motion(true)}</tev:PullMessagesResponse></s:Body></s:Envelope>`;
    const { events, run } = await start({ prepare: (it) => it.on('PullMessages', () => ({ raw: bare })) });
    await run('motion', () => events.some((event) => event.kind === 'motion' && event.active));
  });

  it('messages in a namespace that nobody knows are told as unrecognised, and not passed over', async () => {
    const { events, run } = await start({
      prepare: (it) =>
        it.on('PullMessages', () => pulled(motion(true).replaceAll('<wsnt:', '<x:').replaceAll('</wsnt:', '</x:'))),
    });
    await run('a trace', () => events.some((event) => event.kind === 'unrecognised'));
  });

  it('an expired pull point is made anew', async () => {
    const { states, events, run, device } = await start({
      prepare: (made) =>
        made.on('PullMessages', (_request, nth) =>
          nth === 2 ? { fault: 'wsrf-rw:ResourceUnknownFault' } : pulled(motion(nth > 2)),
        ),
    });
    await run('motion after the expiry', () => events.some((event) => event.kind === 'motion' && event.active));
    expect(states).toEqual(['connecting', 'listening', 'lost', 'listening']);
    expect(device.count('CreatePullPointSubscription')).toBe(2);
  });

  it('a device that refuses Renew is given a new subscription before the old one ends, without a gap in the state', async () => {
    const { states, run, device } = await start({
      prepare: (made) => {
        made.on('PullMessages', () => pulled(''));
        made.on('Renew', () => ({ fault: 'ter:ActionNotSupported' }));
      },
    });
    await run('the third subscription', () => device.count('CreatePullPointSubscription') === 3);
    expect(states).toEqual(['connecting', 'listening']);
    expect(device.count('Renew')).toBe(2);
    expect(device.count('Unsubscribe')).toBe(2);
  });

  it('renews a subscription as long as the device lets it', async () => {
    const { states, run, device } = await start({
      prepare: (made) => made.on('PullMessages', () => pulled(motion(true))),
    });
    await run('three renewals', () => device.count('Renew') === 3);
    expect(states).toEqual(['connecting', 'listening']);
    expect(device.count('CreatePullPointSubscription')).toBe(1);
  });

  it('a pull that hangs is given up 3 s after its time', async () => {
    const { states, run, clock, device } = await start();
    await until('the first pull', () => device.count('PullMessages') === 1);
    clock.advance(7999);
    expect(states.at(-1)).toBe('listening');
    clock.advance(1);
    await until('the loss', () => states.at(-1) === 'lost');
    await run('the next pull', () => device.count('PullMessages') === 2);
    expect(states).toEqual(['connecting', 'listening', 'lost', 'listening']);
  });

  it('a subscription that has gone silent while pulls are answered is made anew', async () => {
    const { states, run, device } = await start({
      quietMs: 20_000,
      prepare: (made) => made.on('PullMessages', () => pulled('')),
    });
    await run('the second subscription', () => device.count('CreatePullPointSubscription') === 2);
    expect(device.count('PullMessages')).toBeGreaterThanOrEqual(20);
    expect(states).toEqual(['connecting', 'listening']);
  });

  it('a device that is gone is tried for ever, ever slower, at most every 30 s', async () => {
    const { states, run, device, clock, log } = await start({
      prepare: (made) => made.on('CreatePullPointSubscription', () => ({ raw: '', status: 503 })),
    });
    const startedMs = clock.monotonicMs();
    await run('twelve tries', () => device.count('CreatePullPointSubscription') === 12, 5000);
    const waits = log.lines.flatMap((line) => /"retryInMs":(\d+)/.exec(line)?.slice(1).map(Number) ?? []);
    expect(waits[0]).toBeLessThanOrEqual(500);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    expect(waits.slice(-3).every((wait) => wait >= 15_000)).toBe(true);
    expect(clock.monotonicMs() - startedMs).toBeGreaterThan(60_000);
    expect(states).toEqual(['connecting', 'lost']);
  });

  it('wrong credentials are not tried again within a minute', async () => {
    const { states, run, device, clock } = await start({ login: 'token', password: 'other' });
    await until('the loss', () => states.at(-1) === 'lost');
    const tries = device.requests.length;
    const lostMs = clock.monotonicMs();
    await run('the next try', () => device.requests.length > tries);
    expect(clock.monotonicMs() - lostMs).toBeGreaterThanOrEqual(59_000);
  });

  it('listens to a device whose clock is a year off', async () => {
    const { events, run } = await start({
      login: 'token',
      clockOffsetMs: -365 * 86_400_000,
      prepare: (made) => made.on('PullMessages', () => pulled(motion(true), new Date(Date.now() - 365 * 86_400_000))),
    });
    await run('motion', () => events.length > 0);
    expect(Math.abs((events[0]?.atMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('a storm of events is bounded and counted', async () => {
    const { events, log, run, device } = await start({
      prepare: (made) =>
        made.on('PullMessages', () =>
          pulled(Array.from({ length: 500 }, (_, index) => motion(index % 2 === 0)).join('')),
        ),
    });
    await run('five replies', () => device.count('PullMessages') === 6);
    expect(events.length).toBeLessThanOrEqual(6);
    expect(log.lines.filter((line) => line.includes('left out'))).toHaveLength(1);
  });

  it('a reply of more than 256 KB is not read; the device is tried again later', async () => {
    const { events, states, run } = await start({
      prepare: (made) =>
        made.on('PullMessages', (_request, nth) =>
          pulled(Array.from({ length: nth === 1 ? 1000 : 1 }, () => motion(true)).join('')),
        ),
    });
    await run('motion', () => events.length > 0);
    expect(states).toEqual(['connecting', 'listening', 'lost', 'listening']);
  });

  it('an answer in another namespace is no subscription', async () => {
    const { states, run, device } = await start({
      prepare: (made) =>
        made.on('CreatePullPointSubscription', () => ({
          body: `<x:CreatePullPointSubscriptionResponse xmlns:x="urn:other"><x:SubscriptionReference><wsa:Address>${made.origin}/s</wsa:Address></x:SubscriptionReference></x:CreatePullPointSubscriptionResponse>`,
        })),
    });
    await run('two tries', () => device.count('CreatePullPointSubscription') === 2);
    expect([states, device.count('PullMessages')]).toEqual([['connecting', 'lost'], 0]);
  });

  it('pulls are paced however fast a device answers', async () => {
    const { device, clock, run } = await start({ prepare: (made) => made.on('PullMessages', () => pulled('')) });
    const startedMs = clock.monotonicMs();
    await run('ten pulls', () => device.count('PullMessages') === 10);
    expect(clock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(9000);
  });

  it('can be stopped by what it tells', async () => {
    const device = await startSoapDevice();
    closers.push(device.close);
    device.on('PullMessages', () => pulled(`${motion(true)}${motion(false)}`));
    const clock = createManualClock(Date.now());
    const events: DeviceEvent[] = [];
    const stop = createOnvif({ clock, log: createMemoryLog() }).listen(
      { address: device.address, username: null, password: null },
      (event) => {
        events.push(event);
        stop();
      },
      () => undefined,
    );
    await until('it unsubscribes', () => device.count('Unsubscribe') === 1);
    expect(events).toHaveLength(1);
  });

  it('sends reference parameters back and tells nothing after it was stopped', async () => {
    const { device, stop, states, events, run } = await start({
      prepare: (made) => {
        made.on('PullMessages', (_request, nth) => (nth === 1 ? pulled(motion(true)) : { hang: true }));
        made.on('CreatePullPointSubscription', () => ({
          body: `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>${made.origin}/onvif/sub</wsa:Address><wsa:ReferenceParameters><x:Id xmlns:x="urn:vendor">4&amp;2</x:Id></wsa:ReferenceParameters></tev:SubscriptionReference></tev:CreatePullPointSubscriptionResponse>`,
        }));
      },
    });
    await run('the second pull', () => device.count('PullMessages') === 2);
    expect(device.requests.find(({ operation }) => operation === 'PullMessages')?.text).toContain(
      '<rp:Id xmlns:rp="urn:vendor">4&amp;2</rp:Id>',
    );
    stop();
    await until('it unsubscribes', () => device.count('Unsubscribe') === 1);
    expect([states.at(-1), events.length]).toEqual(['listening', 1]);
  });
});
