import { z } from 'zod';
import { factsAbout } from '../kernel/fact.ts';
import { visitKind } from './visits.views.ts';

const visit = { kind: visitKind, by: z.string() };

/** What is written down of a visit. Who came stands in the machine's snapshot alone, sealed. */
export const visitFacts = factsAbout('visit', {
  'v1.VisitorRegistered': visit,
  'v1.VisitorLeft': { ...visit, stayedMs: z.number() },
  'v1.DepartureTakenBack': visit,
  /** `by: null`: the time to keep it was over. */
  'v1.VisitorForgotten': { kind: visitKind, by: z.string().nullable() },
});
