/** How the context of a barrier's machine changes. */
import { openLimit } from './arm.rules.ts';
import type { BarrierContext, BarrierEvent, BarrierPosition, BarrierStanding } from './barrier.types.ts';

/** Before the barrier is set up. */
export const blank: BarrierContext = {
  barrierId: '',
  travelMs: 0,
  position: 'unknown',
  positionAt: 0,
  positionSource: null,
  positionBy: null,
  command: null,
  openLimitMs: openLimit.usualMs,
  standing: null,
  refusals: 0,
};

/** Where a report says that the arm is. */
export const reports = (event: BarrierEvent): BarrierPosition | null =>
  event.type === 'positionReported' || event.type === 'personConfirmed' ? event.position : null;

/** The newest command with something more known of it. */
export const changed = (context: BarrierContext, patch: Partial<NonNullable<BarrierContext['command']>>) =>
  context.command === null ? {} : { command: { ...context.command, ...patch } };

/** A command just given; `replaces`: the one whose place it takes. */
export const newCommand = (
  event: Extract<BarrierEvent, { type: 'command' }>,
  replaces: string | null,
): Pick<BarrierContext, 'travelMs' | 'command'> => ({
  travelMs: event.travelMs,
  command: {
    motionId: event.motionId,
    motion: event.motion,
    reason: event.reason,
    reasonNote: event.reasonNote,
    by: event.by,
    givenAt: event.at,
    sentAt: null,
    acceptedAt: null,
    confirmedAt: null,
    fault: null,
    replaces,
  },
});

/** The gate that stands open with something more known of it. */
export const stands = (context: BarrierContext, patch: Partial<BarrierStanding>) =>
  context.standing === null ? {} : { standing: { ...context.standing, ...patch } };

/** When the reminder is due with the time that a manager allows now: the time that a person asked for stays. */
export const remindedWith = (
  { standing, openLimitMs }: BarrierContext,
  event: Extract<BarrierEvent, { type: 'openLimitChanged' }>,
): number => {
  const due = event.remindAtMs ?? standing?.remindAt ?? 0;
  return standing?.keepUntil == null ? due + event.openLimitMs - openLimitMs : due;
};
