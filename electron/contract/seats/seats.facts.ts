import { z } from 'zod';
import { factsAbout } from '../kernel/fact.ts';
import { seatKind } from './seats.views.ts';

const seat = { kind: seatKind, postId: z.string(), name: z.string().nullable() };

/** What is written down of the seats. */
export const seatFacts = factsAbout('seat', {
  /** `keyHash`: the first half of the SHA-256 of the seat's key, hexadecimal; `null` where it showed none. */
  'v1.SeatRecorded': { ...seat, keyHash: z.string().nullable() },
  'v1.SeatChanged': { ...seat, changes: z.array(z.string()) },
  'v1.SeatRevoked': {},
});
