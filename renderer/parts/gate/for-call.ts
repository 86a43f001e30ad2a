/** What a gate has done for one call for help: nothing of an older command belongs to it. */
import { commandSince, seenOpen } from '../../../electron/domain/barriers/arm.rules.ts';
import type { BarrierView, IncidentView } from '../../../electron/contract/views.schema.ts';

/** When the newest question of this call was asked, or when the call came. */
const askedAt = ({ steps, openedAt }: Pick<IncidentView, 'steps' | 'openedAt'>): number =>
  steps.at(-1)?.askedAt ?? openedAt;

/**
 * The gate as it answers this call: its command is left out unless it opens the gate and was given since the question was asked, or since
 * the call came and for the ambulance; and left out again once the arm was seen down after it.
 */
export const gateForCall = (barrier: BarrierView, incident: Pick<IncidentView, 'steps' | 'openedAt'>): BarrierView => {
  const asked = commandSince(barrier, askedAt(incident));
  const command = asked ?? commandSince(barrier, incident.openedAt);
  const belongs = command?.motion === 'open' && (command === asked || command.reason === 'ambulance');
  const over = command?.confirmedAt != null && barrier.position === 'closed';
  return belongs && !over ? barrier : { ...barrier, command: null, commandState: 'idle' };
};

/** Whether a gate is seen open now: by a sensor or the controller, or by a person since this call came. Only then may "it is open" be said. */
export const anyGateSeenOpen = (
  barriers: Iterable<BarrierView>,
  { openedAt }: Pick<IncidentView, 'openedAt'>,
): boolean => [...barriers].some((barrier) => seenOpen(barrier, openedAt));
