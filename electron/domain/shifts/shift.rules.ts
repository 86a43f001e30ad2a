import type { RaisedAlarm } from '../alarms/alarm.events.ts';
import { hours, minutes } from '../kernel/time.ts';
import type { Refusal } from '../kernel/machine.ts';
import type { ShiftContext, ShiftEvent } from './shift.types.ts';

/** A post that nobody has ever taken over raises its alarm after this. */
export const unstaffedAlarmAfterMs = minutes(2);

/** The next person is reminded this long before the end: rooms ask for 10 to 15 minutes. */
export const remindBeforeMs = minutes(10);

/** Past its end, a shift is shown as overdue, and after this it is an alarm. */
export const overdueAlarmAfterMs = minutes(15);

/** Longest shift that is taken over in one go. */
const longestShiftMs = hours(24);

const refusesEnd = (at: number, untilMs: number): Refusal | null =>
  untilMs > at && untilMs - at <= longestShiftMs
    ? null
    : { kind: 'shiftEndInvalid', details: { longestMs: longestShiftMs } };

/** What the incoming person has not looked at yet. */
const itemsNotSeen = (context: ShiftContext, seenItems: readonly string[]): readonly string[] =>
  (context.handover?.openItems ?? []).filter((item) => !seenItems.includes(item));

/** Why nobody can begin to take over like this, or `null`. Somebody else's unfinished takeover is replaced: it must not bar the post. */
export const refusesTakeover = (
  context: ShiftContext,
  event: Extract<ShiftEvent, { type: 'beginTakeover' }>,
): Refusal | null =>
  context.responsible?.personId === event.incoming
    ? { kind: 'alreadyResponsible' }
    : refusesEnd(event.at, event.untilMs);

/** Why this takeover is not accepted, or `null`. */
export const refusesAccept = (
  context: ShiftContext,
  event: Extract<ShiftEvent, { type: 'accept' }>,
): Refusal | null => {
  const { handover } = context;
  if (handover === null) return { kind: 'noHandover' };
  if (handover.incoming !== event.by) return { kind: 'notIncoming', details: { incoming: handover.incoming } };
  if (handover.until <= event.at) return { kind: 'shiftEndInvalid', details: { longestMs: longestShiftMs } };
  const missing = itemsNotSeen(context, event.seenItems);
  return missing.length === 0 ? null : { kind: 'itemsNotSeen', details: { items: missing } };
};

/** Only the two people of a handover can call it off. */
export const refusesWithdraw = (
  context: ShiftContext,
  event: Extract<ShiftEvent, { type: 'withdraw' }>,
): Refusal | null => {
  const { handover, responsible } = context;
  if (handover === null) return { kind: 'noHandover' };
  return [handover.incoming, responsible?.personId].includes(event.by)
    ? null
    : { kind: 'notIncoming', details: { incoming: handover.incoming } };
};

/** Why the running shift cannot end then, or `null`. */
export const refusesExtend = (context: ShiftContext, event: Extract<ShiftEvent, { type: 'extend' }>): Refusal | null =>
  context.responsible === null ? { kind: 'unstaffed' } : refusesEnd(event.at, event.untilMs);

/** The alarm of a post that has no one: of the time before the first shift, or of one overrun of a shift. */
export const postAlarm = (
  { postId, responsible, overdueSince }: ShiftContext,
  priority: 'high' | 'medium',
): RaisedAlarm => ({
  alarmId: `post-${postId}-${String(responsible?.shiftNumber ?? 0)}-${String(overdueSince ?? 0)}`,
  cause: 'postUnstaffed',
  priority,
  sourceId: postId,
});
