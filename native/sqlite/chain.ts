/**
 * One row of the chain: the fact as canonical bytes, and the hash that ties it to the row before.
 * The sequence number is inside the payload, so that a row cannot be moved without its hash noticing.
 */
import { hash } from 'node:crypto';
import type { Fact, RecordedFact } from '../../electron/domain/kernel/fact.ts';
import type { JsonObject } from '../../electron/domain/kernel/json.ts';
import { createCanonicalJson } from '../../electron/domain/kernel/canonical.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';

/** Bytes of a SHA-256. */
export const hashBytes = 32;

/** What stands before the first row. */
export const genesisHash: Buffer = Buffer.alloc(hashBytes);

/** Writes facts as canonical JSON; keeps what it learned of their shape, because it is the hottest path of the journal. */
export const createPayloadWriter = (): ((fact: Fact, seq: number) => string) => {
  const write = createCanonicalJson();
  return (fact, seq) =>
    // In the order of the keys, which spares the sorting; and by name, so that nothing beside the envelope gets in.
    write({
      actor: fact.actor,
      body: fact.body,
      commandId: fact.commandId,
      entityId: fact.entityId,
      kind: fact.kind,
      occurredAt: fact.occurredAt,
      recordedAt: fact.recordedAt,
      seat: fact.seat,
      seq,
      snapshot: fact.snapshot,
      type: fact.type,
    });
};

/** One fact as it stands in the journal. */
export const factToPayload = (fact: Fact, seq: number): string => createPayloadWriter()(fact, seq);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFact = (value: unknown): value is RecordedFact =>
  isObject(value) &&
  typeof value['type'] === 'string' &&
  typeof value['kind'] === 'string' &&
  typeof value['entityId'] === 'string' &&
  typeof value['occurredAt'] === 'number' &&
  typeof value['recordedAt'] === 'number' &&
  typeof value['actor'] === 'string' &&
  typeof value['seq'] === 'number' &&
  isObject(value['body']) &&
  (value['snapshot'] === null || isObject(value['snapshot'])) &&
  (value['seat'] === null || typeof value['seat'] === 'string') &&
  (value['commandId'] === null || typeof value['commandId'] === 'string');

/** A JSON object of ours, read back. Throws `JournalError` (`damaged`) when it is none: then somebody else wrote it. */
export const parseObject = (text: string, where: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw new JournalError({ kind: 'damaged', detail: `${where} is not JSON` }, { cause: error });
  }
  throw new JournalError({ kind: 'damaged', detail: `${where} is not an object` });
};

/** A payload read back; the row's number counts, whatever a tampered payload says. Throws `JournalError` (`damaged`) when it is no fact. */
export const payloadToFact = (payload: string, seq: number): RecordedFact => {
  const value: unknown = parseObject(payload, `journal row ${seq}`);
  if (!isFact(value)) throw new JournalError({ kind: 'damaged', detail: `journal row ${seq} is not a fact` });
  return value.seq === seq ? value : { ...value, seq };
};

/**
 * SHA-256 over the payload's bytes (UTF-8 of a text) and the hash before, into `into`. Keeps one buffer and takes the digest as binary text,
 * because it runs once for every row written or verified (measured: half the time of a digest as a new buffer).
 */
export const createChainHasher = (): ((payload: string | Uint8Array, before: Uint8Array, into: Buffer) => void) => {
  let scratch = Buffer.allocUnsafe(16_384);
  const put = (payload: string | Uint8Array): number => {
    if (typeof payload === 'string') return scratch.write(payload, 0, 'utf8');
    scratch.set(payload);
    return payload.length;
  };
  return (payload, before, into) => {
    const most = payload.length * 3 + before.length;
    if (scratch.length < most) scratch = Buffer.allocUnsafe(most * 2);
    const length = put(payload);
    scratch.set(before, length);
    into.write(hash('sha256', scratch.subarray(0, length + before.length), 'binary'), 0, 'binary');
  };
};
