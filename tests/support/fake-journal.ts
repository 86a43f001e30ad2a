import { createPublicKey } from 'node:crypto';
import { canonicalJson } from '../../electron/domain/kernel/canonical.ts';
import type { JsonObject } from '../../electron/domain/kernel/json.ts';
import { createLifter, noLifts, type Lifts } from '../../electron/domain/kernel/lifts.ts';
import {
  JournalError,
  type DeadlineRow,
  type Heartbeat,
  type Journal,
  type JournalFault,
  type JournalReader,
  type JournalWriter,
  type OutboxRow,
  type StoredAnswer,
  type StoredSession,
} from '../../electron/station/ports/journal.port.ts';
import { traceBytes, type Head } from '../../native/os/head-store.ts';
import {
  createChainHasher,
  factToPayload,
  genesisHash,
  hashBytes,
  parseObject,
  payloadToFact,
} from '../../native/sqlite/chain.ts';
import { verifyChain, type ChainRow } from '../../native/sqlite/verify-chain.ts';
import { createFakeCollections, type Put } from './fake-collections.ts';
import { assertAskable, pageOf } from './fake-pages.ts';

/** The journal in memory: the same meaning as on SQLite (the conformance suite runs on both), nothing on a disk. */
export interface FakeJournal extends Journal {
  /** The rows of the chain, open to tests that tamper with them. */
  readonly chain: ChainRow[];
  /** Makes the next transaction fail at its commit. */
  readonly failNext: (fault: JournalFault) => void;
  /** Takes it up again after `close`, as a restarted station would. */
  readonly reopen: () => void;
}

const copy = (value: JsonObject): JsonObject => parseObject(canonicalJson(value), 'fake');
/** SQLite compares texts by their UTF-8 bytes. */
const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

/** A public key of Ed25519 that nobody has the private one of: the first of RFC 8032's test vectors. */
const fakePublicKey = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  format: 'jwk',
})
  .export({ type: 'spki', format: 'pem' })
  .toString();

/** An empty journal. */
export const createFakeJournal = (options: { readonly lifts?: Lifts } = {}): FakeJournal => {
  const hashOf = createChainHasher();
  const lifter = createLifter(options.lifts ?? noLifts);
  const chain: ChainRow[] = [];
  const deadlines = new Map<string, DeadlineRow>();
  const outbox = new Map<number, OutboxRow>();
  const answers = new Map<string, StoredAnswer>();
  const sessions = new Map<string, StoredSession>();
  const beats = new Map<'beat', Heartbeat>();
  let lastOutboxId = 0;
  let head: Head | null = null;
  let isOpen = true;
  let failing: JournalFault | null = null;
  /** How to take back what the running transaction did, newest last; `null` outside of one. */
  let undo: (() => void)[] | null = null;

  const undoable = (): (() => void)[] => {
    if (undo === null) throw new Error('written outside of a transaction');
    return undo;
  };
  const put: Put = (map, key, value) => {
    const before = map.get(key);
    undoable().push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    if (value === null) map.delete(key);
    else map.set(key, value);
  };
  const tailHash = (): Buffer => chain.at(-1)?.hash ?? genesisHash;
  const lastSeq = (): number => chain.at(-1)?.seq ?? 0;

  const collections = createFakeCollections(put, lastSeq);
  const factsOf = (rows: readonly ChainRow[]) =>
    rows.map(({ seq, payload }) => payloadToFact(Buffer.from(payload).toString('utf8'), seq));

  const reader: JournalReader = {
    ...collections.shown,
    lastSeq,
    facts: (afterSeq, limit) =>
      factsOf(chain.filter(({ seq }) => seq > afterSeq).slice(0, limit)).map((fact) => lifter.fact(fact)),
    factsOf: ({ types = [], kinds = [] }, afterSeq, limit) =>
      factsOf(chain.filter(({ seq }) => seq > afterSeq))
        .filter(({ type, kind }) => types.includes(type) || kinds.includes(kind))
        .slice(0, limit)
        .map((fact) => lifter.fact(fact)),
    hashOf: (seq) => chain.find((row) => row.seq === seq)?.hash.toString('hex') ?? null,
    rowsBefore: (collection, beforeKey, limit) =>
      collections.shown
        .rows(collection)
        .filter(({ key }) => beforeKey === null || byBytes(key, beforeKey) < 0)
        .toReversed()
        .slice(0, limit),
    page: (question) => {
      const shape = collections.shapeOf(question.collection);
      if (shape === null) return { rows: [], more: false };
      assertAskable(shape, question);
      const rows = collections.queryRows(question.collection).map(([key, row]) => {
        const [fact] = shape.withFact ? factsOf(chain.filter(({ seq }) => seq === key)) : [];
        const { columns, doc } = row;
        return { key, columns, doc, fact: fact === undefined ? null : lifter.fact(fact) };
      });
      return pageOf(rows, question);
    },
    generations: collections.generations,
    deadlines: () =>
      [...deadlines.values()].sort((left, right) => left.dueAt - right.dueAt || byBytes(left.key, right.key)),
    outbox: () => [...outbox.values()].sort((left, right) => left.id - right.id),
    answer: (commandId) => answers.get(commandId) ?? null,
    heartbeat: () => beats.get('beat') ?? null,
    session: (tokenHash) => sessions.get(tokenHash) ?? null,
  };

  const writer: JournalWriter = {
    ...reader,
    append: (fact) => {
      const seq = lastSeq() + 1;
      const prevHash = tailHash();
      const payload = factToPayload(fact, seq);
      const hash = Buffer.alloc(hashBytes);
      hashOf(payload, prevHash, hash);
      undoable().push(() => chain.pop());
      chain.push({ seq, payload: Buffer.from(payload), prevHash, hash });
      return { ...fact, seq };
    },
    change: collections.shown.change,
    changeQuery: collections.shown.changeQuery,
    ...collections.write,
    setDeadline: (row) => {
      put(deadlines, row.key, { ...row });
    },
    clearDeadline: (key) => {
      put(deadlines, key, null);
    },
    addOutbox: (effect, policy, createdAt) => {
      lastOutboxId += 1;
      put(outbox, lastOutboxId, {
        id: lastOutboxId,
        effect: copy(effect),
        policy,
        state: 'pending',
        attempts: 0,
        createdAt,
      });
      return lastOutboxId;
    },
    markOutboxStarted: (id) => {
      const row = outbox.get(id);
      if (row !== undefined) put(outbox, id, { ...row, state: 'started', attempts: row.attempts + 1 });
    },
    removeOutbox: (id) => {
      put(outbox, id, null);
    },
    storeAnswer: (answer) => {
      put(answers, answer.commandId, { ...answer, answer: copy(answer.answer) });
    },
    pruneAnswers: (beforeMs, limit) => {
      const old = [...answers.values()].filter(({ storedAt }) => storedAt < beforeMs).slice(0, limit);
      for (const { commandId } of old) put(answers, commandId, null);
      return old.length;
    },
    saveHeartbeat: (heartbeat) => {
      put(beats, 'beat', { ...heartbeat });
    },
    saveSession: (session) => {
      put(sessions, session.tokenHash, { ...session });
    },
    removeSession: (tokenHash) => {
      put(sessions, tokenHash, null);
    },
  };

  const rollBack = (steps: readonly (() => void)[]): void => {
    for (const step of steps.toReversed()) step();
  };

  return {
    ...reader,
    chain,
    transact: (work) => {
      if (!isOpen) throw new Error('the journal is closed');
      if (undo !== null) throw new Error('transact inside transact');
      const steps: (() => void)[] = [];
      undo = steps;
      try {
        const result = work(writer);
        if (result instanceof Promise) throw new Error('a transaction cannot wait');
        if (failing !== null) throw new JournalError(failing);
        return result;
      } catch (error) {
        rollBack(steps);
        throw error;
      } finally {
        undo = null;
        failing = null;
      }
    },
    sealHead: (atMs) => {
      if (undo !== null) throw new Error('the head is sealed after the commit');
      head = { seq: lastSeq(), hash: tailHash().toString('hex'), atMs, closed: false };
    },
    verify: () => {
      const sealed = head ?? { seq: 0, hash: genesisHash.toString('hex'), atMs: 0, closed: false };
      const trace = Buffer.concat(chain.slice(0, sealed.seq).map(({ hash }) => hash.subarray(0, traceBytes)));
      return Promise.resolve(
        verifyChain(
          chain,
          { publicKeyPem: fakePublicKey, head: sealed, trace: head === null ? Buffer.alloc(0) : trace },
          () => false,
        ),
      );
    },
    publicKeyPem: fakePublicKey,
    freeBytes: () => 1_000_000_000,
    close: () => {
      isOpen = false;
    },
    failNext: (fault) => {
      failing = fault;
    },
    reopen: () => {
      isOpen = true;
    },
  };
};
