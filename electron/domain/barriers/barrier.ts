import { barrierEffects } from './barrier.effects.ts';
import { matchesState } from 'xstate';
import type { StateValue } from 'xstate';
import { defineMachine } from '../kernel/define-machine.ts';
import type { Seen } from '../kernel/define-machine.ts';
import type { NamedFact } from '../kernel/machine.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import { barrierMachine } from './barrier.machine.ts';
import { refusesAnyhow, refusesRemoval, refusesWhileBusy, travelRangeMs } from './barrier.rules.ts';
import type { BarrierContext, BarrierEvent } from './barrier.types.ts';

const ends: readonly (readonly [state: StateValue, fact: NamedFact['type']])[] = [
  ['confirmed', 'v1.BarrierMotionConfirmed'],
  ['failed', 'v1.BarrierMotionFailed'],
  [{ unsettled: 'unconfirmed' }, 'v1.BarrierMotionUnconfirmed'],
  [{ unsettled: 'outcomeUnknown' }, 'v1.BarrierOutcomeUnknown'],
  [{ unsettled: 'contactHeld' }, 'v1.BarrierContactHeld'],
];

/** What a change of the command's state is called, or `null` when only the position changed. */
const endOf = (before: Seen<BarrierContext>, after: Seen<BarrierContext>): NamedFact['type'] | null => {
  const found = ends.find(([command]) => {
    const state = { installed: { command } };
    return matchesState(state, after.value) && !matchesState(state, before.value);
  });
  return found === undefined ? null : found[1];
};

/** The barrier as the station runs it. */
export const barrier = defineMachine<BarrierContext, BarrierEvent>({
  kind: 'barrier',
  schema: 2,
  machine: barrierMachine,
  effects: barrierEffects,
  startedBy: 'install',
  refusesStart: (event) =>
    event.type === 'install' && event.travelMs >= travelRangeMs.least && event.travelMs <= travelRangeMs.most
      ? null
      : { kind: 'travelTimeOutOfRange', details: travelRangeMs },
  harmlessWhenDone: ['positionReported', 'sent', 'accepted', 'failed', 'expired', 'outcomeLost'],
  refuses: ({ value, context }, event) => {
    const nobody = 'by' in event ? refusesUnlessPerson(event.by) : null;
    if (nobody !== null) return nobody;
    // What is under way is said before what else is wrong with the command.
    const busy =
      event.type === 'remove'
        ? refusesRemoval(value)
        : event.type === 'command'
          ? refusesWhileBusy(value, context, event)
          : null;
    return busy ?? refusesAnyhow(context, event);
  },
  nameFact: (before, event, after) => {
    const { command, position, positionSource, travelMs, standing, openLimitMs } = after.context;
    if (before === null) return { type: 'v1.BarrierInstalled', body: { travelMs } };
    const motion = {
      motionId: command?.motionId ?? null,
      motion: command?.motion ?? null,
      reason: command?.reason ?? null,
      by: command?.by ?? null,
      fault: command?.fault ?? null,
      position,
      positionSource,
    };
    switch (event.type) {
      case 'command':
        return {
          type: 'v1.BarrierCommanded',
          body: { ...motion, reasonNote: event.reasonNote, replaces: command?.replaces ?? null },
        };
      case 'remove':
        return { type: 'v1.BarrierRemoved', body: { by: event.by } };
      case 'sent':
        return { type: 'v1.BarrierMotionSent', body: motion };
      case 'expired':
        return { type: 'v1.BarrierMotionExpired', body: motion };
      case 'keepOpen':
        return { type: 'v1.BarrierKeptOpen', body: { untilMs: standing?.keepUntil ?? null, by: event.by } };
      case 'openLimitChanged':
        return { type: 'v1.BarrierOpenLimitChanged', body: { openLimitMs } };
      case 'excused':
        return { type: 'v1.BarrierReminderHeld', body: { position } };
      case 'deadline.standsOpen':
        return { type: 'v1.BarrierLeftOpen', body: { position, ...standing } };
      default:
        break;
    }
    const end = endOf(before, after);
    if (end !== null) return { type: end, body: motion };
    if (event.type === 'accepted') return { type: 'v1.BarrierMotionAccepted', body: motion };
    if (event.type === 'personConfirmed')
      return { type: 'v1.BarrierPositionConfirmed', body: { position, by: event.by } };
    return { type: 'v1.BarrierPositionReported', body: { position, source: positionSource } };
  },
});
