import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';
import { contactRole } from '../kernel/primitives.ts';

const contact = { name: sealedText, phone: sealedText, role: contactRole, rank: z.int() };

/** What is written down of whom to call. */
export const contactFacts = factsAbout('contact', {
  'v1.ContactAdded': contact,
  'v1.ContactChanged': { ...contact, changes: z.array(z.string()) },
  'v1.ContactRemoved': { name: sealedText },
});
