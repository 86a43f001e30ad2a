import { z } from 'zod';
import { personal } from '../kernel/primitives.ts';

/** What came of a call to a contact. */
export const callOutcome = z.enum(['reached', 'noAnswer', 'busy', 'wrongNumber', 'onTheWay']);
/** The reasons with which a call for help can be closed. */
export const resolution = z.enum(['personSafe', 'handedToAmbulance', 'handedToFamily', 'falseAlarm', 'testAlarm']);

export const incidentView = z.object({
  incidentId: z.string(),
  kind: z.enum(['help']),
  alarmId: z.string(),
  sourceId: z.string(),
  openedAt: z.number(),
  claimedBy: z.string().nullable(),
  claimedAt: z.number().nullable(),
  /**
   * Set while the ladder runs (`escalation` is `waiting`, `siren`, `allSeats` or `phoneList`), for whoever it is: why it does, and since when
   * nobody has done anything that led on (from `openedAt` where nobody ever did). While it is set every seat sounds, and whose it is
   * stands in `claimedBy`.
   */
  recall: z
    .object({
      why: z.enum(['untaken', 'left', 'askedForHelp', 'stillWaiting', 'parkOver', 'pressedAgain', 'signedOut']),
      since: z.number(),
    })
    .nullable(),
  steps: z.array(
    z.object({
      step: z.string(),
      askedAt: z.number(),
      answer: z.string().nullable(),
      answeredAt: z.number().nullable(),
      answeredBy: z.string().nullable(),
    }),
  ),
  /** The question to ask now, with its answers in order, or `null` where none is open. */
  currentStep: z.object({ step: z.string(), answers: z.array(z.string()) }).nullable(),
  /** Steps still to come on the shortest way, for the dots. */
  stepsToCome: z.int(),
  mayResolve: z.boolean(),
  /** The reasons with which it may be closed now; empty while something must still be done. */
  allowedResolutions: z.array(resolution),
  /** The phone list is to stand open: the volunteer asked for help, or nobody came. */
  phoneListOpen: z.boolean(),
  /** It stands in front of the question: somebody was not sure twice. */
  phoneListFirst: z.boolean(),
  calls: z.array(
    z.object({
      contactId: z.string(),
      outcome: callOutcome,
      at: z.number(),
      by: z.string(),
    }),
  ),
  /** Who said that they are on the way for this call, with when they said so; the newest call to somebody decides. */
  onTheWay: z.array(z.object({ contactId: z.string(), at: z.number() })),
  work: z.enum(['open', 'claimed', 'inProgress', 'parked', 'resolved', 'reviewed']),
  /** How far the escalation is. `calling`: help was asked for, and at `escalatesAt` all seats are called. */
  escalation: z.enum(['waiting', 'siren', 'allSeats', 'phoneList', 'calling', 'attended', 'ended']),
  escalatesAt: z.number().nullable(),
  parkedUntil: z.number().nullable(),
  parkReason: personal,
  resolution: resolution.nullable(),
  resolvedAt: z.number().nullable(),
  resolvedBy: z.string().nullable(),
  resolutionNote: personal,
  reviewedAt: z.number().nullable(),
  reviewedBy: z.string().nullable(),
  reviewNote: personal,
  cameraIds: z.array(z.string()),
});
export type IncidentView = z.infer<typeof incidentView>;
