import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';
import { callOutcome, resolution } from './incidents.views.ts';

/** Which call it is about stands in every fact: two may run at once. */
const about = { sourceId: z.string() };
const byPerson = { ...about, by: z.string() };
const from = z.string().nullable();
const step = z.string();

/** What is written down of a call for help. */
export const incidentFacts = factsAbout('incident', {
  'v1.IncidentOpened': { ...about, kind: z.string(), alarmId: z.string() },
  'v1.IncidentKept': byPerson,
  'v1.IncidentClaimed': { ...byPerson, from },
  'v1.IncidentPassedOn': { ...byPerson, from },
  'v1.StepAnswered': { ...byPerson, step, answer: z.string(), next: step.nullable() },
  'v1.StepReopened': { ...byPerson, step },
  'v1.IncidentParked': { ...byPerson, reason: sealedText, untilMs: z.number() },
  'v1.IncidentResumed': byPerson,
  'v1.CallRecorded': {
    ...byPerson,
    contactId: z.string(),
    contactName: sealedText.nullable(),
    outcome: callOutcome,
  },
  'v1.IncidentResolved': { ...byPerson, resolution, note: sealedText.nullable() },
  'v1.IncidentReviewed': { ...byPerson, note: sealedText },
  'v1.IncidentPressedAgain': { ...about, level: z.string(), next: step.nullable() },
  'v1.IncidentEscalated': {
    ...about,
    level: z.string(),
    why: z.string().nullable(),
    claimedBy: z.string().nullable(),
    movedAt: z.number(),
    escalatesAt: z.number().nullable(),
  },
});
