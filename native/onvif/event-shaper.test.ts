import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../electron/station/ports/devices.port.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { createMemoryLog } from '../../tests/support/system-clock.ts';
import { createEventShaper } from './event-shaper.ts';

const motion = (active: boolean, source = 'cam'): DeviceEvent => ({ kind: 'motion', source, active, atMs: 0 });
const input = (active: boolean): DeviceEvent => ({ kind: 'digitalInput', token: 'i', active, atMs: 0, initial: false });
const odd = (topic: string): DeviceEvent => ({ kind: 'unrecognised', topic, atMs: 0 });

const start = () => {
  const clock = createManualClock();
  const log = createMemoryLog();
  const told: DeviceEvent[] = [];
  const shaper = createEventShaper(clock, log, (event) => told.push(event));
  return { clock, log, told, shaper };
};

describe('the event shaper', () => {
  it('tells every change, and a repeated motion once a second', () => {
    const { clock, told, shaper } = start();
    shaper.take([motion(true), motion(true), motion(false), motion(true), motion(true, 'other')]);
    expect(told).toHaveLength(4);
    clock.advance(1000);
    shaper.take([motion(true)]);
    expect(told).toHaveLength(5);
  });

  it('tells every word of a contact', () => {
    const { told, shaper } = start();
    shaper.take([input(true), input(false), input(true), input(true)]);
    expect(told).toHaveLength(4);
  });

  it('tells an unknown topic once a minute', () => {
    const { clock, told, shaper } = start();
    for (let second = 0; second < 60; second += 1) {
      shaper.take([odd('a'), odd('b')]);
      clock.advance(1000);
    }
    expect(told).toHaveLength(2);
    shaper.take([odd('a')]);
    expect(told).toHaveLength(3);
  });

  it('keeps of a storm the last of each thing, and counts the rest in the log', () => {
    const { log, told, shaper } = start();
    shaper.take([...Array.from({ length: 5000 }, (_, index) => motion(index % 2 === 0)), input(true)]);
    expect(told).toEqual([motion(false), input(true)]);
    expect(log.lines).toEqual(['device events left out {"count":4999,"storm":true}']);
    shaper.take(Array.from({ length: 5000 }, (_, index) => motion(true, `source ${index}`)));
    expect(told).toHaveLength(2 + 256);
    expect(log.lines).toHaveLength(1);
  });
});
