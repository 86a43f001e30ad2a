import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';
import { role } from '../kernel/primitives.ts';

const person = {
  name: sealedText,
  phone: sealedText.nullable().optional(),
  role,
  active: z.boolean(),
  /** Left out where it stays as it was. */
  pinCipher: z.string().nullable().optional(),
};

/** What is written down of who works here, and how they sign in. */
export const peopleFacts = {
  ...factsAbout('person', {
    'v1.PersonAdded': person,
    'v1.PersonChanged': { ...person, changes: z.array(z.string()) },
    'v1.PinChanged': { pinCipher: z.string() },
    'v1.PinRecovered': { role, active: z.boolean(), pinCipher: z.string(), recoveryHash: z.string() },
  }),
  ...factsAbout('session', {
    'v1.SignedIn': { how: z.enum(['pin', 'guest', 'givenBack']), sessionHash: z.string() },
    'v1.SignedOut': {},
    'v1.SignInFailed': { failures: z.int().positive() },
    'v1.SessionsEnded': { sessionHashes: z.array(z.string()) },
  }),
};
