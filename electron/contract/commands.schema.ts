/** What seats may ask the station to do. The actor and the seat come from the session, never from the message. */
import { z } from 'zod';
import { keepOpenRangeMs, openLimit } from '../domain/barriers/arm.rules.ts';
import {
  cameraAllowance,
  commandIdText,
  contactRole,
  deviceText,
  deviceUrl,
  idText,
  json,
  jsonObject,
  lineText,
  noteText,
  phoneText,
  pinText,
  role,
  timeZoneText,
  utcMsNumber,
} from './primitives.ts';
import { parseStreamAddress } from './stream-address.ts';

const base = { id: commandIdText, occurredAt: utcMsNumber };

const command = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...base, ...shape });

/** An address the intake can read whole; what is ambiguous or holds control characters never gets further than here. */
const streamUrl = z
  .string()
  .max(400)
  .refine((text) => parseStreamAddress(text).ok, { error: 'streamUrl' });

/** What an ambulance must be told, beside the place: street and number, which gate, and a number to call back. `null`: not known. */
const address = {
  street: lineText(80).nullable(),
  entrance: lineText(40).nullable(),
  callBack: phoneText.nullable(),
};
/** Sets up the community in an empty data folder. Answer: `{personId, recoveryCode}`. */
const establishCommunity = command('establishCommunity', {
  name: lineText(40),
  street: address.street.optional(),
  entrance: address.entrance.optional(),
  callBack: address.callBack.optional(),
  timeZone: timeZoneText,
  managerName: lineText(40),
  pin: pinText,
});
/** Sets what an ambulance is told of the community. */
const setAddress = command('setAddress', address);
/** The zone that times are shown in. What was recorded stays: it is in UTC. */
const setTimeZone = command('setTimeZone', { timeZone: timeZoneText });
/** Adds a person, or changes the one with this id. `pin: null` leaves it as it is, and so does a phone that is left out; `phone: null` is none. */
const addPerson = command('addPerson', {
  personId: idText.nullable(),
  name: lineText(40),
  phone: phoneText.nullable().optional(),
  role,
  pin: pinText.nullable(),
  active: z.boolean(),
});
/** Adds a camera, or changes the one with this id. `password: null` leaves it as it is. */
const addCamera = command('addCamera', {
  cameraId: idText.nullable(),
  name: lineText(40),
  place: lineText(60),
  onvifAddress: deviceUrl.nullable(),
  mainUrl: streamUrl,
  subUrl: streamUrl.nullable(),
  username: deviceText(64).nullable(),
  password: deviceText(128).nullable(),
  /** Nothing where it is left out. */
  allows: z.array(cameraAllowance).max(cameraAllowance.options.length).optional(),
});
/** Adds a barrier that is driven by the relays of an ONVIF device (the camera `cameraId`), or changes it. */
const addBarrier = command('addBarrier', {
  barrierId: idText.nullable(),
  name: lineText(40),
  cameraId: idText,
  openRelay: z.string().min(1).max(64),
  closeRelay: z.string().min(1).max(64),
  openInput: z.string().min(1).max(64).nullable(),
  closedInput: z.string().min(1).max(64).nullable(),
  travelMs: z.int().min(500).max(60_000),
  /** How long it may not be seen closed before somebody is reminded; left out: as it is, else 5 minutes. */
  openLimitMs: z.int().min(openLimit.leastMs).max(openLimit.mostMs).exactOptional(),
});
/**
 * Adds a one-key help button, or changes it. Who lives there and how they, their family and who has a key are reached is personal; what is left
 * out stays as it is, `null` takes it away.
 */
const addHelpPoint = command('addHelpPoint', {
  helpPointId: idText.nullable(),
  place: lineText(40),
  residentName: lineText(40).nullable(),
  phone: phoneText.nullable().optional(),
  family: lineText(60).nullable().optional(),
  keyHolder: lineText(60).nullable().optional(),
  account: z.string().regex(/^[0-9A-Fa-f]{3,16}$/),
  zone: z.string().regex(/^[0-9A-Za-z]{1,6}$/),
  supervisionMs: z.int().min(10_000).max(86_400_000),
  cameraIds: z.array(idText).max(9),
});
/** An IPv4 address, or a range of them (`192.168.1.0/24`). */
const ipv4Range = z.union([z.ipv4(), z.cidrv4()]);
/** Where help receivers reach this machine: one of its IPv4 addresses, `0.0.0.0` for all, `127.0.0.1` for this machine alone; and who may. */
const setReceiver = command('setReceiver', {
  host: z.ipv4(),
  port: z.int().min(1024).max(65_535),
  sources: z.array(ipv4Range).min(1).max(20),
});
/** Adds somebody to call when nobody acts, or changes it. Name and phone are personal. Lower `rank` is called first; a role that is left out stays as it is. */
const addContact = command('addContact', {
  contactId: idText.nullable(),
  name: lineText(40),
  phone: phoneText,
  role: contactRole.optional(),
  rank: z.int().min(1).max(99),
});
/** Taken down: no more watched, driven or waited for. What it was and what happened there stay in the journal, with its name. */
const removeCamera = command('removeCamera', { cameraId: idText });
const removeBarrier = command('removeBarrier', { barrierId: idText });
const removeHelpPoint = command('removeHelpPoint', { helpPointId: idText });
const removeContact = command('removeContact', { contactId: idText });
const setRosterEntry = command('setRosterEntry', {
  entryId: idText.nullable(),
  personId: idText,
  fromMs: utcMsNumber,
  toMs: utcMsNumber,
});
const removeRosterEntry = command('removeRosterEntry', { entryId: idText });

/** Answer: `{openItems}`. */
const beginTakeover = command('beginTakeover', {});
const acceptTakeover = command('acceptTakeover', { seenItems: z.array(z.string().max(120)).max(500) });
const withdrawTakeover = command('withdrawTakeover', {});

const acknowledgeAlarm = command('acknowledgeAlarm', { alarmId: idText });
const claimIncident = command('claimIncident', { incidentId: idText });
const answerStep = command('answerStep', { incidentId: idText, step: idText, answer: idText });
const stepBack = command('stepBack', { incidentId: idText, step: idText });
const parkIncident = command('parkIncident', { incidentId: idText, reason: noteText(200), untilMs: utcMsNumber });
const resumeIncident = command('resumeIncident', { incidentId: idText });
const recordCall = command('recordCall', {
  incidentId: idText,
  contactId: idText,
  outcome: z.enum(['reached', 'noAnswer', 'busy', 'wrongNumber', 'onTheWay']),
});
const resolveIncident = command('resolveIncident', {
  incidentId: idText,
  resolution: z.enum(['personSafe', 'handedToAmbulance', 'handedToFamily', 'falseAlarm', 'testAlarm']),
  note: noteText(500).nullable(),
});
const reviewIncident = command('reviewIncident', { incidentId: idText, note: noteText(500) });
/** Quietens the siren for everybody; the reasons stay open and the siren comes back with the next escalation. */
const silenceSiren = command('silenceSiren', {});

const gateReason = z.enum(['ambulance', 'fire', 'resident', 'visitor', 'delivery', 'other']);
/** A motion: dead 5 s after it was given, by the station's clock. */
const openBarrier = command('openBarrier', { barrierId: idText, reason: gateReason, note: noteText(200).nullable() });
const closeBarrier = command('closeBarrier', {
  barrierId: idText,
  reason: z.enum(['afterPassage', 'other']),
  note: noteText(200).nullable(),
});
/** A person has looked: the arm stands there. */
const confirmBarrier = command('confirmBarrier', { barrierId: idText, position: z.enum(['open', 'closed']) });

/** It is to stay open for so long from now: nobody is reminded before. */
const keepBarrierOpen = command('keepBarrierOpen', {
  barrierId: idText,
  forMs: z.int().min(keepOpenRangeMs.least).max(keepOpenRangeMs.most),
});

const registerVisit = command('registerVisit', {
  kind: z.enum(['family', 'delivery', 'repair', 'care', 'other']),
  name: lineText(40),
  phone: phoneText.nullable(),
  plate: lineText(12).nullable(),
  visiting: lineText(40),
});
const visitorLeft = command('visitorLeft', { visitId: idText });
/** The visitor has not left: it was pressed by mistake. Within 10 minutes of `visitorLeft`. */
const takeBackDeparture = command('takeBackDeparture', { visitId: idText });
/** Deletes the key of the visitor's name, phone, plate and destination. Cannot be undone. */
const forgetVisitor = command('forgetVisitor', { visitId: idText });

const addNote = command('addNote', { text: noteText(500) });
/** A manager's remark on one line of the log. */
const addManagerNote = command('addManagerNote', { seq: z.int().positive(), text: noteText(500) });

export const commandSchema = z.discriminatedUnion('type', [
  establishCommunity,
  setAddress,
  setTimeZone,
  addPerson,
  addCamera,
  addBarrier,
  addHelpPoint,
  setReceiver,
  addContact,
  removeCamera,
  removeBarrier,
  removeHelpPoint,
  removeContact,
  setRosterEntry,
  removeRosterEntry,
  beginTakeover,
  acceptTakeover,
  withdrawTakeover,
  acknowledgeAlarm,
  claimIncident,
  answerStep,
  stepBack,
  parkIncident,
  resumeIncident,
  recordCall,
  resolveIncident,
  reviewIncident,
  silenceSiren,
  openBarrier,
  closeBarrier,
  confirmBarrier,
  keepBarrierOpen,
  registerVisit,
  visitorLeft,
  takeBackDeparture,
  forgetVisitor,
  addNote,
  addManagerNote,
]);
export type Command = z.infer<typeof commandSchema>;
export type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;
export type GateReason = z.infer<typeof gateReason>;

/** How long a motion lives, from `occurredAt` or its arrival, whichever is earlier; milliseconds. */
export const MOTION_LIFETIME_MS = 5000;

/** What the station answers. A refusal says why; `kind` is a catalogue key (`refusal.<kind>`). */
export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), seq: z.int(), value: jsonObject }),
  z.object({ ok: z.literal(false), refusal: z.object({ kind: z.string(), details: json.optional() }) }),
]);
export type Answer = z.infer<typeof answerSchema>;
