import type { RaisedAlarm } from '../alarms/alarm.events.ts';
import { hours, minutes } from '../kernel/time.ts';
import type { Refusal } from '../kernel/machine.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import type { ShiftContext, ShiftEvent } from './shift.types.ts';

/** A post at which nobody is responsible raises its alarm after this. */
export const unstaffedAlarmAfterMs = minutes(2);

/** The next person is reminded this long before the end: rooms ask for 10 to 15 minutes. */
export const remindBeforeMs = minutes(10);

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
const refusesTakeover = (
  context: ShiftContext,
  event: Extract<ShiftEvent, { type: 'beginTakeover' }>,
): Refusal | null =>
  context.responsible?.personId === event.incoming
    ? { kind: 'alreadyResponsible' }
    : refusesEnd(event.at, event.untilMs);

/** Why this takeover is not accepted, or `null`. */
const refusesAccept = (context: ShiftContext, event: Extract<ShiftEvent, { type: 'accept' }>): Refusal | null => {
  const { handover } = context;
  if (handover === null) return { kind: 'noHandover' };
  if (handover.incoming !== event.by) return { kind: 'notIncoming', details: { incoming: handover.incoming } };
  const missing = itemsNotSeen(context, event.seenItems);
  return missing.length === 0
    ? refusesEnd(event.at, event.untilMs)
    : { kind: 'itemsNotSeen', details: { items: missing } };
};

/** Only the two people of a handover can call it off. */
const refusesWithdraw = (context: ShiftContext, event: Extract<ShiftEvent, { type: 'withdraw' }>): Refusal | null => {
  const { handover, responsible } = context;
  if (handover === null) return { kind: 'noHandover' };
  return [handover.incoming, responsible?.personId].includes(event.by)
    ? null
    : { kind: 'notIncoming', details: { incoming: handover.incoming } };
};

/** Why somebody who has left changes nothing here, or `null`. */
const refusesLeave = (
  { responsible, handover }: ShiftContext,
  { personId }: Extract<ShiftEvent, { type: 'leave' }>,
): Refusal | null => ([responsible?.personId, handover?.incoming].includes(personId) ? null : { kind: 'notIncoming' });

/** Why the running shift cannot end then, or `null`. A plan made late may end it before now, but never before it began. */
const refusesExtend = (
  { responsible }: ShiftContext,
  { untilMs }: Extract<ShiftEvent, { type: 'extend' }>,
): Refusal | null => {
  if (responsible === null) return { kind: 'unstaffed' };
  return untilMs >= responsible.since && untilMs !== responsible.until ? null : { kind: 'shiftEndInvalid' };
};

/** Why this is not taken, or `null`. */
export const refuses = (context: ShiftContext, event: ShiftEvent): Refusal | null => {
  switch (event.type) {
    case 'beginTakeover':
      return refusesUnlessPerson(event.incoming) ?? refusesTakeover(context, event);
    case 'accept':
      return refusesAccept(context, event);
    case 'withdraw':
      return refusesWithdraw(context, event);
    case 'leave':
      return refusesLeave(context, event);
    case 'extend':
      return refusesExtend(context, event);
    default:
      return null;
  }
};

/** The alarm of a post at which nobody is responsible: before the first shift, or after the one whose person has left. */
export const unstaffedAlarm = ({ postId, shiftCount }: ShiftContext): RaisedAlarm => ({
  alarmId: `post-${postId}-${String(shiftCount)}`,
  cause: 'postUnstaffed',
  priority: 'high',
  sourceId: postId,
});
