import { z } from 'zod';
import { factsAbout } from '../kernel/fact.ts';

/** What is written down of the demo community. */
export const demoFacts = factsAbout('community', { 'v1.DemoStarted': { volunteerId: z.string() } });
