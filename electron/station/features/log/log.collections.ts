/** The log: one line for every fact, so that its numbers have no gap. */
import type { LogEntryView } from '../../../contract/log/log.views.ts';
import type { RecordedFact } from '../../../domain/kernel/fact.ts';
import type { PostId } from '../../../domain/posts/post.ts';
import type { ShiftContext } from '../../../domain/shifts/shift.types.ts';
import { defineCollection } from '../../core/collection.ts';
import { textOf } from '../../core/docs.ts';
import { defineTable, type RowReader } from '../../core/table.ts';
import { postOfFact } from '../../parts/duty-rows.ts';
import { shiftRows } from '../../parts/rows.ts';
import { labelsOf, nameOf, retiredBy, retiredRows } from './labels.ts';

export const logRows = defineTable<LogEntryView>('log');

/** The key of a line: its sequence number, padded, so that keys sort as numbers do. */
export const logKey = (seq: number): string => String(seq).padStart(12, '0');

/** Number of the post's shift that a fact belongs to; what makes a person responsible belongs to the new shift. */
const shiftNumberOf = (fact: RecordedFact, post: PostId, rows: RowReader): number | null => {
  if (fact.kind !== 'shift' || fact.snapshot === null)
    return shiftRows.get(rows, post)?.responsible?.shiftNumber ?? null;
  return (fact.snapshot.context as unknown as ShiftContext).responsible?.shiftNumber ?? null;
};

export const logCollection = defineCollection(logRows, {
  version: 3,
  shown: { to: ['duty'], openedTo: ['duty'] },
  fold: (fact, rows, told) => {
    const postId = postOfFact(fact, rows);
    const line: LogEntryView = {
      seq: fact.seq,
      type: fact.type,
      kind: fact.kind,
      entityId: fact.entityId,
      at: fact.occurredAt,
      recordedAt: fact.recordedAt,
      actor: fact.actor,
      seat: fact.seat,
      postId,
      shiftNumber: shiftNumberOf(fact, postId, rows),
      body: told(fact),
      labels: labelsOf(fact, rows),
      managerNotes: [],
    };
    // A manager's remark is a line of its own, and hangs on the one it is about.
    return [[logKey(fact.seq), line] as const, ...remarked(fact, rows)];
  },
});

const remarked = (fact: RecordedFact, rows: RowReader): readonly (readonly [string, LogEntryView])[] => {
  const key = fact.type === 'v1.ManagerNoteAdded' ? textOf(fact.body, 'logKey') : null;
  const line = key === null ? null : logRows.get(rows, key);
  if (key === null || line === null) return [];
  const note = { at: fact.occurredAt, by: fact.actor, name: nameOf(fact.actor, rows), text: textOf(fact.body, 'text') };
  return [[key, { ...line, managerNotes: [...line.managerNotes, note] }]];
};

/** Who lived at a help button is not kept with its place. */
export const retiredCollection = defineCollection(retiredRows, {
  version: 2,
  fold: (fact, rows) => {
    const label = retiredBy(fact, rows);
    return label === null ? [] : [[fact.entityId, label]];
  },
});
