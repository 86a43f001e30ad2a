import { describe, expect, it } from 'vitest';
import { err, ok } from '../../electron/domain/kernel/result.ts';
import type { BarrierLink, BarrierReport, OnvifPort } from '../../electron/station/ports/devices.port.ts';
import { createFakeOnvif } from '../../tests/support/fake-onvif.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { createMemoryLog, until } from '../../tests/support/system-clock.ts';
import { createOnvifBarriers } from './onvif-barriers.ts';

const address = 'http://192.0.2.7/onvif/device_service';
const link: BarrierLink = {
  barrierId: 'north',
  target: { address, username: null, password: null },
  openRelay: 'r-open',
  closeRelay: 'r-close',
  openInput: 'i-open',
  closedInput: 'i-closed',
  travelMs: 3000,
};

const start = (links: readonly BarrierLink[] = [link], wrap = (onvif: OnvifPort): OnvifPort => onvif) => {
  const clock = createManualClock();
  const log = createMemoryLog();
  const onvif = createFakeOnvif(clock);
  const inputs = new Map([
    ['i-open', false],
    ['i-closed', true],
  ]);
  onvif.add(address, {
    name: 'gate',
    username: null,
    password: null,
    snapshot: Uint8Array.of(),
    description: {
      manufacturer: 'm',
      model: 'm',
      serial: 's',
      profiles: [],
      leftOut: [],
      snapshotUrl: null,
      relayTokens: ['r-open', 'r-close'],
      inputTokens: ['i-open', 'i-closed'],
      hasEvents: true,
    },
    inputs,
  });
  const barriers = createOnvifBarriers({ onvif: wrap(onvif), clock, log });
  const reports: BarrierReport[] = [];
  barriers.onReport((report) => reports.push(report));
  barriers.configure(links);
  clock.advance(1);
  const positions = (): readonly string[] =>
    reports.flatMap((report) => (report.kind === 'position' ? [report.position] : []));
  const links_ = (): readonly string[] => reports.flatMap((report) => (report.kind === 'link' ? [report.state] : []));
  return { clock, log, onvif, inputs, barriers, reports, positions, links: links_ };
};

describe('barriers on ONVIF relays', () => {
  it('follow the limit switches and report changes only', () => {
    const { onvif, positions, links } = start();
    expect(links()).toEqual(['connecting', 'listening']);
    for (const [token, active] of [
      ['i-closed', false],
      ['i-closed', false],
      ['i-open', true],
      ['i-closed', true],
      ['i-other', true],
    ] as const) {
      onvif.setInput(address, token, active);
    }
    expect(positions()).toEqual(['unknown', 'closed', 'moving', 'open', 'unknown']);
  });

  it('call an arm that never arrives unknown, not moving for ever', () => {
    const { onvif, positions, clock } = start();
    onvif.setInput(address, 'i-closed', false);
    clock.advance(7999);
    expect(positions().at(-1)).toBe('moving');
    clock.advance(1);
    expect(positions().at(-1)).toBe('unknown');
    onvif.setInput(address, 'i-open', true);
    expect(positions().at(-1)).toBe('open');
    clock.advance(60_000);
    expect(positions().at(-1)).toBe('open');
  });

  it('know nothing when the link is lost, and learn it again when it is back', () => {
    const { onvif, positions, links } = start();
    onvif.setReachable(address, false);
    expect(links().at(-1)).toBe('lost');
    expect(positions().at(-1)).toBe('unknown');
    onvif.setReachable(address, true);
    expect(positions().slice(-2)).toEqual(['unknown', 'closed']);
  });

  it.each([
    ['i-closed', false],
    ['i-open', true],
  ] as const)('believe no switch from before a loss: without %s nothing is known', (gone, open) => {
    const { onvif, inputs, positions } = start();
    onvif.setInput(address, 'i-closed', !open);
    onvif.setInput(address, 'i-open', open);
    onvif.setReachable(address, false);
    inputs.delete(gone);
    onvif.setReachable(address, true);
    expect(positions().at(-1)).toBe('unknown');
  });

  it('never report a position without limit switches', () => {
    const { onvif, positions, links } = start([{ ...link, openInput: null, closedInput: null }]);
    onvif.setInput(address, 'i-open', true);
    onvif.setReachable(address, false);
    expect(links()).toEqual(['connecting', 'listening', 'lost']);
    expect(positions()).toEqual([]);
  });

  it('pulse the relay of the wanted motion once, half a second', async () => {
    const { barriers, onvif, log } = start();
    expect(await barriers.drive('north', 'open', 'm-1')).toEqual(ok(null));
    expect(await barriers.drive('north', 'close', 'm-2')).toEqual(ok(null));
    expect(onvif.pulses).toEqual([`${address} r-open 500`, `${address} r-close 500`]);
    expect(log.lines.join('\n')).toContain('"motionId":"m-2"');
  });

  it('pass on what the controller said and try nothing again', async () => {
    let tries = 0;
    const { barriers } = start([link], (onvif) => ({
      ...onvif,
      pulseRelay: async () => {
        tries += 1;
        return err({ kind: 'timeout' });
      },
    }));
    expect(await barriers.drive('north', 'open', 'm-1')).toEqual(err({ kind: 'timeout' }));
    expect(tries).toBe(1);
    expect(await barriers.drive('south', 'open', 'm-2')).toMatchObject({ error: { kind: 'unsupported' } });
  });

  /** Pulses that end when the test says so. */
  const startSlow = () => {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const started = start([link], (onvif) => ({
      ...onvif,
      pulseRelay: (_target, token) => {
        begun.push(token);
        return new Promise((resolve) => ends.push(() => resolve(ok(null))));
      },
    }));
    return { ...started, begun, end: () => ends.shift()?.() };
  };

  it.each([
    ['open', 'close'],
    ['open', 'open'],
    ['close', 'close'],
  ] as const)('while %s is under way refuse %s', async (running, motion) => {
    const { barriers, begun, end } = startSlow();
    const first = barriers.drive('north', running, 'm-1');
    expect(await barriers.drive('north', motion, 'm-2')).toMatchObject({ error: { kind: 'refused' } });
    end();
    expect(await first).toEqual(ok(null));
    expect(begun).toHaveLength(1);
  });

  it('open after a close that is under way: its pulse begins when the other one is over, and only one waits', async () => {
    const { barriers, begun, end, clock } = startSlow();
    const closing = barriers.drive('north', 'close', 'm-1');
    const opening = barriers.drive('north', 'open', 'm-2');
    expect(await barriers.drive('north', 'open', 'm-3')).toMatchObject({ error: { kind: 'refused' } });
    clock.advance(1000);
    expect(begun).toEqual(['r-close']);
    end();
    expect(await closing).toEqual(ok(null));
    await until('the opening has begun', () => begun.length === 2);
    expect(begun).toEqual(['r-close', 'r-open']);
    expect(await barriers.drive('north', 'close', 'm-4')).toMatchObject({ error: { kind: 'refused' } });
    end();
    expect(await opening).toEqual(ok(null));
  });

  it('do not send an opening late: a close that takes longer than 2 s leaves it unsent, and the next one is heard', async () => {
    const { barriers, begun, end, clock } = startSlow();
    const closing = barriers.drive('north', 'close', 'm-1');
    const opening = barriers.drive('north', 'open', 'm-2');
    clock.advance(2000);
    expect(await opening).toEqual(err({ kind: 'timeout' }));
    end();
    await closing;
    expect(begun).toEqual(['r-close']);
    void barriers.drive('north', 'open', 'm-3');
    expect(begun).toEqual(['r-close', 'r-open']);
  });

  it('leave an unchanged gate alone, replace a changed one, let a removed one go', () => {
    const { barriers, clock, links, onvif, positions } = start();
    barriers.configure([{ ...link, target: { password: null, username: null, address } }]);
    clock.advance(1);
    expect(links()).toEqual(['connecting', 'listening']);
    barriers.configure([{ ...link, openInput: 'i-9' }]);
    clock.advance(1);
    expect(links()).toHaveLength(4);
    const before = positions().length;
    barriers.configure([]);
    onvif.setInput(address, 'i-closed', false);
    expect(positions()).toHaveLength(before);
    expect(clock.pending()).toBe(0);
  });
});
