/** The disk under the journal fails: full, read-only, damaged. Each has a name, nothing half-done remains, nothing crashes. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  JournalError,
  type Journal,
  type JournalFault,
  type Verification,
} from '../../electron/station/ports/journal.port.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { JournalOpenError } from '../../native/sqlite/open-error.ts';
import { verifyJournal } from '../../native/sqlite/verify.ts';
import {
  makeJournalFolder,
  openJournalIn,
  someFact,
  testNowMs,
  writeFacts,
  type JournalFolder,
} from '../support/journal-folder.ts';
import { withDatabase } from '../support/journal-tampering.ts';
import { leaveOut } from '../support/requires.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = makeJournalFolder();
});
afterEach(() => {
  folder.remove();
});

const faultOf = (work: () => unknown): JournalFault | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof JournalError) return error.fault;
    throw error;
  }
};
const writeBig = (journal: Journal): unknown =>
  journal.transact((tx) => tx.append(someFact('big', { body: { text: 'x'.repeat(60_000) } })));
/** Writes until it fails, at most 2,000 times. */
const fillUp = (journal: Journal): JournalFault | null => {
  for (let count = 0; count < 2000; count += 1) {
    const fault = faultOf(() => writeBig(journal));
    if (fault !== null) return fault;
  }
  return null;
};

describe('a full disk', () => {
  let mountPoint: string | null = null;
  const mount = (): string | null => {
    const point = mkdtempSync(path.join(os.tmpdir(), 'guardroom-full-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'guardroom-test', point], { stdio: 'ignore' });
      mountPoint = point;
      return point;
    } catch {
      rmSync(point, { recursive: true });
      return null;
    }
  };
  afterEach(() => {
    if (mountPoint === null) return;
    execFileSync('umount', [mountPoint]);
    rmSync(mountPoint, { recursive: true });
    mountPoint = null;
  });

  test('is told as such; what was acknowledged stays, and with room again it goes on', async (context) => {
    const point = mount() ?? leaveOut(context, 'a small file system cannot be mounted here (it takes root on Linux)');
    const journal = openJournalIn(dataFolderPaths(point));
    writeFacts(journal, 5);
    const ballast = path.join(point, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_000_000));
    const fault = fillUp(journal);
    expect(fault).toEqual({ kind: 'diskFull' });
    const lastSeq = journal.lastSeq();
    expect(lastSeq).toBeGreaterThan(5);
    expect(journal.facts(lastSeq - 1, 5)).toHaveLength(1);
    rmSync(ballast);
    writeBig(journal);
    expect(journal.lastSeq()).toBe(lastSeq + 1);
    expect(await journal.verify()).toMatchObject({ ok: true, lastSeq: lastSeq + 1 });
    journal.close();
  });

  test('keeps the head from being replaced, says so, and leaves the old head whole', async (context) => {
    const point = mount() ?? leaveOut(context, 'a small file system cannot be mounted here (it takes root on Linux)');
    const paths = dataFolderPaths(point);
    const journal = openJournalIn(paths);
    writeFacts(journal, 5);
    journal.sealHead(testNowMs);
    const head = readFileSync(path.join(paths.heads, 'head.json'), 'utf8');
    writeFacts(journal, 1);
    const ballast = path.join(point, 'ballast');
    const handle = openSync(ballast, 'w');
    // To the last byte: first in large pieces, then in small ones.
    for (const piece of [65_536, 4096]) {
      for (let more = true; more;) {
        try {
          more = writeSync(handle, Buffer.alloc(piece)) === piece;
        } catch {
          more = false;
        }
      }
    }
    closeSync(handle);
    expect(
      faultOf(() => {
        journal.sealHead(testNowMs + 60_000);
      }),
    ).toEqual({ kind: 'diskFull' });
    expect(readFileSync(path.join(paths.heads, 'head.json'), 'utf8')).toBe(head);
    rmSync(ballast);
    journal.sealHead(testNowMs + 120_000);
    expect(await journal.verify()).toEqual({ ok: true, lastSeq: 6, headSeq: 6 });
    journal.close();
  });
});

describe('a damaged file', () => {
  /** A closed journal of some 60 pages with read models, and its bytes. */
  const filled = (): void => {
    const journal = folder.open();
    for (let index = 0; index < 200; index += 1) {
      journal.transact((tx) => {
        const { seq } = tx.append(someFact(index, { body: { text: 'y'.repeat(500) } }));
        tx.change({ collection: 'log', key: String(seq).padStart(6, '0'), doc: { text: 'z'.repeat(300) } }, seq);
      });
    }
    journal.close();
  };
  const pageBytes = 4096;
  const overwrite = (offset: number, bytes: Buffer): void => {
    const handle = openSync(folder.paths.journal, 'r+');
    writeSync(handle, bytes, 0, bytes.length, offset);
    closeSync(handle);
  };
  /** As the command line does it: without opening the journal for writing, which damage can forbid. */
  const verify = (): Verification => {
    const publicKeyPem = readFileSync(folder.paths.signingPublicKey, 'utf8');
    return verifyJournal({ path: folder.paths.journal, headsFolder: folder.paths.heads, publicKeyPem });
  };
  /** Pages of a table's tree, by number from 1; `leaf` or inner ones. */
  const pagesOf = (table: string, kind: 'leaf' | 'internal'): readonly number[] =>
    withDatabase(folder.paths.journal, (db) =>
      db
        .prepare<[string, string], number>('SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY pageno')
        .pluck()
        .all(table, kind),
    );

  test('one flipped bit in a row is an edited row', () => {
    filled();
    const [, page = 0] = pagesOf('journal', 'leaf');
    const offset = page * pageBytes - 20;
    overwrite(offset, Buffer.from([(readFileSync(folder.paths.journal)[offset] ?? 0) ^ 4]));
    expect(verify()).toMatchObject({ ok: false, problem: 'edited' });
  });

  test.each(['leaf', 'internal'] as const)('a %s page of noise in the journal is unreadable', (kind) => {
    filled();
    const pages = pagesOf('journal', kind);
    const page = pages[Math.floor(pages.length / 2)] ?? 0;
    overwrite((page - 1) * pageBytes, Buffer.alloc(pageBytes, 0xa5));
    expect(verify()).toMatchObject({ ok: false, problem: 'unreadable' });
  });

  test('a journal whose root is noise is not opened', () => {
    filled();
    const [page = 0] = pagesOf('journal', 'internal');
    overwrite((page - 1) * pageBytes, Buffer.alloc(pageBytes, 0xa5));
    expect(faultOf(folder.open)).toMatchObject({ kind: 'damaged' });
  });

  test('reading through it is an error with a name, and the rest goes on', () => {
    filled();
    const pages = pagesOf('read_models', 'leaf');
    overwrite(((pages[3] ?? 1) - 1) * pageBytes, Buffer.alloc(pageBytes, 0xa5));
    const journal = folder.open();
    expect(faultOf(() => journal.rows('log'))).toMatchObject({ kind: 'damaged' });
    writeFacts(journal, 1);
    expect(journal.lastSeq()).toBe(201);
  });

  test('damage outside the journal is noticed by verifying', () => {
    filled();
    const pages = pagesOf('read_models', 'leaf');
    overwrite(((pages[3] ?? 1) - 1) * pageBytes, Buffer.alloc(pageBytes, 0xa5));
    expect(verify()).toEqual({ ok: false, lastSeq: 200, firstBadSeq: 0, problem: 'unreadable' });
  });

  test('a truncated file is damaged, whether at a page or within one', () => {
    filled();
    const copy = path.join(folder.paths.folder, 'copy.db');
    copyFileSync(folder.paths.journal, copy);
    const { size } = statSync(copy);
    for (const left of [size - 10 * pageBytes, Math.floor(size / 2) + 100, pageBytes, 60]) {
      copyFileSync(copy, folder.paths.journal);
      truncateSync(folder.paths.journal, left);
      expect(verify()).toMatchObject({ ok: false, problem: 'unreadable' });
    }
    expect(faultOf(folder.open)).toMatchObject({ kind: 'damaged' });
  });

  test('a file that is no database is damaged, and is left as it is', () => {
    writeFileSync(folder.paths.journal, 'this is no database'.repeat(500));
    expect(faultOf(folder.open)).toMatchObject({ kind: 'damaged' });
    expect(readFileSync(folder.paths.journal, 'utf8')).toContain('this is no database');
  });
});

describe('a file that must not be written', () => {
  test('is told as read-only', (context) => {
    folder.open().close();
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      const flagged = ((): boolean => {
        try {
          execFileSync('chattr', ['+i', folder.paths.journal], { stdio: 'ignore' });
          return true;
        } catch {
          return false;
        }
      })();
      if (!flagged) leaveOut(context, 'root may write everything, and this file system has no immutable files');
    } else chmodSync(folder.paths.journal, 0o400);
    try {
      expect(faultOf(folder.open)).toEqual({ kind: 'readOnly' });
    } finally {
      if (isRoot) execFileSync('chattr', ['-i', folder.paths.journal]);
    }
  });

  test('a journal of a newer version is refused and left alone', () => {
    folder.open().close();
    withDatabase(folder.paths.journal, (db) => db.pragma('user_version = 99'));
    const before = readFileSync(folder.paths.journal);
    expect(folder.open).toThrow(JournalOpenError);
    expect(folder.open).toThrow(/newer version of Guardroom \(schema 99/);
    expect(readFileSync(folder.paths.journal)).toEqual(before);
  });

  test('a folder that is not there is an error with a name, and is not made', () => {
    const paths = dataFolderPaths(path.join(folder.paths.folder, 'not', 'there'));
    expect(() =>
      openJournalIn({ ...paths, signingKey: folder.paths.signingKey, signingPublicKey: folder.paths.signingPublicKey }),
    ).toThrow(JournalError);
    expect(existsSync(paths.folder)).toBe(false);
  });
});
