import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';

/** Remarks. */
export const noteFacts = factsAbout('note', {
  'v1.NoteAdded': { text: sealedText },
  'v1.ManagerNoteAdded': { seq: z.int().positive(), logKey: z.string(), text: sealedText },
});

/** A part of the log left the house, and which. Without this line it did not. */
export const exportFacts = factsAbout('log', {
  'v1.LogExported': {
    fromMs: z.number().nullable(),
    toMs: z.number().nullable(),
    kinds: z.array(z.string()).nullable(),
    shiftNumber: z.int().nullable(),
    postId: z.string().nullable(),
    lines: z.int(),
    /** The newest line then, and its hash. */
    headSeq: z.int(),
    headHash: z.string(),
  },
});
