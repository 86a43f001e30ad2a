/** What seats see: one schema per collection of read models. Times are UTC milliseconds. */
import { z } from 'zod';
import { cameraAllowance, contactRole, jsonObject, personal, role } from './primitives.ts';
import { streamFault, streamState } from './video-wire.ts';

const time = z.number();
const maybeTime = z.number().nullable();

export const communityView = z.object({
  name: z.string(),
  timeZone: z.string(),
  demo: z.boolean(),
  establishedAt: time,
  /** What an ambulance is told, as a manager has set it; `null` where nobody has. */
  street: z.string().nullable(),
  /** The gate that an ambulance is to use. */
  entrance: z.string().nullable(),
  /** The number under which the room is called back. */
  callBack: z.string().nullable(),
});
export type CommunityView = z.infer<typeof communityView>;

export const personView = z.object({
  personId: z.string(),
  name: personal,
  /** Only where somebody is signed in. */
  phone: personal,
  role,
  active: z.boolean(),
});
export type PersonView = z.infer<typeof personView>;

export const cameraView = z.object({
  cameraId: z.string(),
  /** 1, 2, 3 … in the order they were added: what people call it. */
  number: z.int(),
  name: z.string(),
  place: z.string(),
  onvifAddress: z.string().nullable(),
  mainUrl: z.string(),
  subUrl: z.string().nullable(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  allows: z.array(cameraAllowance).optional(),
  state: streamState,
  since: time,
  fault: streamFault.nullable(),
  lastLiveAt: maybeTime,
});
export type CameraView = z.infer<typeof cameraView>;

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
  positionAt: time,
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
      givenAt: time,
      sentAt: maybeTime,
      acceptedAt: maybeTime,
      confirmedAt: maybeTime,
      fault: z.string().nullable(),
    })
    .nullable(),
  /** Nobody has seen it closed: since when, who opened it and for what. `null` while it was last seen closed. */
  standing: z
    .object({
      since: time,
      /** When it was first seen up or moving in that time; `null` while nobody knows where the arm is. */
      seenAt: maybeTime,
      /** Who opened it from here and for what; `null` where it was opened without our doing. */
      by: z.string().nullable(),
      reason: z.string().nullable(),
      reasonNote: personal,
      /** When somebody is reminded, and since when the reminder stands. */
      remindAt: time,
      remindedAt: maybeTime,
      /** A person wanted it to stay open until then, and who. */
      keepUntil: maybeTime,
      keptBy: z.string().nullable(),
    })
    .nullable(),
});
export type BarrierView = z.infer<typeof barrierView>;

export const helpPointView = z.object({
  helpPointId: z.string(),
  place: z.string(),
  residentName: personal,
  /** Of the home. */
  phone: personal,
  /** Who belongs to the resident, and who has a key: name and number in one line. */
  family: personal,
  keyHolder: personal,
  account: z.string(),
  zone: z.string(),
  supervisionMs: z.number(),
  cameraIds: z.array(z.string()),
});
export type HelpPointView = z.infer<typeof helpPointView>;

export const contactView = z.object({
  contactId: z.string(),
  name: personal,
  phone: personal,
  role: contactRole,
  rank: z.int(),
});
export type ContactView = z.infer<typeof contactView>;

/** What was taken down, by the name it had: so that the log goes on naming it. */
export const retiredView = z.object({
  id: z.string(),
  kind: z.enum(['camera', 'barrier', 'helpPoint']),
  name: z.string(),
  place: z.string(),
});

export const alarmView = z.object({
  alarmId: z.string(),
  /** A seat that is older than the station shows what it does not know as `unknown`, loudly, and never drops it. */
  cause: z
    .enum([
      'unknown',
      'helpButton',
      'panicAlarm',
      'atRisk',
      'fireAlarm',
      'gasAlarm',
      'waterAlarm',
      'burglaryAlarm',
      'panelAlarm',
      'unknownZone',
      'panelUnreadable',
      'panelStranger',
      'panelSilent',
      'receiverUnreachable',
      'cameraLost',
      'cameraTamper',
      'barrierUnconfirmed',
      'barrierRefused',
      'barrierStandsOpen',
      'postUnstaffed',
      'reliefMissing',
      'rosterGap',
      'journalBroken',
      'clockJumped',
      'diskLow',
      'pinGuessing',
    ])
    .catch('unknown'),
  priority: z.enum(['life', 'high', 'medium', 'low']),
  sourceId: z.string(),
  raisedAt: time,
  occurrences: z.int(),
  lastReportAt: time,
  /** How often it came back after it had gone. */
  relapses: z.int(),
  endsWithNote: z.boolean(),
  /** What exactly was reported: `<meaning>/<zone>` of panels, accounts of strangers, why something could not be read. */
  details: z.array(z.string()),
  clearedAt: maybeTime,
  acknowledgedAt: maybeTime,
  acknowledgedBy: z.string().nullable(),
  incidentId: z.string().nullable(),
  active: z.boolean(),
  acknowledged: z.boolean(),
  /** Cameras that show the place; these come up by themselves. */
  cameraIds: z.array(z.string()),
});
export type AlarmView = z.infer<typeof alarmView>;

export const incidentView = z.object({
  incidentId: z.string(),
  kind: z.enum(['help']),
  alarmId: z.string(),
  sourceId: z.string(),
  openedAt: time,
  claimedBy: z.string().nullable(),
  claimedAt: maybeTime,
  /**
   * Set while the ladder runs (`escalation` is `waiting`, `siren`, `allSeats` or `phoneList`), for whoever it is: why it does, and since when
   * nobody has done anything that led on (from `openedAt` where nobody ever did). While it is set every seat sounds, and whose it is
   * stands in `claimedBy`.
   */
  recall: z
    .object({
      why: z.enum(['untaken', 'left', 'askedForHelp', 'stillWaiting', 'parkOver', 'pressedAgain', 'signedOut']),
      since: time,
    })
    .nullable(),
  steps: z.array(
    z.object({
      step: z.string(),
      askedAt: time,
      answer: z.string().nullable(),
      answeredAt: maybeTime,
      answeredBy: z.string().nullable(),
    }),
  ),
  /** The question to ask now, with its answers in order, or `null` where none is open. */
  currentStep: z.object({ step: z.string(), answers: z.array(z.string()) }).nullable(),
  /** Steps still to come on the shortest way, for the dots. */
  stepsToCome: z.int(),
  mayResolve: z.boolean(),
  /** The reasons with which it may be closed now; empty while something must still be done. */
  allowedResolutions: z.array(z.enum(['personSafe', 'handedToAmbulance', 'handedToFamily', 'falseAlarm', 'testAlarm'])),
  /** The phone list is to stand open: the volunteer asked for help, or nobody came. */
  phoneListOpen: z.boolean(),
  /** It stands in front of the question: somebody was not sure twice. */
  phoneListFirst: z.boolean(),
  calls: z.array(
    z.object({
      contactId: z.string(),
      outcome: z.enum(['reached', 'noAnswer', 'busy', 'wrongNumber', 'onTheWay']),
      at: time,
      by: z.string(),
    }),
  ),
  /** Who said that they are on the way for this call, with when they said so; the newest call to somebody decides. */
  onTheWay: z.array(z.object({ contactId: z.string(), at: time })),
  work: z.enum(['open', 'claimed', 'inProgress', 'parked', 'resolved', 'reviewed']),
  /** How far the escalation is. `calling`: help was asked for, and at `escalatesAt` all seats are called. */
  escalation: z.enum(['waiting', 'siren', 'allSeats', 'phoneList', 'calling', 'attended', 'ended']),
  escalatesAt: maybeTime,
  parkedUntil: maybeTime,
  parkReason: personal,
  resolution: z.enum(['personSafe', 'handedToAmbulance', 'handedToFamily', 'falseAlarm', 'testAlarm']).nullable(),
  resolvedAt: maybeTime,
  resolvedBy: z.string().nullable(),
  resolutionNote: personal,
  reviewedAt: maybeTime,
  reviewedBy: z.string().nullable(),
  reviewNote: personal,
  cameraIds: z.array(z.string()),
});
export type IncidentView = z.infer<typeof incidentView>;

export const visitView = z.object({
  visitId: z.string(),
  kind: z.enum(['family', 'delivery', 'repair', 'care', 'other']),
  name: personal,
  phone: personal,
  plate: personal,
  visiting: personal,
  arrivedAt: time,
  registeredBy: z.string(),
  leftAt: maybeTime,
  forgottenAt: maybeTime,
  state: z.enum(['inside', 'left', 'forgotten']),
});
export type VisitView = z.infer<typeof visitView>;

export const shiftView = z.object({
  postId: z.string(),
  responsible: z.object({ personId: z.string(), since: time, until: time, shiftNumber: z.int() }).nullable(),
  handover: z.object({ incoming: z.string(), startedAt: time, until: time, openItems: z.array(z.string()) }).nullable(),
  overdueSince: maybeTime,
});
export type ShiftView = z.infer<typeof shiftView>;

export const rosterEntryView = z.object({ entryId: z.string(), personId: z.string(), fromMs: time, toMs: time });
export type RosterEntryView = z.infer<typeof rosterEntryView>;

/** One line of the log. The text is made by the seat from `type` and `body`, in its language. */
export const logEntryView = z.object({
  seq: z.int(),
  type: z.string(),
  kind: z.string(),
  entityId: z.string(),
  at: time,
  recordedAt: time,
  /** A person's id, `station`, or `device:<id>`. */
  actor: z.string(),
  seat: z.string().nullable(),
  /** Number of the shift it belongs to, or `null` before the first. */
  shiftNumber: z.int().nullable(),
  body: jsonObject,
  managerNotes: z.array(z.object({ at: time, by: z.string(), text: personal })),
});
export type LogEntryView = z.infer<typeof logEntryView>;

/** Collection names and their schemas. Keys: the id of the thing; `log`: the sequence number padded to 12 digits. */
export const collections = {
  community: communityView,
  people: personView,
  cameras: cameraView,
  barriers: barrierView,
  helpPoints: helpPointView,
  contacts: contactView,
  retired: retiredView,
  alarms: alarmView,
  incidents: incidentView,
  visits: visitView,
  shift: shiftView,
  roster: rosterEntryView,
  log: logEntryView,
} as const;
export type CollectionName = keyof typeof collections;
export type Views = { readonly [Name in CollectionName]: z.infer<(typeof collections)[Name]> };
export const collectionNames = Object.keys(collections) as readonly CollectionName[];

/** The log lines that are kept in every seat; older ones are asked for. */
export const LIVE_LOG_LINES = 300;
