/** Journal appends against bare better-sqlite3 rows of the same bytes and durability. */
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fact } from '../../electron/domain/kernel/fact.ts';
import { createHeadStore } from '../../native/os/head-store.ts';
import { createSigner } from '../../native/os/signing.ts';
import { factToPayload } from '../../native/sqlite/chain.ts';
import { openJournal } from '../../native/sqlite/journal.ts';
import { median, print, progress } from './bench.ts';

const ROUNDS = 7;
const SINGLE_ROWS = 1000;
const BATCH_ROWS = 20_000;
const BATCH = 200;

/** A fact of ordinary size: an alarm with its snapshot. */
const fact: Fact = {
  type: 'v1.AlarmRaised',
  kind: 'alarm',
  entityId: '019a0000-0000-7000-8000-000000000001',
  body: {
    cause: 'helpButton',
    priority: 'life',
    sourceId: 'help-3-1-502',
    incidentId: '019a0000-0000-7000-8000-000000000002',
  },
  snapshot: {
    schema: 1,
    status: 'active',
    value: { condition: 'active', acknowledgement: 'unacknowledged' },
    context: {
      alarmId: '019a0000-0000-7000-8000-000000000001',
      cause: 'helpButton',
      priority: 'life',
      sourceId: 'help-3-1-502',
      raisedAt: 1.76e12,
      occurrences: 1,
    },
  },
  occurredAt: 1.76e12,
  recordedAt: 1.76e12,
  actor: 'device:1409',
  seat: null,
  commandId: null,
};

const perSecond = (rows: number, work: () => void): number => {
  const start = performance.now();
  work();
  return (rows * 1000) / (performance.now() - start);
};

const openBare = (file: string) => {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  db.exec(
    'CREATE TABLE journal (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT',
  );
  const insert = db.prepare('INSERT INTO journal (seq, payload, prev_hash, hash) VALUES (?, ?, ?, ?)');
  // The same bytes, made beforehand: what it costs to make them is ours to bear.
  const payload = factToPayload(fact, 100_000);
  const hash = Buffer.alloc(32, 7);
  let seq = 0;
  const append = (): void => {
    seq += 1;
    insert.run(seq, payload, hash, hash);
  };
  return {
    transact: db.transaction((work: (one: () => void) => void) => work(append)).immediate,
    close: () => db.close(),
  };
};

const openOurs = (dir: string) => {
  const journal = openJournal({
    path: path.join(dir, 'journal.db'),
    clock: { nowMs: () => Date.now() },
    signer: createSigner({ privateKey: path.join(dir, 'signing.key'), publicKey: path.join(dir, 'signing.pub') }),
    headStore: createHeadStore(path.join(dir, 'heads')),
  });
  return {
    transact: (work: (one: () => void) => void) => journal.transact((tx) => work(() => void tx.append(fact))),
    close: journal.close,
  };
};

type Side = ReturnType<typeof openOurs>;

const single = (side: Side): number =>
  perSecond(SINGLE_ROWS, () => {
    for (let row = 0; row < SINGLE_ROWS; row += 1) side.transact((append) => append());
  });

const batch = (side: Side): number =>
  perSecond(BATCH_ROWS, () => {
    for (let row = 0; row < BATCH_ROWS; row += BATCH) {
      side.transact((append) => {
        for (let index = 0; index < BATCH; index += 1) append();
      });
    }
  });

/** Rounds of both sides in turn; medians. */
export const benchJournal = async (): Promise<void> => {
  const dir = mkdtempSync(path.join(tmpdir(), 'guardroom-bench-'));
  const bare = openBare(path.join(dir, 'bare.db'));
  const ours = openOurs(dir);
  try {
    for (const [name, measure] of [
      ['single', single],
      ['batch of 200', batch],
    ] as const) {
      const pairs: { bare: number; ours: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        progress(`journal, ${name}: round ${round + 1} of ${ROUNDS}`);
        const first = round % 2 === 0;
        const left = measure(first ? bare : ours);
        const right = measure(first ? ours : bare);
        pairs.push(first ? { bare: left, ours: right } : { bare: right, ours: left });
      }
      print({
        name: `journal appends, ${name}`,
        value: median(pairs.map((pair) => pair.ours)),
        unit: 'rows/s',
        ratio: median(pairs.map((pair) => pair.ours / pair.bare)),
        against: 'bare better-sqlite3 rows of the same bytes, WAL, synchronous=FULL',
        aim: '>= 0.7',
      });
    }
  } finally {
    ours.close();
    bare.close();
    rmSync(dir, { recursive: true });
  }
};
