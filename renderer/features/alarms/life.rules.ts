import type { AlarmView, IncidentView } from '../../../electron/contract/views.schema.ts';

/** It calls for somebody: no person has taken note of the alarm, or the ladder of its incident runs, whoever has taken it on. */
export const unattended = (alarm: AlarmView, incident: IncidentView | null): boolean => {
  if (alarm.priority !== 'life') return false;
  return incident === null ? !alarm.acknowledged : incident.recall !== null;
};

/**
 * The calls for help that a seat is to speak up for again, muted or not, each with how far it is: one that somebody had and that calls again,
 * and every call that has gone so far that all seats are called, each time round.
 */
export const callsToEverybody = (incidents: Iterable<IncidentView>): readonly string[] =>
  [...incidents].flatMap(({ incidentId, escalation, recall, claimedBy }) => {
    const everybody = escalation === 'allSeats' || escalation === 'phoneList';
    const again = recall !== null && claimedBy !== null;
    return everybody || again ? [`${incidentId} ${everybody ? escalation : 'again'}`] : [];
  });

/** Stopping the sound at one seat lasts this long while nobody has taken the alarm: a seat is never silent about life for good. */
export const QUIET_MS = 60_000;
