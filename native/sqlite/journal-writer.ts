import { createCanonicalJson } from '../../electron/domain/kernel/canonical.ts';
import type { JournalReader, JournalWriter } from '../../electron/station/ports/journal.port.ts';
import { createChainHasher, createPayloadWriter, hashBytes } from './chain.ts';
import type { CollectionStore } from './collection-store.ts';
import type { Db } from './database.ts';
import type { FactTypesWriter } from './fact-types.ts';
import type { Tail } from './journal-reader.ts';

/** Where the chain stands; the writer moves it on with every fact, `openJournal` sets it back when a transaction fails. */
export interface Chain {
  tail: Tail;
}

/** The writing half of the port, all statements prepared once. Only to be used inside a transaction. */
export const createWriter = (
  db: Db,
  reader: JournalReader,
  store: CollectionStore,
  types: FactTypesWriter,
  chain: Chain,
): JournalWriter => {
  const hashOf = createChainHasher();
  const payloadOf = createPayloadWriter();
  const canonicalJson = createCanonicalJson();
  const append = db.prepare<[number, string, Buffer, Buffer]>(
    'INSERT INTO journal (seq, payload, prev_hash, hash) VALUES (?, ?, ?, ?)',
  );
  const putDeadline = db.prepare<[string, string, string, string, number, number, number]>(
    `INSERT INTO deadlines (key, kind, entity_id, name, due_at, remaining_ms, life_safety) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, entity_id = excluded.entity_id, name = excluded.name,
       due_at = excluded.due_at, remaining_ms = excluded.remaining_ms, life_safety = excluded.life_safety`,
  );
  const removeDeadline = db.prepare<[string]>('DELETE FROM deadlines WHERE key = ?');
  const putOutbox = db.prepare<[string, string, number]>(
    'INSERT INTO outbox (effect, policy, created_at) VALUES (?, ?, ?)',
  );
  const startOutbox = db.prepare<[number]>("UPDATE outbox SET state = 'started', attempts = attempts + 1 WHERE id = ?");
  const removeOutbox = db.prepare<[number]>('DELETE FROM outbox WHERE id = ?');
  const putAnswer = db.prepare<[string, string, string, number]>(
    `INSERT INTO answers (command_id, fingerprint, answer, stored_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (command_id) DO UPDATE SET fingerprint = excluded.fingerprint, answer = excluded.answer, stored_at = excluded.stored_at`,
  );
  // Without an index: once a day the few thousand answers of a week are looked through, and no command pays for it.
  const pruneAnswers = db.prepare<[number, number]>(
    'DELETE FROM answers WHERE command_id IN (SELECT command_id FROM answers WHERE stored_at < ? LIMIT ?)',
  );
  const putHeartbeat = db.prepare<[number, number, string]>(
    `INSERT INTO heartbeat (id, wall_ms, monotonic_ms, boot_id) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET wall_ms = excluded.wall_ms, monotonic_ms = excluded.monotonic_ms, boot_id = excluded.boot_id`,
  );
  const putSession = db.prepare<[string, string, string, number]>(
    `INSERT INTO sessions (token_hash, seat_id, person_id, created_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (token_hash) DO UPDATE SET seat_id = excluded.seat_id, person_id = excluded.person_id, created_at = excluded.created_at`,
  );
  const removeSession = db.prepare<[string]>('DELETE FROM sessions WHERE token_hash = ?');

  return {
    ...reader,
    append: (fact) => {
      const seq = chain.tail.seq + 1;
      const payload = payloadOf(fact, seq);
      const hash = Buffer.allocUnsafe(hashBytes);
      hashOf(payload, chain.tail.hash, hash);
      append.run(seq, payload, chain.tail.hash, hash);
      types.note(fact, seq);
      chain.tail = { seq, hash };
      return { ...fact, seq };
    },
    change: store.shown.change,
    changeQuery: store.shown.changeQuery,
    ...store.write,
    setDeadline: ({ key, kind, entityId, name, dueAt, remainingMs, lifeSafety }) => {
      putDeadline.run(key, kind, entityId, name, dueAt, remainingMs, lifeSafety ? 1 : 0);
    },
    clearDeadline: (key) => {
      removeDeadline.run(key);
    },
    addOutbox: (effect, policy, createdAt) =>
      Number(putOutbox.run(canonicalJson(effect), policy, createdAt).lastInsertRowid),
    markOutboxStarted: (id) => {
      startOutbox.run(id);
    },
    removeOutbox: (id) => {
      removeOutbox.run(id);
    },
    storeAnswer: ({ commandId, fingerprint, answer, storedAt }) => {
      putAnswer.run(commandId, fingerprint, canonicalJson(answer), storedAt);
    },
    pruneAnswers: (beforeMs, limit) => pruneAnswers.run(beforeMs, limit).changes,
    saveHeartbeat: ({ wallMs, monotonicMs, bootId }) => {
      putHeartbeat.run(wallMs, monotonicMs, bootId);
    },
    saveSession: ({ tokenHash, seatId, personId, createdAt }) => {
      putSession.run(tokenHash, seatId, personId, createdAt);
    },
    removeSession: (tokenHash) => {
      removeSession.run(tokenHash);
    },
  };
};
