import { z } from 'zod';

export const verificationView = z.object({
  ok: z.boolean(),
  lastSeq: z.int(),
  firstBadSeq: z.int().nullable(),
  problem: z.enum(['edited', 'missing', 'inserted', 'cutTail', 'rewritten', 'headUnsigned', 'unreadable']).nullable(),
  verifiedAt: z.number(),
});

export type VerificationView = z.infer<typeof verificationView>;

/** `code`: the beginning of the line's hash, in groups; `null` where there is no such line. */
export const lineCodeView = z.object({ seq: z.int(), code: z.string().nullable() });
