import { expect, it } from 'vitest';
import type { Committed } from '../core/work.ts';
import { createRecentChanges } from './recent-changes.ts';

const commit = (seq: number, collection = 'alarms'): Committed => ({
  seq,
  facts: [],
  changes: [{ collection, key: `row-${seq}`, doc: null }],
  deadlines: [],
  effects: false,
});

it('remembers what changed after a number, and only what is for seats', () => {
  const recent = createRecentChanges(10);
  recent.add(commit(11));
  recent.add(commit(12, 'machines'));
  recent.add(commit(13));
  expect(recent.since(11)).toEqual([{ collection: 'alarms', key: 'row-13' }]);
  expect(recent.since(13)).toEqual([]);
});

it('knows that it does not know: what was before its time, what it had to let go, what may not be told any more', () => {
  const recent = createRecentChanges(10);
  expect(recent.since(9)).toBeNull();
  for (let seq = 11; seq <= 6000; seq += 1) recent.add(commit(seq));
  expect(recent.since(11)).toBeNull();
  expect(recent.since(5000)).toHaveLength(1000);
  recent.forgetAll(6000);
  expect(recent.since(6000)).toBeNull();
});
