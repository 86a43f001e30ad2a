import { z } from 'zod';
import { personal } from '../kernel/primitives.ts';

export const barrierView = z.object({
  barrierId: z.string(),
  name: z.string(),
  cameraId: z.string(),
  openRelay: z.string(),
  closeRelay: z.string(),
  openInput: z.string().nullable(),
  closedInput: z.string().nullable(),
  travelMs: z.number(),
  /** How long it may not be seen closed before somebody is reminded; milliseconds. */
  openLimitMs: z.number(),
  position: z.enum(['open', 'closed', 'moving', 'unknown']),
  positionAt: z.number(),
  positionSource: z.enum(['sensor', 'controller', 'person']).nullable(),
  positionBy: z.string().nullable(),
  /** The leaf of the machine's command region. */
  commandState: z.enum([
    'idle',
    'commanded',
    'sent',
    'accepted',
    'confirmed',
    'failed',
    'expired',
    'unconfirmed',
    'outcomeUnknown',
    'contactHeld',
  ]),
  command: z
    .object({
      motionId: z.string(),
      motion: z.enum(['open', 'close']),
      reason: z.string(),
      reasonNote: personal,
      by: z.string(),
      givenAt: z.number(),
      sentAt: z.number().nullable(),
      acceptedAt: z.number().nullable(),
      confirmedAt: z.number().nullable(),
      fault: z.string().nullable(),
    })
    .nullable(),
  /** Nobody has seen it closed: since when, who opened it and for what. `null` while it was last seen closed. */
  standing: z
    .object({
      since: z.number(),
      /** When it was first seen up or moving in that time; `null` while nobody knows where the arm is. */
      seenAt: z.number().nullable(),
      /** Who opened it from here and for what; `null` where it was opened without our doing. */
      by: z.string().nullable(),
      reason: z.string().nullable(),
      reasonNote: personal,
      /** When somebody is reminded, and since when the reminder stands. */
      remindAt: z.number(),
      remindedAt: z.number().nullable(),
      /** A person wanted it to stay open until then, and who. */
      keepUntil: z.number().nullable(),
      keptBy: z.string().nullable(),
    })
    .nullable(),
});
export type BarrierView = z.infer<typeof barrierView>;
