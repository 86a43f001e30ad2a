import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../electron/station/ports/devices.port.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { createMemoryLog } from '../../tests/support/system-clock.ts';
import { createEventShaper, type DetectorReport } from './event-shaper.ts';

/** As one detector of its own reports it. */
const alone = (event: DeviceEvent): DetectorReport => ({ event, detector: JSON.stringify({ ...event, active: 0 }) });
const by = (detector: string, event: DeviceEvent): DetectorReport => ({ event, detector });
const tamper = (active: boolean, source = 'cam'): DeviceEvent => ({ kind: 'tamper', source, active, atMs: 0 });
const motion = (active: boolean, source = 'cam'): DeviceEvent => ({ kind: 'motion', source, active, atMs: 0 });
const input = (active: boolean): DeviceEvent => ({ kind: 'digitalInput', token: 'i', active, atMs: 0, initial: false });
const odd = (topic: string): DeviceEvent => ({ kind: 'unrecognised', topic, atMs: 0 });

const start = () => {
  const clock = createManualClock();
  const log = createMemoryLog();
  const told: DeviceEvent[] = [];
  const shaper = createEventShaper(clock, log, (event) => told.push(event));
  const take = (events: readonly DeviceEvent[]): void => shaper.take(events.map(alone));
  return { clock, log, told, shaper, take };
};

describe('the event shaper', () => {
  it('tells every change, and a repeated motion once a second', () => {
    const { clock, told, take } = start();
    take([motion(true), motion(true), motion(false), motion(true), motion(true, 'other')]);
    expect(told).toHaveLength(4);
    clock.advance(1000);
    take([motion(true)]);
    expect(told).toHaveLength(5);
  });

  it('tells every word of a contact', () => {
    const { told, take } = start();
    take([input(true), input(false), input(true), input(true)]);
    expect(told).toHaveLength(4);
  });

  it('tells an unknown topic once a minute', () => {
    const { clock, told, take } = start();
    for (let second = 0; second < 60; second += 1) {
      take([odd('a'), odd('b')]);
      clock.advance(1000);
    }
    expect(told).toHaveLength(2);
    take([odd('a')]);
    expect(told).toHaveLength(3);
  });

  it('keeps of a storm the last of each thing, and counts the rest in the log', () => {
    const { log, told, take } = start();
    take([...Array.from({ length: 5000 }, (_, index) => motion(index % 2 === 0)), input(true)]);
    expect(told).toEqual([motion(false), input(true)]);
    expect(log.lines).toEqual(['device events left out {"count":4999,"storm":true}']);
    take(Array.from({ length: 5000 }, (_, index) => motion(true, `source ${index}`)));
    expect(told).toHaveLength(2 + 256);
    expect(log.lines).toHaveLength(1);
  });

  it('keeps one detector of a picture from ending what another one still sees (home-assistant 140491)', () => {
    const { clock, told, shaper } = start();
    shaper.take([by('cells', motion(true)), by('line', motion(true)), by('cells', motion(false))]);
    expect(told).toEqual([motion(true)]);
    clock.advance(2000);
    shaper.take([by('line', motion(false))]);
    expect(told.at(-1)).toEqual(motion(false));
  });

  it('takes a camera for covered as long as one of its detectors says so, by whatever name it calls its picture', () => {
    const { clock, told, shaper } = start();
    shaper.take([by('dark', tamper(true, 'vsc')), by('blurry', tamper(false, 'v1'))]);
    expect(told.map((event) => event.kind === 'tamper' && event.active)).toEqual([true, true]);
    clock.advance(2000);
    shaper.take([by('dark', tamper(false, 'vsc'))]);
    expect(told.at(-1)).toMatchObject({ kind: 'tamper', active: false });
  });

  it('lets nothing be held up by a detector of an earlier subscription, nor by a crossed line, which has no end', () => {
    const { clock, told, shaper } = start();
    shaper.take([by('removed', motion(true)), by('', motion(true))]);
    shaper.begin();
    clock.advance(2000);
    shaper.take([by('', motion(true)), by('cells', motion(false))]);
    expect(told.at(-1)).toEqual(motion(false));
  });
});
