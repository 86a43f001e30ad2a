import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';

/** What is written down of the station itself. */
export const stationFacts = factsAbout('station', {
  /**
   * The first fact of a journal: the station's id is what it is about. `key`: the private half. `headKey`: what the journal's head is signed with (SPKI,
   * PEM), so that a head which another key has signed proves nothing.
   */
  'v1.StationNamed': { publicKey: z.string(), key: sealedText, headKey: z.string() },
  'v1.StationStarted': { version: z.string(), again: z.enum(['noAnswer', 'ended']).nullable() },
  'v1.ClockJumped': { seen: z.enum(['restart', 'running']), byMs: z.number() },
  'v1.FingerprintKeyMade': { key: sealedText },
});
