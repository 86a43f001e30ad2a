import { z } from 'zod';
import { seatKinds } from '../../domain/access/access.rules.ts';
import { postIdText } from '../kernel/primitives.ts';

export const seatKind = z.enum(seatKinds);

/** A seat that something was done at. When it was here last is asked for (`seatsSeen`): that changes with every message. */
export const seatView = z.object({
  seatId: z.string(),
  kind: seatKind,
  /** Whose duty is taken over there. */
  postId: postIdText,
  name: z.string().nullable(),
  /** UTC milliseconds. */
  recordedAt: z.number(),
  /** UTC milliseconds; `null`: it is in use. */
  revokedAt: z.number().nullable(),
});
export type SeatView = z.infer<typeof seatView>;

/** Of each seat that was here since the station started: whether it is now, and when it was heard last, UTC milliseconds. */
export const seatsSeen = z.object({
  seats: z.array(z.object({ seatId: z.string(), isHere: z.boolean(), heardAt: z.number() })),
});
export type SeatsSeen = z.infer<typeof seatsSeen>;
