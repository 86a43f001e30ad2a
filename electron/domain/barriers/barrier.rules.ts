import { matchesState } from 'xstate';
import type { StateValue } from 'xstate';
import type { RaisedAlarm } from '../alarms/alarm.events.ts';
import { seconds } from '../kernel/time.ts';
import type { Refusal } from '../kernel/machine.ts';
import type {
  BarrierCommandState,
  BarrierContext,
  BarrierEvent,
  BarrierMotion,
  BarrierPosition,
} from './barrier.types.ts';

/** The controller answers within this time from the command, or nobody knows whether the arm moves. */
export const acceptWithinMs = seconds(8);

/** Beyond the travel time, the end position is awaited this much longer. */
export const confirmGraceMs = seconds(5);

/** Shortest and longest travel time of an arm that is believed, milliseconds. */
export const travelRangeMs = { least: 200, most: 120_000 } as const;

/** The end position that a motion leads to. */
export const wantedPosition = (motion: BarrierMotion): BarrierPosition => (motion === 'open' ? 'open' : 'closed');

/** The alarm of one motion that nobody has seen end. */
export const barrierAlarm = ({ barrierId, command }: BarrierContext): RaisedAlarm => ({
  alarmId: `barrier-${barrierId}-${command?.motionId ?? ''}`,
  cause: 'barrierUnconfirmed',
  priority: 'medium',
  sourceId: barrierId,
});

/** Whether a motion is under way: given, sent or accepted, and neither seen to end nor given up. */
const inFlight = (value: StateValue): boolean =>
  ['commanded', 'sent', 'accepted'].some((command) => matchesState({ installed: { command } }, value));

/**
 * Why a motion is not taken, where none is under way. Closing onto an arm that moves without our doing could come down on whoever set it
 * moving; opening it is always safe.
 */
export const refusesMotion = (
  context: BarrierContext,
  event: Extract<BarrierEvent, { type: 'command' }>,
): Refusal | null => {
  if (event.reason.trim() === '') return { kind: 'reasonMissing' };
  return event.motion === 'close' && context.position === 'moving' ? { kind: 'armMoving' } : null;
};

/** Whether this command breaks into the one under way: an `open` into a `close`. An ambulance does not wait for an arm that is coming down. */
export const breaksIn = ({ command }: BarrierContext, event: BarrierEvent): boolean =>
  event.type === 'command' && event.motion === 'open' && command?.motion === 'close';

/** One motion at a time, but that opening takes the place of closing: the driver sends its pulse after the end of the other. */
export const refusesWhileBusy = (
  value: StateValue,
  context: BarrierContext,
  event: Extract<BarrierEvent, { type: 'command' }>,
): Refusal | null => {
  const { command } = context;
  if (!inFlight(value) || breaksIn(context, event)) return null;
  return { kind: 'busy', details: { motion: command?.motion ?? null, by: command?.by ?? null } };
};

/** Whether a sensor or the controller says by now that the arm is where the command wants it. A person's word counts for its moment only. */
export const alreadyThere = (context: BarrierContext, command: BarrierCommandState): boolean =>
  context.position === wantedPosition(command.motion) &&
  (context.positionSource === 'sensor' || context.positionSource === 'controller');
