import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Fact } from '../../electron/domain/kernel/fact.ts';
import type { Journal } from '../../electron/station/ports/journal.port.ts';
import { dataFolderPaths, type DataFolderPaths } from '../../native/os/data-folder.ts';
import { createHeadStore } from '../../native/os/head-store.ts';
import { createSigner } from '../../native/os/signing.ts';
import { openJournal, type JournalDeps } from '../../native/sqlite/journal.ts';

/** A data folder of a test's own under the system's temporary folder. */
export interface JournalFolder {
  readonly paths: DataFolderPaths;
  readonly open: (more?: Partial<JournalDeps>) => Journal;
  /** Closes what was opened here and removes the folder. */
  readonly remove: () => void;
}

/** When the simulated station lives: 2026-11-21 02:13:05 UTC. */
export const testNowMs = Date.UTC(2026, 10, 21, 2, 13, 5);

/** The journal of a data folder, opened as the station would. */
export const openJournalIn = (paths: DataFolderPaths, more: Partial<JournalDeps> = {}): Journal =>
  openJournal({
    path: paths.journal,
    clock: { nowMs: () => testNowMs },
    signer: createSigner({ privateKey: paths.signingKey, publicKey: paths.signingPublicKey }),
    headStore: createHeadStore(paths.heads),
    ...more,
  });

/** An empty data folder. */
export const makeJournalFolder = (): JournalFolder => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-journal-'));
  const paths = dataFolderPaths(folder);
  const opened: Journal[] = [];
  return {
    paths,
    open: (more) => {
      const journal = openJournalIn(paths, more);
      opened.push(journal);
      return journal;
    },
    remove: () => {
      for (const journal of opened) journal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A fact that says nothing in particular; `about` tells it from others. */
export const someFact = (about: string | number, more: Partial<Fact> = {}): Fact => ({
  type: 'v1.NoteAdded',
  kind: 'note',
  entityId: `note-${about}`,
  body: { text: `第 ${about} 条`, tags: ['a', 'b'] },
  snapshot: null,
  occurredAt: testNowMs,
  recordedAt: testNowMs,
  actor: 'station',
  seat: null,
  commandId: null,
  ...more,
});

/** Writes `count` facts, each in a transaction of its own. */
export const writeFacts = (journal: Journal, count: number): void => {
  for (let index = 1; index <= count; index += 1) journal.transact((tx) => tx.append(someFact(journal.lastSeq() + 1)));
};
