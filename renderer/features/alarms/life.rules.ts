import type { AlarmView, IncidentView } from '../../../electron/contract/views.schema.ts';

/** It calls for somebody: no person has taken note of the alarm, or the ladder of its incident runs, whoever has taken it on. */
export const unattended = (alarm: AlarmView, incident: IncidentView | null): boolean => {
  if (alarm.priority !== 'life') return false;
  return incident === null ? !alarm.acknowledged : incident.recall !== null;
};

/** The calls for help that have gone so far that every seat is called, each with how far: a seat that hears of a new one speaks up again. */
export const callsToEverybody = (incidents: Iterable<IncidentView>): readonly string[] =>
  [...incidents].flatMap(({ incidentId, escalation }) =>
    escalation === 'allSeats' || escalation === 'phoneList' ? [`${incidentId} ${escalation}`] : [],
  );

/** Stopping the sound at one seat lasts this long while nobody has taken the alarm: a seat is never silent about life for good. */
export const QUIET_MS = 60_000;
