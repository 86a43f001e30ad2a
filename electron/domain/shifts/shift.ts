import { matchesState } from 'xstate';
import { defineMachine } from '../kernel/define-machine.ts';
import type { NamedFact } from '../kernel/machine.ts';
import { shiftMachine } from './shift.machine.ts';
import { refuses } from './shift.rules.ts';
import type { ShiftContext, ShiftEvent } from './shift.types.ts';

const endFacts: readonly (readonly [end: string, fact: NamedFact['type']])[] = [
  ['due', 'v1.HandoverDue'],
  ['overdue', 'v1.ShiftOverdue'],
];

const outgoing = (context: ShiftContext): { readonly outgoing: string | null } => ({
  outgoing: context.responsible?.personId ?? null,
});

/** The post as the station runs it. */
export const shift = defineMachine<ShiftContext, ShiftEvent>({
  kind: 'shift',
  schema: 1,
  machine: shiftMachine,
  // The end of a shift is an appointment, as the roster has it.
  appointments: ['end'],
  startedBy: 'establish',
  refuses: ({ context }, event) => refuses(context, event),
  nameFact: (before, event, after) => {
    const { responsible, handover, postId } = after.context;
    if (before === null || event.type === 'establish') return { type: 'v1.PostEstablished', body: { postId } };
    const running = {
      responsible: responsible?.personId ?? null,
      shiftNumber: responsible?.shiftNumber ?? null,
      until: responsible?.until ?? null,
    };
    switch (event.type) {
      case 'beginTakeover':
        return {
          type: 'v1.TakeoverBegun',
          body: {
            incoming: event.incoming,
            until: event.untilMs,
            openItems: handover?.openItems ?? [],
            ...outgoing(before.context),
          },
        };
      case 'accept':
        return {
          type: 'v1.ShiftTakenOver',
          body: { ...running, seenItems: event.seenItems, planned: event.planned ?? null, ...outgoing(before.context) },
        };
      case 'withdraw':
        return {
          type: 'v1.TakeoverWithdrawn',
          body: { by: event.by, incoming: before.context.handover?.incoming ?? null },
        };
      case 'leave':
        return before.context.responsible?.personId === event.personId
          ? { type: 'v1.PostVacated', body: outgoing(before.context) }
          : { type: 'v1.TakeoverEnded', body: { incoming: event.personId } };
      case 'extend':
        return { type: 'v1.ShiftEndChanged', body: running };
      default: {
        const end = endFacts.find(([state]) => matchesState({ established: { end: state } }, after.value));
        return { type: end === undefined ? 'v1.PostUnstaffedAlarmed' : end[1], body: running };
      }
    }
  },
});
