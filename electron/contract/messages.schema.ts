/**
 * The messages between a seat and the station, JSON text on one WebSocket (`/seat`, subprotocols `guardroom.v1` and `token.<start token>`).
 * A message is at most 256 KB.
 */
import { z } from 'zod';
import { answerSchema, commandSchema } from './commands.schema.ts';
import { deviceText, deviceUrl, idText, jsonObject, pinText, role, utcMsNumber } from './primitives.ts';
import { collectionNames, logEntryView, type CollectionName } from './views.schema.ts';

export const MAX_SEAT_MESSAGE_BYTES = 262_144;
/** The station's clock is sent this often; a seat that hears nothing for three times as long says that the station does not answer. */
export const TICK_MS = 1000;

const requestId = z.string().min(1).max(64);

const querySchema = z.discriminatedUnion('type', [
  /** Lines of the log, newest first. Reply: `{entries, more}`. */
  z.strictObject({
    type: z.literal('log'),
    beforeSeq: z.int().positive().nullable(),
    limit: z.int().min(1).max(500),
    kinds: z.array(z.string().max(40)).max(20).nullable(),
    fromMs: utcMsNumber.nullable(),
    toMs: utcMsNumber.nullable(),
    shiftNumber: z.int().nullable(),
  }),
  /** The short code of one line, `null`: of the newest; to be written on paper, and compared later. Reply: `lineCodeView`. */
  z.strictObject({ type: z.literal('lineCode'), seq: z.int().positive().nullable() }),
  /** Reads the whole chain. Reply: `verificationView`. */
  z.strictObject({ type: z.literal('verifyJournal') }),
  /** Reply: `{port, ticket}`. */
  z.strictObject({ type: z.literal('videoTicket') }),
  /** Looks for ONVIF devices. Reply: `{devices: [{address, name, hardware, location}]}`. Managers, and an empty community. */
  z.strictObject({ type: z.literal('discover'), waitMs: z.int().min(500).max(10_000) }),
  /** Asks one ONVIF device what it offers. Reply: `{manufacturer, model, profiles: [{token, name, encoding, width, height, streamUrl}], leftOut: [{name, why}], relayTokens}`. */
  z.strictObject({
    type: z.literal('describeDevice'),
    address: deviceUrl,
    username: deviceText(64).nullable(),
    password: deviceText(128).nullable(),
  }),
  /** Asks a camera that is set up, with the login kept for it, how it names its outputs and inputs; nothing is moved. Reply: `cameraWiring`. Managers. */
  z.strictObject({ type: z.literal('describeCamera'), cameraId: idText }),
  /** Reply: `receiverReply`. */
  z.strictObject({ type: z.literal('receiver') }),
]);
export type Query = z.infer<typeof querySchema>;

/** What a camera can be wired to, as it names it itself; an empty list: it names none. */
export const cameraWiring = z.object({ relayTokens: z.array(z.string()), inputTokens: z.array(z.string()) });
export type CameraWiring = z.infer<typeof cameraWiring>;

const panelPlace = z.object({ host: z.string(), port: z.int(), sources: z.array(z.string()) });
/** Where help receivers reach this machine, and what came there. */
export const receiverReply = z.object({
  /** As in the station's health; `demo`: the receiver is simulated on this machine. */
  state: z.enum(['ok', 'notSet', 'thisPcOnly', 'failed', 'demo']),
  /** What a manager chose; `null`: nobody yet. */
  chosen: panelPlace.nullable(),
  /** What the start options name; it wins for this run. */
  options: panelPlace.nullable(),
  listening: z.discriminatedUnion('state', [
    z.object({ state: z.literal('listening'), host: z.string(), port: z.int() }),
    z.object({ state: z.literal('failed'), fault: z.enum(['portTaken', 'addressGone', 'notPermitted', 'failed']) }),
    z.object({ state: z.literal('off') }),
  ]),
  /** IPv4 addresses of this machine, with the system's name of the interface. */
  addresses: z.array(z.object({ address: z.string(), name: z.string() })),
  /** The newest messages that came, newest first. */
  seen: z.array(
    z.object({
      atMs: z.number(),
      source: z.string(),
      account: z.string(),
      readAs: z.enum([
        'alive',
        'event',
        'encrypted',
        'checksum',
        'unreadable',
        'unknownAccount',
        'refused',
        'notAllowed',
      ]),
      meaning: z.string().nullable(),
      zone: z.string(),
    }),
  ),
});
export type ReceiverReply = z.infer<typeof receiverReply>;

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

export const logPage = z.object({ entries: z.array(logEntryView), more: z.boolean() });

/** Seat to station. */
export const seatMessageSchema = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('hello'),
    /** What the seat calls itself. It proves nothing: who names the id of another seat gets a seat of its own. */
    seatId: idText,
    /** A secret of the seat's own: windows that show the same one are windows of one seat, and its id at the station is made from it. */
    seatKey: z.string().min(32).max(100).optional(),
    /** Session of an earlier connection, or `null`. */
    session: z.string().max(100).nullable(),
    /** This seat has never been signed in or out: in the demo it is signed in as the volunteer on duty. */
    fresh: z.boolean(),
    /** The last sequence number seen and the boot it belongs to, to resume; or `null`. */
    resume: z.strictObject({ bootId: z.string().max(80), seq: z.int().min(0) }).nullable(),
    /** Whether this seat can make itself heard: a seat whose sound is off says so, here and on screen. */
    sound: z.enum(['on', 'off']),
  }),
  z.strictObject({ t: z.literal('command'), command: commandSchema }),
  z.strictObject({ t: z.literal('query'), id: requestId, query: querySchema }),
  z.strictObject({ t: z.literal('signIn'), id: requestId, personId: idText, pin: pinText }),
  z.strictObject({ t: z.literal('signOut'), id: requestId }),
  /** A manager who has lost the PIN. Reply: `{recoveryCode}`, the next code. */
  z.strictObject({ t: z.literal('recover'), id: requestId, code: z.string().max(60), newPin: pinText }),
  /** Whoever is signed in sets a PIN of their own choice. Refusals as for signing in. */
  z.strictObject({ t: z.literal('changePin'), id: requestId, oldPin: pinText, newPin: pinText }),
  /** Offered by an empty data folder only: starts the demo community. */
  z.strictObject({ t: z.literal('startDemo'), id: requestId, lang: z.enum(['zh-CN', 'en']).optional() }),
  z.strictObject({ t: z.literal('sound'), state: z.enum(['on', 'off']) }),
]);
export type SeatMessage = z.infer<typeof seatMessageSchema>;

/** What cannot be kept in the journal: how the station itself is. */
export const stationHealth = z.object({
  sounder: z.enum(['ready', 'sounding', 'missing', 'failed']),
  journal: z.enum(['notVerified', 'verified', 'broken']),
  journalCheckedAt: z.number().nullable(),
  /** Up to which line it was checked then; what came later was not. */
  journalCheckedSeq: z.int().nullable(),
  /** Storage takes no more entries: nothing can be acknowledged until it does. */
  storage: z.enum(['ok', 'low', 'failed']),
  clock: z.enum(['ok', 'jumped']),
  /** For half an hour after the station was started again by its supervisor: why, and when it was back. */
  startedAgain: z.object({ because: z.enum(['noAnswer', 'ended']), at: z.number() }).nullable(),
  /** Whether help receivers can reach this machine. `notSet`: nobody has chosen where; `thisPcOnly`: chosen so. */
  receiver: z.enum(['ok', 'notSet', 'thisPcOnly', 'failed']),
  /** The simulated devices of the demo: `down` while they are started again; `none` where there is no demo. */
  demo: z.enum(['none', 'up', 'down']),
  /** Seats connected now, and how many of them cannot be heard. */
  seats: z.int(),
  seatsWithoutSound: z.int(),
});
export type StationHealth = z.infer<typeof stationHealth>;

export const sessionView = z.object({
  personId: z.string(),
  role,
});
export type SessionView = z.infer<typeof sessionView>;

const collectionName = z.enum(collectionNames as [CollectionName, ...CollectionName[]]);
/** A change of one row; `doc: null` removes it. Rows are validated by the collection's own schema. */
export const rowChange = z.object({ collection: collectionName, key: z.string(), doc: jsonObject.nullable() });
export type RowChange = z.infer<typeof rowChange>;

/** How far a station that prepares its tables has come, in entries: `0 <= done <= of`; the end is where they are equal. */
export const busyView = z.object({ done: z.int().min(0), of: z.int().min(0) });
export type Busy = z.infer<typeof busyView>;

/** Station to seat. */
export const stationMessageSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('welcome'),
    bootId: z.string(),
    session: sessionView.nullable(),
    /** Set when a session was made for a fresh seat of the demo. */
    sessionToken: z.string().nullable(),
    /** Nothing has been set up in this data folder. */
    empty: z.boolean(),
    /** The demo community may be started here while nothing has been set up. */
    offersDemo: z.boolean(),
    version: z.string(),
  }),
  /** What this seat may see, in place of what it had. A large one goes on in patches; `seq` is 0 until the last of them. */
  z.object({ t: z.literal('snapshot'), seq: z.int(), rows: z.array(rowChange) }),
  /** Changes up to `seq`, after `after`. Coalesced: only the newest version of a row. A large one comes in pieces: all but the last stay at `after`. */
  z.object({ t: z.literal('patch'), after: z.int(), seq: z.int(), rows: z.array(rowChange) }),
  z.object({ t: z.literal('answer'), commandId: z.string(), answer: answerSchema }),
  z.object({
    t: z.literal('reply'),
    id: requestId,
    ok: z.boolean(),
    /** The reply's value, or `{kind, …}` of a refusal. */
    value: jsonObject,
  }),
  z.object({ t: z.literal('signedIn'), session: sessionView.nullable(), sessionToken: z.string().nullable() }),
  z.object({ t: z.literal('tick'), nowMs: z.number(), seq: z.int(), health: stationHealth }),
  /** Tables are being prepared; comes again with every step, and a last time with the end. */
  busyView.extend({ t: z.literal('busy') }),
  z.object({ t: z.literal('bye'), reason: z.enum(['stopping', 'sessionEnded', 'protocol', 'tooSlow']) }),
]);
export type StationMessage = z.infer<typeof stationMessageSchema>;
