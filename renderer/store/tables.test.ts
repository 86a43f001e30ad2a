import { describe, expect, it } from 'vitest';
import { applyRows, emptyTables } from './tables.ts';

const contact = { contactId: 'a', name: 'Patrol', phone: '1', role: 'patrol', rank: 1 };
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
