import { monitoringRoom } from '../../electron/domain/posts/post.ts';
import { describe, expect, it } from 'vitest';
import type { RowChange } from '../../electron/contract/messages.schema.ts';
import { LIVE_LOG_LINES, type LogEntryView } from '../../electron/contract/log/log.views.ts';
import type { VisitView } from '../../electron/contract/views.schema.ts';
import { hours } from '../../electron/domain/kernel/time.ts';
import { createSeatStore } from './seat-store.ts';
import { applyRows, emptyTables, withoutWindows, type Tables } from './tables.ts';

const NOW = Date.UTC(2026, 10, 25);
const line = (seq: number): RowChange => {
  const doc = {
    seq,
    type: 'v1.NoteAdded',
    kind: 'note',
    entityId: 'n',
    at: seq,
    recordedAt: seq,
    actor: 'li',
    seat: null,

    postId: monitoringRoom,
    shiftNumber: null,
    body: {},
    labels: {},
    managerNotes: [],
  } satisfies LogEntryView;
  return { collection: 'log', key: String(seq).padStart(12, '0'), doc };
};
const visit = (visitId: string, arrivedAt: number, state: VisitView['state']): RowChange => ({
  collection: 'visits',
  key: visitId,
  doc: {
    visitId,
    kind: 'family',
    name: null,
    phone: null,
    plate: null,
    visiting: null,
    arrivedAt,
    registeredBy: 'li',
    leftAt: null,
    forgottenAt: null,
    state,
  } satisfies VisitView,
});

describe('what a seat keeps', () => {
  it('of the log is its tail, however long it has been open', () => {
    let tables: Tables = emptyTables;
    for (let seq = 1; seq <= 10_000; seq += 1) {
      ({ tables } = applyRows(tables, [line(seq)], NOW));
      expect(tables.log.size).toBeLessThanOrEqual(LIVE_LOG_LINES + 50);
    }
    expect([...tables.log.keys()].at(-1)).toBe('000000010000');
    expect(tables.log.size).toBeGreaterThanOrEqual(LIVE_LOG_LINES);
    expect([...tables.log.values()].every(({ seq }) => seq > 10_000 - LIVE_LOG_LINES - 50)).toBe(true);
  });

  it('of the visits leaves it when a week has passed, unless the visitor is still inside', () => {
    const old = NOW - 8 * 24 * hours(1);
    const first = applyRows(emptyTables, [visit('gone', old, 'left'), visit('stays', old, 'inside')], old + 1).tables;
    expect([...first.visits.keys()]).toEqual(['gone', 'stays']);
    const later = applyRows(first, [visit('new', NOW, 'inside')], NOW).tables;
    expect([...later.visits.keys()]).toEqual(['stays', 'new']);
  });

  it('of a window that no screen shows is nothing, and of the rest everything', () => {
    const { tables } = applyRows(emptyTables, [line(1), visit('v', NOW, 'inside')], NOW);
    const without = withoutWindows(tables, ['visits']);
    expect([without.log.size, without.visits.size]).toEqual([0, 1]);
    expect(without.cameras).toBe(tables.cameras);
  });

  it('is believed to be there only when the windows that were asked for last are', () => {
    const store = createSeatStore();
    store.show(['visits']);
    store.show(['log', 'visits']);
    store.receive({ t: 'shown', collections: ['visits'] });
    expect([...store.get().shown]).toEqual([]);
    store.receive({ t: 'patch', after: 0, seq: 1, rows: [line(1), visit('v', NOW, 'inside')] });
    store.receive({ t: 'shown', collections: ['visits', 'log'] });
    expect([...store.get().shown].toSorted()).toEqual(['log', 'visits']);
    store.show(['visits']);
    expect([store.get().tables.log.size, store.get().tables.visits.size]).toEqual([0, 1]);
    // Nothing of it was whole when it was asked for again: what came too late is not shown for all of it.
    store.show([]);
    store.receive({ t: 'patch', after: 1, seq: 2, rows: [visit('late', NOW, 'inside')] });
    store.show(['visits']);
    expect(store.get().tables.visits.size).toBe(0);
  });
});
