/** Barriers: what was set up, and what their machine last said: what was commanded beside what was confirmed. */
import { defineCollection, type DueAt } from '../../core/collection.ts';
import { barrierRows } from '../../parts/rows.ts';
import { stateAmong } from '../../parts/state-names.ts';
import type { BarrierView } from '../../../contract/gates/gates.views.ts';

const commandStates = [
  'contactHeld',
  'outcomeUnknown',
  'unconfirmed',
  'confirmed',
  'expired',
  'failed',
  'accepted',
  'sent',
  'commanded',
  'idle',
] as const;

/** Once the reminder stands nothing is waited for any more, and the times are those of the past. */
const present = (row: BarrierView, dueAt: DueAt): BarrierView => {
  const { standing, barrierId } = row;
  const remindAt = dueAt('barrier', barrierId, 'standsOpen');
  if (standing === null || remindAt === null) return row;
  return { ...row, standing: { ...standing, remindAt, keepUntil: standing.keepUntil === null ? null : remindAt } };
};

/** What its machine keeps of the barrier, beside the state: the context has these under the same names. */
type OfMachine = Pick<
  BarrierView,
  'position' | 'positionAt' | 'positionSource' | 'positionBy' | 'command' | 'standing'
>;

export const barriersCollection = defineCollection(barrierRows, {
  version: 1,
  shown: { to: 'everybody', openedTo: ['duty'], present },
  fold: (fact, rows) => {
    const { kind, type, entityId, body, snapshot } = fact;
    const before = barrierRows.get(rows, entityId);
    if (kind === 'barrierConfig') {
      const { changes: _changes, ...shown } = body;
      const blank = {
        position: 'unknown',
        positionAt: fact.occurredAt,
        positionSource: null,
        positionBy: null,
        commandState: 'idle',
        command: null,
        standing: null,
      };
      // The body of the fact is what the command's contract let in.
      return [[entityId, { ...(before ?? blank), ...shown, barrierId: entityId } as BarrierView]];
    }
    if (type === 'v1.BarrierRemoved') return [[entityId, null]];
    if (kind !== 'barrier' || snapshot === null || before === null) return [];
    const { position, positionAt, positionSource, positionBy, command, standing } =
      snapshot.context as unknown as OfMachine;
    const commandState = stateAmong(snapshot.value, commandStates, 'idle');
    const ofMachine = { position, positionAt, positionSource, positionBy, commandState, command, standing };
    return [[entityId, { ...before, ...ofMachine }]];
  },
});
