import { refusesUnlessPerson } from '../people/actor.rules.ts';
import { matchesState } from 'xstate';
import type { StateValue } from 'xstate';
import type { RaisedAlarm } from '../alarms/alarm.events.ts';
import { seconds } from '../kernel/time.ts';
import { keepOpenRangeMs, motionIsOver } from './arm.rules.ts';
import type { Refusal } from '../kernel/machine.ts';
import type {
  BarrierCommandState,
  BarrierContext,
  BarrierEvent,
  BarrierMotion,
  BarrierPosition,
  BarrierStanding,
} from './barrier.types.ts';

/** The controller answers within this time from the command, or nobody knows whether the arm moves. */
export const acceptWithinMs = seconds(8);

/** Beyond the travel time, the end position is awaited this much longer. */
export const confirmGraceMs = seconds(5);

/** Shortest and longest travel time of an arm that is believed, milliseconds. */
export const travelRangeMs = { least: 200, most: 120_000 } as const;

/** While an ambulance or a fire engine is expected, whether a gate may stand open is asked again after this time, milliseconds. */
export const excusedForMs = seconds(15);

/** The end position that a motion leads to. */
export const wantedPosition = (motion: BarrierMotion): BarrierPosition => (motion === 'open' ? 'open' : 'closed');

/** Somebody's life or house waits behind the gate. */
export const isForEmergency = (reason: string | null): boolean => reason === 'ambulance' || reason === 'fire';

/** The alarm of one motion that nobody has seen end. A gate that does not open for an ambulance or a fire engine is urgent. */
export const barrierAlarm = ({ barrierId, command }: BarrierContext): RaisedAlarm => ({
  alarmId: `barrier-${barrierId}-${command?.motionId ?? ''}`,
  cause: 'barrierUnconfirmed',
  priority: command?.motion === 'open' && isForEmergency(command.reason) ? 'high' : 'medium',
  sourceId: barrierId,
});

/** The alarm of a motion that did not get to the arm. What a person has taken note of is over: it is tried again, or done by hand. */
export const refusedAlarm = ({ barrierId, command }: BarrierContext, emergency: boolean): RaisedAlarm => ({
  alarmId: `barrier-refused-${barrierId}-${command?.motionId ?? ''}`,
  cause: 'barrierRefused',
  priority: command?.motion === 'open' && (emergency || isForEmergency(command.reason)) ? 'high' : 'medium',
  sourceId: barrierId,
  endsWithNote: true,
});

/**
 * Whether everybody is to hear that a motion did not get to the arm: an opening while somebody's life or house waits behind the gate, or the
 * second one in a row. Of a single other one, whoever pressed reads why, and tries again.
 */
export const isForAll = ({ command, refusals }: BarrierContext, emergency: boolean): boolean =>
  (command?.motion === 'open' && (emergency || isForEmergency(command.reason))) || refusals > 0;

/** The alarm of a gate that stands open for too long, or that nobody has seen down. */
export const standsOpenAlarm = ({ barrierId, standing }: BarrierContext): RaisedAlarm => ({
  alarmId: `barrier-open-${barrierId}-${standing?.remindedAt ?? 0}`,
  cause: 'barrierStandsOpen',
  priority: 'medium',
  sourceId: barrierId,
});

/**
 * What is known of an arm that is not down, after this report of where it is. `opening` is the command that is opening it, or `null`
 * where none is: then it was moved without our doing.
 */
export const standingAfter = (
  { standing, openLimitMs }: Pick<BarrierContext, 'standing' | 'openLimitMs'>,
  at: number,
  position: BarrierPosition,
  opening: BarrierCommandState | null,
): BarrierStanding => {
  const seen = position === 'open' || position === 'moving';
  const { by = null, reason = null, reasonNote = null } = opening ?? standing ?? {};
  return {
    since: standing?.since ?? at,
    seenAt: standing?.seenAt ?? (seen ? at : null),
    by,
    reason,
    reasonNote,
    remindAt: standing === null || opening !== null ? at + openLimitMs : standing.remindAt,
    keepUntil: opening === null ? (standing?.keepUntil ?? null) : null,
    keptBy: opening === null ? (standing?.keptBy ?? null) : null,
    remindedAt: opening === null ? (standing?.remindedAt ?? null) : null,
  };
};

/** Whether a motion is under way: given, sent or accepted, and neither seen to end nor given up. */
const inFlight = (value: StateValue): boolean =>
  ['commanded', 'sent', 'accepted'].some((command) => matchesState({ installed: { command } }, value));

/** Why it cannot be taken down now, or `null`: what became of a motion is waited for. */
export const refusesRemoval = (value: StateValue): Refusal | null => (inFlight(value) ? { kind: 'busy' } : null);

/**
 * Why a motion is not taken, where none is under way. Closing onto an arm that moves without our doing could come down on whoever set it
 * moving; opening it is always safe.
 */
const refusesMotion = (context: BarrierContext, event: Extract<BarrierEvent, { type: 'command' }>): Refusal | null => {
  if (event.reason.trim() === '') return { kind: 'reasonMissing' };
  return event.motion === 'close' && context.position === 'moving' ? { kind: 'armMoving' } : null;
};

/** Why a gate is not kept open, or `null`: one that lies closed has nothing to keep. */
const refusesKeepOpen = (
  { standing }: BarrierContext,
  { forMs }: Extract<BarrierEvent, { type: 'keepOpen' }>,
): Refusal | null => {
  if (standing === null) return { kind: 'gateClosed' };
  return forMs >= keepOpenRangeMs.least && forMs <= keepOpenRangeMs.most
    ? null
    : { kind: 'keepOpenOutOfRange', details: keepOpenRangeMs };
};

/** Whether this command breaks into the one under way: an `open` into a `close`. An ambulance does not wait for an arm that is coming down. */
export const breaksIn = ({ command }: BarrierContext, event: BarrierEvent): boolean =>
  event.type === 'command' && event.motion === 'open' && command?.motion === 'close';

/** The arm had the time to arrive, and was not seen to: whoever stands at the gate may try again without waiting for the last word on it. */
export const travelOver = ({ command, travelMs }: BarrierContext, event: BarrierEvent): boolean =>
  event.type === 'command' && motionIsOver({ command, travelMs }, event.at);

/** One motion at a time, but that opening takes the place of closing: the driver sends its pulse after the end of the other. */
export const refusesWhileBusy = (
  value: StateValue,
  context: BarrierContext,
  event: Extract<BarrierEvent, { type: 'command' }>,
): Refusal | null => {
  const { command } = context;
  if (!inFlight(value) || breaksIn(context, event) || travelOver(context, event)) return null;
  return { kind: 'busy', details: { motion: command?.motion ?? null, by: command?.by ?? null } };
};

/** Whether a sensor or the controller says by now that the arm is where the command wants it. A person's word counts for its moment only. */
export const alreadyThere = (context: BarrierContext, command: BarrierCommandState): boolean =>
  context.position === wantedPosition(command.motion) &&
  (context.positionSource === 'sensor' || context.positionSource === 'controller');

/** Why this is not taken, whatever is under way, or `null`. */
export const refusesAnyhow = (context: BarrierContext, event: BarrierEvent): Refusal | null => {
  const nobody = 'by' in event ? refusesUnlessPerson(event.by) : null;
  if (nobody !== null) return nobody;
  if (event.type === 'keepOpen') return refusesKeepOpen(context, event);
  if (event.type === 'excused') return context.standing?.remindedAt == null ? { kind: 'notReminded' } : null;
  return event.type === 'command' ? refusesMotion(context, event) : null;
};
