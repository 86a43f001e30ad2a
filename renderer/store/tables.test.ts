import { describe, expect, it } from 'vitest';
import { applyRows, emptyTables } from './tables.ts';
import { openAlarms } from './selectors.ts';

const contact = { contactId: 'a', name: 'Patrol', phone: '1', rank: 1 };
const alarm = (alarmId: string, priority: string, raisedAt: number, change: object = {}) => ({
  collection: 'alarms' as const,
  key: alarmId,
  doc: {
    alarmId,
    cause: 'cameraLost',
    priority,
    sourceId: 's',
    raisedAt,
    occurrences: 1,
    lastReportAt: raisedAt,
    clearedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    incidentId: null,
    active: true,
    acknowledged: false,
    cameraIds: [],
    ...change,
  },
});

describe('applying rows', () => {
  it('adds, replaces and removes, and leaves the tables it does not touch as they are', () => {
    const first = applyRows(emptyTables, [{ collection: 'contacts', key: 'a', doc: contact }]).tables;
    expect(first.contacts.get('a')).toEqual(contact);
    expect(first.alarms).toBe(emptyTables.alarms);
    const second = applyRows(first, [{ collection: 'contacts', key: 'a', doc: { ...contact, rank: 2 } }]).tables;
    expect(second.contacts.get('a')?.rank).toBe(2);
    expect(first.contacts.get('a')?.rank).toBe(1);
    expect(applyRows(second, [{ collection: 'contacts', key: 'a', doc: null }]).tables.contacts.size).toBe(0);
  });

  it('leaves out what it does not understand, and counts it', () => {
    const { tables, unreadable } = applyRows(emptyTables, [
      { collection: 'contacts', key: 'a', doc: { contactId: 'a' } },
      { collection: 'contacts', key: 'b', doc: { ...contact, contactId: 'b' } },
    ]);
    expect(unreadable).toBe(1);
    expect([...tables.contacts.keys()]).toEqual(['b']);
  });

  it('does not keep an old row whose new version it cannot read', () => {
    const before = applyRows(emptyTables, [{ collection: 'contacts', key: 'a', doc: contact }]).tables;
    expect(applyRows(before, [{ collection: 'contacts', key: 'a', doc: { rank: 'x' } }]).tables.contacts.has('a')).toBe(
      false,
    );
  });
});

describe('the queue of alarms', () => {
  it('is by priority, then the one that has waited longest, without those that are over and known', () => {
    const { tables } = applyRows(emptyTables, [
      alarm('late-low', 'low', 50),
      alarm('new-life', 'life', 40),
      alarm('old-life', 'life', 10),
      alarm('high', 'high', 1),
      alarm('done', 'life', 0, { active: false, acknowledged: true }),
      alarm('gone-unseen', 'medium', 5, { active: false }),
    ]);
    expect(openAlarms(tables.alarms).map(({ alarmId }) => alarmId)).toEqual([
      'old-life',
      'new-life',
      'high',
      'gone-unseen',
      'late-low',
    ]);
  });
});
