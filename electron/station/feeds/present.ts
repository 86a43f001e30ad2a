/** Adds to a row what follows from it by the rules of today and is therefore not stored: the present question of an incident. */
import { allowedResolutions, currentStep, stepOf, stepsToCome } from '../../domain/incidents/procedure.rules.ts';
import type { StepState } from '../../domain/incidents/incident.types.ts';
import type { CollectionName } from '../../contract/views.schema.ts';
import { isJsonObject, numberOf, textOf } from '../docs.ts';
import type { Json, JsonObject } from '../../domain/kernel/json.ts';

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

const incident = (doc: JsonObject): JsonObject => {
  const given: Json = doc['steps'] ?? [];
  const steps = Array.isArray(given) ? given.map(toStep).filter((step) => step !== null) : [];
  const closed = doc['work'] === 'resolved' || doc['work'] === 'reviewed';
  const current = closed ? null : currentStep(steps);
  return {
    ...doc,
    currentStep:
      current === null
        ? null
        : { step: current.step, answers: stepOf('help', current.step).answers.map(({ answer }) => answer) },
    stepsToCome: current === null ? 0 : stepsToCome('help', steps),
    mayResolve: !closed && allowedResolutions('help', steps).length > 0,
    allowedResolutions: closed ? [] : [...new Set(allowedResolutions('help', steps))],
  };
};

/** The row as a view of the contract. */
export const present = (collection: CollectionName, doc: JsonObject): JsonObject =>
  collection === 'incidents' ? incident(doc) : doc;
