/**
 * The messages between a seat and the station, JSON text on one WebSocket (`/seat`, subprotocols `guardroom.v1` and `token.<start token>`).
 * A message is at most 256 KB.
 */
import { z } from 'zod';
import { querySchema } from './asks.schema.ts';
import { answerSchema, commandSchema } from './commands.schema.ts';
import { allOf } from './derive.ts';
import { idText, jsonObject, pinText, role } from './kernel/primitives.ts';
import { seatView } from './seats/seats.views.ts';
import { collectionNames, type CollectionName } from './views.schema.ts';

export const MAX_SEAT_MESSAGE_BYTES = 262_144;
/** The station's clock is sent this often; a seat that hears nothing for three times as long says that the station does not answer. */
export const TICK_MS = 1000;

const requestId = z.string().min(1).max(64);

const collectionName = z.enum(collectionNames as [CollectionName, ...CollectionName[]]);

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
    /** This seat has never been signed in or out. */
    fresh: z.boolean(),
    /** The last sequence number seen and the boot it belongs to, to resume; or `null`. */
    resume: z.strictObject({ bootId: z.string().max(80), seq: z.int().min(0) }).nullable(),
    /** Windows that its screen shows. */
    shows: z.array(collectionName).max(100).optional(),
    /** Whether this seat can make itself heard: a seat whose sound is off says so, here and on screen. */
    sound: z.enum(['on', 'off']),
  }),
  /** Windows that its screen shows from now on, in place of those before. Answered by `shown`, after their rows. */
  z.strictObject({ t: z.literal('show'), collections: z.array(collectionName).max(100) }),
  z.strictObject({ t: z.literal('command'), command: commandSchema }),
  z.strictObject({ t: z.literal('query'), id: requestId, query: querySchema }),
  z.strictObject({ t: z.literal('signIn'), id: requestId, personId: idText, pin: pinText }),
  z.strictObject({ t: z.literal('signOut'), id: requestId }),
  /** A manager who has lost the PIN. Reply: `{recoveryCode}`, the next code. */
  z.strictObject({ t: z.literal('recover'), id: requestId, code: z.string().max(60), newPin: pinText }),
  /** Whoever is signed in sets a PIN of their own choice. Refusals as for signing in. */
  z.strictObject({ t: z.literal('changePin'), id: requestId, oldPin: pinText, newPin: pinText }),
  z.strictObject({ t: z.literal('sound'), state: z.enum(['on', 'off']) }),
]);
export type SeatMessage = z.infer<typeof seatMessageSchema>;

/** What cannot be kept in the journal: how the station itself is. */
export const stationHealth = z.object({
  ...allOf('health'),
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
    /** Which seat this is, and what it is for. */
    seat: seatView.pick({ seatId: true, kind: true, postId: true, name: true }),
    /** Set when a session was made for a fresh seat without anybody signing in. */
    sessionToken: z.string().nullable(),
    /** `CONTRACT_VERSION` of the station. */
    contract: z.int(),
    /** Nothing has been set up in this data folder. */
    empty: z.boolean(),
    version: z.string(),
  }),
  /** What this seat may see, in place of what it had. A large one goes on in patches; `seq` is 0 until the last of them. */
  z.object({ t: z.literal('snapshot'), seq: z.int(), rows: z.array(rowChange) }),
  /** Changes up to `seq`, after `after`. Coalesced: only the newest version of a row. A large one comes in pieces: all but the last stay at `after`. */
  z.object({ t: z.literal('patch'), after: z.int(), seq: z.int(), rows: z.array(rowChange) }),
  /** The rows of these windows have been sent, and what changes in them will be. */
  z.object({ t: z.literal('shown'), collections: z.array(collectionName) }),
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
  z.object({
    t: z.literal('bye'),
    reason: z.enum(['stopping', 'sessionEnded', 'protocol', 'tooSlow', 'seatChanged', 'seatRevoked']),
  }),
]);
export type StationMessage = z.infer<typeof stationMessageSchema>;

export type { CameraWiring } from './cameras/cameras.views.ts';
export { cameraWiring } from './cameras/cameras.views.ts';
export { jobTicketView } from './jobs/jobs.views.ts';
export { logPage } from './log/log.views.ts';
export { lineCodeView, verificationView, type VerificationView } from './station/station.views.ts';
export { receiverReply, type ReceiverReply } from './panels/panels.views.ts';
export type { Query } from './asks.schema.ts';
