/**
 * Adds to a row what follows from it by the rules of today and is therefore not stored: the present question of an incident, who comes, and
 * when something happens by itself. The machines know that last one by the clock as it was when they asked for it; what is said of it
 * comes from the deadline that is armed.
 */
import { onTheWay, phoneListFirst } from '../../domain/incidents/incident.rules.ts';
import { allowedResolutions, currentStep, stepOf, stepsToCome } from '../../domain/incidents/procedure.rules.ts';
import type { CallState, StepState } from '../../domain/incidents/incident.types.ts';
import type { CollectionName } from '../../contract/views.schema.ts';
import { isJsonObject, numberOf, objectOf, textOf } from '../docs.ts';
import type { Json, JsonObject } from '../../domain/kernel/json.ts';
import type { Deadlines } from '../deadlines.ts';

export type DueAt = Deadlines['dueAt'];

const toStep = (value: Json): StepState | null => {
  const step = isJsonObject(value) ? textOf(value, 'step') : null;
  if (!isJsonObject(value) || step === null) return null;
  return {
    step,
    askedAt: numberOf(value, 'askedAt') ?? 0,
    answer: textOf(value, 'answer'),
    answeredAt: numberOf(value, 'answeredAt'),
    answeredBy: textOf(value, 'answeredBy'),
  };
};

const outcomes: readonly string[] = [
  'reached',
  'noAnswer',
  'busy',
  'wrongNumber',
  'onTheWay',
] satisfies readonly CallState['outcome'][];
const isOutcome = (value: string | null): value is CallState['outcome'] => value !== null && outcomes.includes(value);

const toCall = (value: Json): CallState | null => {
  if (!isJsonObject(value)) return null;
  const contactId = textOf(value, 'contactId');
  const outcome = textOf(value, 'outcome');
  const by = textOf(value, 'by');
  if (contactId === null || by === null || !isOutcome(outcome)) return null;
  return { contactId, outcome, at: numberOf(value, 'at') ?? 0, by };
};

const incident = ({ phoneListSince, ...doc }: JsonObject, dueAt: DueAt): JsonObject => {
  const given: Json = doc['steps'] ?? [];
  const steps = Array.isArray(given) ? given.map(toStep).filter((step) => step !== null) : [];
  const called: Json = doc['calls'] ?? [];
  const calls = Array.isArray(called) ? called.map(toCall).filter((call) => call !== null) : [];
  const listSince = typeof phoneListSince === 'number' ? phoneListSince : null;
  const closed = doc['work'] === 'resolved' || doc['work'] === 'reviewed';
  const current = closed ? null : currentStep(steps);
  const escalatesAt = closed ? null : dueAt('incident', textOf(doc, 'incidentId') ?? '', 'escalate');
  return {
    ...doc,
    escalatesAt,
    // One deadline ends both: it comes back when the escalation goes on.
    parkedUntil: numberOf(doc, 'parkedUntil') === null ? null : escalatesAt,
    currentStep:
      current === null
        ? null
        : { step: current.step, answers: stepOf('help', current.step).answers.map(({ answer }) => answer) },
    phoneListOpen: listSince !== null,
    phoneListFirst: phoneListFirst({ phoneListSince: listSince, steps }),
    onTheWay: closed ? [] : [...onTheWay(calls)],
    stepsToCome: current === null ? 0 : stepsToCome('help', steps),
    mayResolve: !closed && allowedResolutions('help', steps).length > 0,
    allowedResolutions: closed ? [] : [...new Set(allowedResolutions('help', steps))],
  };
};

/** Once the reminder stands nothing is waited for any more, and the times are those of the past. */
const barrier = (doc: JsonObject, dueAt: DueAt): JsonObject => {
  const standing = objectOf(doc, 'standing');
  const remindAt = dueAt('barrier', textOf(doc, 'barrierId') ?? '', 'standsOpen');
  if (standing === null || remindAt === null) return doc;
  const keepUntil = numberOf(standing, 'keepUntil') === null ? null : remindAt;
  return { ...doc, standing: { ...standing, remindAt, keepUntil } };
};

/** The row as a view of the contract. */
export const present = (collection: CollectionName, doc: JsonObject, dueAt: DueAt): JsonObject => {
  if (collection === 'incidents') return incident(doc, dueAt);
  return collection === 'barriers' ? barrier(doc, dueAt) : doc;
};
