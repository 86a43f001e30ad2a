import { z } from 'zod';
import { factsAbout } from '../kernel/fact.ts';

const siren = {
  sourceId: z.string(),
  cause: z.string(),
  sounder: z.enum(['ready', 'sounding', 'missing', 'failed']),
};

/** What is written down of the siren. */
export const sirenFacts = factsAbout('station', {
  'v1.SirenSilenced': { reasons: z.int().positive() },
  'v1.SirenSounded': siren,
  'v1.SirenUnheard': siren,
});

const about = {
  /** An open vocabulary: what this seat cannot read it shows all the same. */
  cause: z.string(),
  priority: z.enum(['life', 'high', 'medium', 'low']),
  sourceId: z.string(),
  incidentId: z.string().nullable(),
  details: z.array(z.string()),
  closed: z.boolean(),
};
const byPerson = { ...about, by: z.string() };

/** What is written down of an alarm. */
export const alarmFacts = factsAbout('alarm', {
  'v1.AlarmRaised': about,
  'v1.AlarmRepeated': { ...about, occurrences: z.int().positive(), activeAgain: z.boolean() },
  'v1.AlarmRisen': about,
  'v1.AlarmSounded': about,
  'v1.AlarmAcknowledged': byPerson,
  'v1.AlarmCleared': about,
  'v1.AlarmClosedByIncident': byPerson,
});
