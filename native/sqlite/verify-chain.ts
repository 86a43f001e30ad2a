/** Walks the chain and says what the first thing is that does not hold. Pure: rows and seals come in, a verdict goes out. */
import type { Verification } from '../../electron/station/ports/journal.port.ts';
import { traceBytes, type Head } from '../os/head-store.ts';
import { isSameKey } from '../os/signing.ts';
import { createChainHasher, genesisHash, hashBytes, payloadToFact } from './chain.ts';

export interface ChainRow {
  readonly seq: number;
  /** The payload's bytes as they are in the file. */
  readonly payload: Uint8Array;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}

/** What was kept outside the database. `head` is `null` when there is none, or none that carries our signature. */
export interface Seals {
  /** The key that the head was checked with (SPKI, PEM). */
  readonly publicKeyPem: string;
  readonly head: Head | null;
  readonly trace: Buffer;
}

type Problem = Extract<Verification, { ok: false }>['problem'];
type Finding = { readonly problem: Problem; readonly firstBadSeq: number };

const noTrace = Buffer.alloc(traceBytes);

/** The trace of one row, or `null` where none was kept. */
const traced = (trace: Buffer, seq: number): Buffer | null => {
  const entry = trace.subarray((seq - 1) * traceBytes, seq * traceBytes);
  return entry.length < traceBytes || entry.equals(noTrace) ? null : entry;
};

const fitsTrace = (seals: Seals, seq: number, rowHash: Buffer): boolean | null => {
  const entry = traced(seals.trace, seq);
  return entry === null ? null : entry.equals(rowHash.subarray(0, traceBytes));
};

/** The sequence number that the payload itself carries, or `null` when it cannot be read. */
const seqInside = (payload: Uint8Array): number | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    return typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number'
      ? value.seq
      : null;
  } catch {
    return null;
  }
};

const sealedRows = ({ head, trace }: Seals): number => Math.max(head?.seq ?? 0, Math.floor(trace.length / traceBytes));

/** A whole row, true to itself, that does not follow the one before it: which of the two is wrong? */
const judgeBreak = (row: ChainRow, before: Buffer, seals: Seals): Finding => {
  const inside = seqInside(row.payload);
  const beforeFits = fitsTrace(seals, row.seq - 1, before);
  if (inside !== null && inside > row.seq) return { problem: 'missing', firstBadSeq: row.seq };
  if (inside !== null && inside < row.seq) {
    const copied = beforeFits === true || row.hash.equals(before);
    return { problem: 'inserted', firstBadSeq: copied ? row.seq : row.seq - 1 };
  }
  return { problem: 'edited', firstBadSeq: beforeFits === true || row.seq === 1 ? row.seq : row.seq - 1 };
};

/** Why this row does not stand where it stands, or `null` when it does. `isItself`: its hash is the hash of what it holds. */
const judgeRow = (
  row: ChainRow,
  isItself: boolean,
  next: ChainRow | null,
  expected: number,
  before: Buffer,
  seals: Seals,
): Finding | null => {
  if (row.seq < expected) return { problem: 'inserted', firstBadSeq: row.seq };
  // The station was shut down in order before: whatever is here, it is not the station's.
  const afterTheEnd = seals.head?.closed === true && expected > seals.head.seq;
  if (row.seq > expected)
    return afterTheEnd ? { problem: 'inserted', firstBadSeq: row.seq } : { problem: 'missing', firstBadSeq: expected };
  const follows = row.prevHash.equals(before);
  if (isItself && follows) return null;
  if (afterTheEnd) return { problem: 'inserted', firstBadSeq: row.seq };
  // The row after it follows the row before it: this one was put in between.
  if (next?.prevHash.equals(before) === true) return { problem: 'inserted', firstBadSeq: row.seq };
  if (isItself) return judgeBreak(row, before, seals);
  const strange = !follows && row.seq > sealedRows(seals);
  return { problem: strange ? 'inserted' : 'edited', firstBadSeq: row.seq };
};

/** What begins the fact that names the station, and with it the key of the head. */
const namingMark = Buffer.from('"type":"v1.StationNamed"');

/** The key that this row says the head is signed with; `null` where it says nothing of it. */
const headKeyIn = ({ payload, seq }: ChainRow): string | null => {
  if (!Buffer.from(payload.buffer, payload.byteOffset, payload.length).includes(namingMark)) return null;
  try {
    const { type, body } = payloadToFact(Buffer.from(payload).toString('utf8'), seq);
    const { headKey } = body;
    return type === 'v1.StationNamed' && typeof headKey === 'string' ? headKey : null;
  } catch {
    return null;
  }
};

/** What the whole, unbroken chain says when it is held against what was kept outside. */
const judgeSeals = (
  lastSeq: number,
  hashAtHead: Buffer | null,
  firstUntraced: number | null,
  namedKey: string | null,
  seals: Seals,
): Finding | null => {
  const { head } = seals;
  const isStrange = namedKey !== null && !isSameKey(namedKey, seals.publicKeyPem);
  // Signed, but by another than the one that this journal names as its own.
  if (head === null || isStrange) return { problem: 'headUnsigned', firstBadSeq: 1 };
  const headHolds = hashAtHead !== null && hashAtHead.toString('hex') === head.hash;
  // A trace that differs below a head that holds is itself what is damaged: the signature has proven those rows.
  if (firstUntraced !== null && (!headHolds || firstUntraced > head.seq))
    return { problem: 'rewritten', firstBadSeq: firstUntraced };
  if (sealedRows(seals) > lastSeq) return { problem: 'cutTail', firstBadSeq: lastSeq + 1 };
  if (!headHolds) return { problem: 'rewritten', firstBadSeq: Math.max(head.seq, 1) };
  if (head.closed && lastSeq > head.seq) return { problem: 'inserted', firstBadSeq: head.seq + 1 };
  return null;
};

/** Reads the rows once, in order, holding two of them. What `rows` throws comes out as `unreadable` when `isStorageError` says so. */
export const verifyChain = (
  rows: Iterable<ChainRow>,
  seals: Seals,
  isStorageError: (error: unknown) => boolean,
): Verification => {
  const hashOf = createChainHasher();
  const computed = Buffer.alloc(hashBytes);
  let expected = 1;
  let before: Buffer = genesisHash;
  let hashAtHead: Buffer | null = seals.head?.seq === 0 ? genesisHash : null;
  let firstUntraced: number | null = null;
  let namedKey: string | null = null;
  let pending: ChainRow | null = null;
  let finding: Finding | null = null;

  const take = (row: ChainRow, next: ChainRow | null): void => {
    hashOf(row.payload, row.prevHash, computed);
    finding = judgeRow(row, computed.equals(row.hash), next, expected, before, seals);
    if (finding !== null) return;
    if (fitsTrace(seals, row.seq, row.hash) === false) firstUntraced ??= row.seq;
    if (row.seq === seals.head?.seq) hashAtHead = row.hash;
    namedKey ??= headKeyIn(row);
    before = row.hash;
    expected = row.seq + 1;
  };

  try {
    for (const row of rows) {
      if (pending !== null) take(pending, row);
      if (finding !== null) break;
      pending = row;
    }
    if (finding === null && pending !== null) take(pending, null);
  } catch (error) {
    if (!isStorageError(error)) throw error;
    finding ??= { problem: 'unreadable', firstBadSeq: pending === null ? expected : pending.seq + 1 };
  }
  const lastSeq = expected - 1;
  finding ??= judgeSeals(lastSeq, hashAtHead, firstUntraced, namedKey, seals);
  return finding === null ? { ok: true, lastSeq, headSeq: seals.head?.seq ?? 0 } : { ok: false, lastSeq, ...finding };
};
