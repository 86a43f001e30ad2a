import { z } from 'zod';
import { factsAbout, sealedText } from '../kernel/fact.ts';

const wiring = {
  name: z.string(),
  cameraId: z.string(),
  openRelay: z.string(),
  closeRelay: z.string(),
  openInput: z.string().nullable(),
  closedInput: z.string().nullable(),
  /** Milliseconds. */
  travelMs: z.number(),
  openLimitMs: z.number(),
};

/** What is written down of how a gate is set up. */
export const gateFacts = factsAbout('barrierConfig', {
  'v1.BarrierAdded': wiring,
  'v1.BarrierChanged': { ...wiring, changes: z.array(z.string()) },
});

const position = z.enum(['open', 'closed', 'moving', 'unknown']);
const source = z.enum(['sensor', 'controller', 'person']).nullable();
const motion = {
  motionId: z.string().nullable(),
  motion: z.enum(['open', 'close']).nullable(),
  reason: z.string().nullable(),
  by: z.string().nullable(),
  fault: z.string().nullable(),
  position,
  positionSource: source,
};
const standing = {
  since: z.number(),
  seenAt: z.number().nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  reasonNote: sealedText.nullable(),
  remindAt: z.number(),
  keepUntil: z.number().nullable(),
  keptBy: z.string().nullable(),
  remindedAt: z.number().nullable(),
};

/** What is written down of a gate: what was asked of its arm, and where the arm was seen. */
export const barrierFacts = factsAbout('barrier', {
  'v1.BarrierInstalled': { travelMs: z.number() },
  'v1.BarrierRemoved': { by: z.string() },
  'v1.BarrierCommanded': { ...motion, reasonNote: sealedText.nullable(), replaces: z.string().nullable() },
  'v1.BarrierMotionSent': motion,
  'v1.BarrierMotionAccepted': motion,
  'v1.BarrierMotionConfirmed': motion,
  'v1.BarrierMotionFailed': motion,
  'v1.BarrierMotionExpired': motion,
  'v1.BarrierMotionUnconfirmed': motion,
  'v1.BarrierOutcomeUnknown': motion,
  'v1.BarrierContactHeld': motion,
  'v1.BarrierKeptOpen': { untilMs: z.number().nullable(), by: z.string() },
  'v1.BarrierOpenLimitChanged': { openLimitMs: z.number() },
  'v1.BarrierReminderHeld': { position },
  'v1.BarrierLeftOpen': { ...standing, position },
  'v1.BarrierPositionConfirmed': { position, by: z.string() },
  'v1.BarrierPositionReported': { position, source },
});
