import type { RecordedFact } from '../../electron/domain/kernel/fact.ts';
import type { Lifter } from '../../electron/domain/kernel/lifts.ts';
import type { JournalReader, OutboxRow, DeadlineRow } from '../../electron/station/ports/journal.port.ts';
import { parseObject, payloadToFact } from './chain.ts';
import type { CollectionStore } from './collection-store.ts';
import { guarded, type Db } from './database.ts';
import { documentQueries } from './document-rows.ts';
import { createFactTypes, factTypeQueries } from './fact-types.ts';
import { generationQueries } from './generations.ts';
import { nameQueries } from './names.ts';
import { liftPage, runToEnd } from './query-page.ts';

/** The newest row of the chain. */
export interface Tail {
  readonly seq: number;
  readonly hash: Buffer;
}

interface DeadlineRecord extends Omit<DeadlineRow, 'lifeSafety'> {
  readonly lifeSafety: number;
}

interface OutboxRecord extends Omit<OutboxRow, 'effect'> {
  readonly effect: string;
}

const toDeadline = (record: DeadlineRecord): DeadlineRow => ({ ...record, lifeSafety: record.lifeSafety === 1 });
const toOutboxRow = (record: OutboxRecord): OutboxRow => ({
  ...record,
  effect: parseObject(record.effect, `outbox ${record.id}`),
});

/** Queries with an index to answer to; `query-plans.test.ts` asks SQLite how it runs each of them. */
export const plannedQueries = {
  facts: 'SELECT seq, payload FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
  hashOf: 'SELECT hash FROM journal WHERE seq = ?',
  ...documentQueries,
  ...generationQueries,
  ...nameQueries,
  ...factTypeQueries,
  deadlines: `SELECT key, kind, entity_id AS entityId, name, due_at AS dueAt, remaining_ms AS remainingMs, life_safety AS lifeSafety
    FROM deadlines ORDER BY due_at, key`,
  outbox: 'SELECT id, effect, policy, state, attempts, created_at AS createdAt FROM outbox ORDER BY id',
  answer:
    'SELECT command_id AS commandId, fingerprint, answer, stored_at AS storedAt FROM answers WHERE command_id = ?',
  heartbeat: 'SELECT wall_ms AS wallMs, monotonic_ms AS monotonicMs, boot_id AS bootId FROM heartbeat WHERE id = 1',
  session: `SELECT token_hash AS tokenHash, seat_id AS seatId, person_id AS personId, created_at AS createdAt
    FROM sessions WHERE token_hash = ?`,
} as const;

/** The newest row as the file has it, or `null` for an empty journal. */
export const readTail = (db: Db): Tail | null =>
  db.prepare<[], Tail>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get() ?? null;

/** The reading half of the port. `lastSeq` is told by the writer, who knows it without asking. */
export const createReader = (db: Db, lifter: Lifter, store: CollectionStore, lastSeq: () => number): JournalReader => {
  const facts = db.prepare<[number, number], { seq: number; payload: string }>(plannedQueries.facts);
  const types = createFactTypes(db);
  const hashOf = db.prepare<[number], { hash: Buffer }>(plannedQueries.hashOf);
  const deadlines = db.prepare<[], DeadlineRecord>(plannedQueries.deadlines);
  const outbox = db.prepare<[], OutboxRecord>(plannedQueries.outbox);
  const answer = db.prepare<[string], { commandId: string; fingerprint: string; answer: string; storedAt: number }>(
    plannedQueries.answer,
  );
  const heartbeat = db.prepare<[], { wallMs: number; monotonicMs: number; bootId: string }>(plannedQueries.heartbeat);
  const session = db.prepare<[string], { tokenHash: string; seatId: string; personId: string; createdAt: number }>(
    plannedQueries.session,
  );

  const read = (seq: number, payload: string): RecordedFact => lifter.fact(payloadToFact(payload, seq));

  return {
    lastSeq,
    facts: (afterSeq, limit) => guarded(() => facts.all(afterSeq, limit).map(({ seq, payload }) => read(seq, payload))),
    factsOf: (selection, afterSeq, limit) =>
      guarded(() => types.factsOf(selection, afterSeq, limit).map((fact) => lifter.fact(fact))),
    hashOf: (seq) => guarded(() => hashOf.get(seq)?.hash.toString('hex') ?? null),
    row: (collection, key) => guarded(() => store.shown.row(collection, key)),
    rows: (collection) => guarded(() => store.shown.rows(collection)),
    queryRow: (collection, key) => guarded(() => store.shown.queryRow(collection, key)),
    rowsBefore: (collection, beforeKey, limit) => guarded(() => store.rowsBefore(collection, beforeKey, limit)),
    page: (question) => guarded(() => liftPage(runToEnd(store.pages.ask(question)), lifter)),
    generations: () => guarded(store.generations),
    deadlines: () => guarded(() => deadlines.all().map(toDeadline)),
    outbox: () => guarded(() => outbox.all().map(toOutboxRow)),
    answer: (commandId) =>
      guarded(() => {
        const found = answer.get(commandId);
        return found === undefined ? null : { ...found, answer: parseObject(found.answer, `answer ${commandId}`) };
      }),
    heartbeat: () => guarded(() => heartbeat.get() ?? null),
    session: (tokenHash) => guarded(() => session.get(tokenHash) ?? null),
  };
};
