import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';

/** Remarks. */
export const noteFacts = factsAbout('note', {
  'v1.NoteAdded': { text: sealedText },
  'v1.ManagerNoteAdded': { seq: z.int().positive(), logKey: z.string(), text: sealedText },
});
