/**
 * Adds to an incident what follows from it by the rules of today and is therefore not stored: the present question, who comes, and when
 * something happens by itself. The machine knows that last one by the clock as it was when it asked for it; what is said of it comes from
 * the deadline that is armed.
 */
import { onTheWay, phoneListFirst } from '../../../domain/incidents/incident.rules.ts';
import { allowedResolutions, currentStep, stepOf, stepsToCome } from '../../../domain/incidents/procedure.rules.ts';
import type { DueAt } from '../../core/collection.ts';
import type { IncidentRow } from '../../parts/rows.ts';

export const present = ({ phoneListSince, ...row }: IncidentRow, dueAt: DueAt): object => {
  const { steps, calls } = row;
  const closed = row.work === 'resolved' || row.work === 'reviewed';
  const current = closed ? null : currentStep(steps);
  const escalatesAt = closed ? null : dueAt('incident', row.incidentId, 'escalate');
  return {
    ...row,
    escalatesAt,
    // One deadline ends both: it comes back when the escalation goes on.
    parkedUntil: row.parkedUntil === null ? null : escalatesAt,
    currentStep:
      current === null
        ? null
        : { step: current.step, answers: stepOf('help', current.step).answers.map(({ answer }) => answer) },
    phoneListOpen: phoneListSince !== null,
    phoneListFirst: phoneListFirst({ phoneListSince, steps }),
    onTheWay: closed ? [] : [...onTheWay(calls)],
    stepsToCome: current === null ? 0 : stepsToCome('help', steps),
    mayResolve: !closed && allowedResolutions('help', steps).length > 0,
    allowedResolutions: closed ? [] : [...new Set(allowedResolutions('help', steps))],
  };
};
