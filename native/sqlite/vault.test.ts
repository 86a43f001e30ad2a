import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { subjectId, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Secrets } from '../../electron/station/ports/vault.port.ts';
import { allBytes, temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { createKeyFileSecrets } from '../os/secrets.ts';
import { systemRandomness } from '../os/secrets-cipher.ts';
import { addKeyRows } from './backup.ts';
import { truncateWal } from './keys-schema.ts';
import { JournalOpenError } from './open-error.ts';
import { openVault, type VaultDeps } from './vault.ts';

const makeFolder = temporaryFolders();

/** A vault that lets us see every key it makes and how it wraps it. */
const watchedVault = (folder: string) => {
  const secrets = createKeyFileSecrets(path.join(folder, 'secrets.key'));
  const keys: Buffer[] = [];
  const wrapped: string[] = [];
  const masterSecret: Secrets = {
    encrypt: (plain) => {
      const cipher = secrets.encrypt(plain);
      wrapped.push(cipher);
      return cipher;
    },
    decrypt: secrets.decrypt,
  };
  const randomness = {
    bytes: (count: number) => {
      const bytes = systemRandomness.bytes(count);
      if (count === 32) keys.push(Buffer.from(bytes));
      return bytes;
    },
  };
  const open = (more: Partial<VaultDeps> = {}) =>
    openVault({ path: path.join(folder, 'keys.db'), masterSecret, randomness, ...more });
  return { open, keys, wrapped };
};

/** Empties the WAL on a connection of its own, as the worker does, in this thread: for tests that forget a thousand times. */
const settleHere = async (file: string): Promise<void> => {
  const db = new Database(file);
  try {
    truncateWal(db);
  } finally {
    db.close();
  }
};

/** In which files any of these stand. */
const filesWith = (folder: string, needles: readonly (string | Buffer)[]): readonly string[] =>
  [...allBytes(folder)].filter(([, bytes]) => needles.some((needle) => bytes.includes(needle))).map(([name]) => name);

const formsOf = (key: Buffer): readonly (string | Buffer)[] => [
  key,
  key.toString('base64url'),
  key.toString('base64'),
  key.toString('hex'),
];

const visitorsOf = (count: number): readonly SubjectId[] =>
  Array.from({ length: count }, (_, index) => subjectId(`visit:${index}`));

describe('forgetting, on the bytes of every file', () => {
  test('a wrapped key that was there is in no file afterwards, and no key ever was', async () => {
    const folder = makeFolder();
    const { open, keys, wrapped } = watchedVault(folder);
    const vault = open();
    const plain = '来访者 王奶奶 13800000000';
    vault.seal(subjectId('visitor-1'), plain);
    vault.seal(subjectId('visitor-2'), plain);
    // The search finds what is there: otherwise finding nothing would prove nothing.
    expect(filesWith(folder, wrapped.slice(0, 1))).not.toEqual([]);
    await vault.forget([subjectId('visitor-1')]);
    expect(filesWith(folder, wrapped.slice(0, 1))).toEqual([]);
    expect(filesWith(folder, wrapped.slice(1))).not.toEqual([]);
    expect(filesWith(folder, [...keys.flatMap(formsOf), plain, '13800000000'])).toEqual([]);
    await vault.close();
    expect(filesWith(folder, wrapped.slice(0, 1))).toEqual([]);
  });

  // A thousand flushes to the disk: slow where others use it too.
  test.each([248, 7])(
    'nothing stays behind after any comings and goings, alone and many at once: %#',
    { timeout: 90_000 },
    async (seed) => {
      let state = seed;
      const next = (below: number): number => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const folder = makeFolder();
      const { open, wrapped } = watchedVault(folder);
      let vault = open({ settle: settleHere });
      const present: { readonly subject: SubjectId; readonly cipher: string }[] = [];
      const gone: string[] = [];
      for (let step = 0; step < 250; step += 1) {
        const deed = next(20);
        if (deed < 12 || present.length === 0) {
          for (let count = next(8); count >= 0; count -= 1) {
            const name = next(1e9)
              .toString(36)
              .repeat(1 + next(3));
            const subject = subjectId(`visitor-${name}`);
            vault.seal(subject, 'x');
            present.push({ subject, cipher: wrapped.at(-1) ?? '' });
          }
        } else if (deed < 19) {
          const leaving = present.splice(next(present.length), 1 + next(8));
          await vault.forget(leaving.map(({ subject }) => subject));
          gone.push(...leaving.map(({ cipher }) => cipher));
        } else {
          await vault.close();
          vault = open({ settle: settleHere });
        }
      }
      await vault.forget([]);
      expect(gone.length).toBeGreaterThan(200);
      const files = [...allBytes(folder).values()];
      const isThere = (cipher: string): boolean => files.some((bytes) => bytes.includes(cipher));
      expect(gone.filter(isThere)).toEqual([]);
      expect(present.filter(({ cipher }) => !isThere(cipher))).toEqual([]);
      await vault.close();
    },
  );

  test('a crash between the deletion and the truncation is made good at the next start', async () => {
    const folder = makeFolder();
    const { open, wrapped } = watchedVault(folder);
    const vault = open({ settle: () => new Promise(() => undefined) });
    vault.seal(subjectId('visitor-1'), 'x');
    void vault.forget([subjectId('visitor-1')]);
    // The files as a power cut leaves them: the deletion is in the WAL, and the key before it.
    const crashed = makeFolder();
    for (const name of ['keys.db', 'keys.db-wal', 'secrets.key'])
      copyFileSync(path.join(folder, name), path.join(crashed, name));
    expect(filesWith(crashed, wrapped)).not.toEqual([]);
    const again = watchedVault(crashed).open();
    expect(again.isForgotten(subjectId('visitor-1'))).toBe(true);
    expect(filesWith(crashed, wrapped)).toEqual([]);
    await again.close();
  });

  test('a reader in the way makes it fail, to be repeated until it is done; forgotten it is already', async () => {
    const folder = makeFolder();
    const { open, wrapped } = watchedVault(folder);
    const vault = open();
    vault.seal(subjectId('visitor-1'), 'x');
    const reader = new Database(path.join(folder, 'keys.db'), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT * FROM subject_keys').all();
    await expect(vault.forget([subjectId('visitor-1')])).rejects.toThrow(JournalError);
    expect(vault.isForgotten(subjectId('visitor-1'))).toBe(true);
    reader.close();
    await vault.forget([subjectId('visitor-1')]);
    expect(filesWith(folder, wrapped)).toEqual([]);
    await vault.close();
  });

  test('a worker that dies is a failure, and the next one does it', async () => {
    const folder = makeFolder();
    const { open, wrapped } = watchedVault(folder);
    let lives = false;
    const vault = open({
      settle: async (file) => {
        if (!lives) throw new Error('ended without a word');
        await settleHere(file);
      },
    });
    vault.seal(subjectId('visitor-1'), 'x');
    await expect(vault.forget([subjectId('visitor-1')])).rejects.toThrow('without a word');
    lives = true;
    // Whatever is forgotten next takes it along.
    await vault.forget([]);
    expect(filesWith(folder, wrapped)).toEqual([]);
    await vault.close();
  });
});

describe('many at once', () => {
  const visitors = visitorsOf(10_000);

  test('ten thousand are one emptying of the WAL, and others have their turn meanwhile', async () => {
    const folder = makeFolder();
    const wrapped = visitors.map((subject) => `k1.${hash('sha512', subject, 'base64url')}`);
    addKeyRows(
      path.join(folder, 'keys.db'),
      visitors.map((subject, index) => [subject, wrapped[index] ?? null]),
      new Set(),
    );
    const stillThere = (): readonly string[] => {
      const files = [...allBytes(folder).values()];
      return wrapped
        .filter((_, index) => index % 20 === 0)
        .filter((cipher) => files.some((bytes) => bytes.includes(cipher)));
    };
    expect(stillThere()).toHaveLength(500);
    let settled = 0;
    const vault = watchedVault(folder).open({
      settle: async (file) => {
        settled += 1;
        await settleHere(file);
      },
    });
    let turns = 0;
    let over = false;
    const count = (): void => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await vault.forget(visitors);
    over = true;
    expect([settled, turns >= 199]).toEqual([1, true]);
    expect(stillThere()).toEqual([]);
    await vault.close();
  });

  test('a start writes nothing anew where nothing is pending', async () => {
    const folder = makeFolder();
    const { open } = watchedVault(folder);
    const first = open();
    for (const subject of visitors.slice(0, 50)) first.seal(subject, 'x');
    await first.forget(visitors.slice(0, 20));
    await first.close();
    const before = readFileSync(path.join(folder, 'keys.db'));
    const second = open();
    expect(
      existsSync(path.join(folder, 'keys.db-wal')) ? readFileSync(path.join(folder, 'keys.db-wal')).length : 0,
    ).toBe(0);
    expect(readFileSync(path.join(folder, 'keys.db')).equals(before)).toBe(true);
    await second.close();
  });

  test('cells are used again: comings and goings do not make the file grow', async () => {
    const folder = makeFolder();
    const vault = watchedVault(folder).open({ settle: settleHere });
    const cells = (): unknown => {
      const db = new Database(path.join(folder, 'keys.db'), { readonly: true });
      const count = db.prepare('SELECT count(*) FROM key_cells').pluck().get();
      db.close();
      return count;
    };
    for (const subject of visitors.slice(0, 300)) {
      vault.seal(subject, 'x');
      await vault.forget([subject]);
    }
    expect(cells()).toBe(1);
    await vault.close();
  });
});

describe('keys over restarts', () => {
  test('what was sealed before opens after, what was forgotten does not', async () => {
    const { open } = watchedVault(makeFolder());
    const before = open();
    const kept = before.seal(subjectId('a'), '甲');
    const gone = before.seal(subjectId('b'), '乙');
    await before.forget([subjectId('b')]);
    await before.close();
    const after = open();
    expect([after.open(kept), after.open(gone)]).toEqual(['甲', null]);
    expect([after.isForgotten(subjectId('a')), after.isForgotten(subjectId('b'))]).toEqual([false, true]);
    expect(() => after.seal(subjectId('b'), '丙')).toThrow();
    await after.close();
  });

  test('with another key file nothing opens, nothing new is sealed over the old, and forgetting is the same', async () => {
    const folder = makeFolder();
    const watched = watchedVault(folder);
    const first = watched.open();
    const text = first.seal(subjectId('a'), '甲');
    await first.close();
    const masterSecret = createKeyFileSecrets(path.join(folder, 'other.key'));
    const other = openVault({ path: path.join(folder, 'keys.db'), masterSecret, randomness: systemRandomness });
    expect(other.open(text)).toBeNull();
    expect(() => other.seal(subjectId('a'), '乙')).toThrow(JournalError);
    expect(() => other.seal(subjectId('new'), '乙')).not.toThrow();
    // It asks for no key.
    await other.forget([subjectId('a')]);
    expect(other.isForgotten(subjectId('a'))).toBe(true);
    expect(filesWith(folder, watched.wrapped)).toEqual([]);
    await other.close();
  });

  test('a file of the first version is lifted: what opened opens, what was forgotten is, and no old copy is left', async () => {
    const folder = makeFolder();
    const { open, wrapped } = watchedVault(folder);
    const made = open();
    const texts = visitorsOf(60).map((subject) => made.seal(subject, subject));
    await made.close();
    const file = path.join(folder, 'keys.db');
    const db = new Database(file);
    // As version 1 kept them: the key beside the subject.
    db.pragma('secure_delete = ON');
    const rows = visitorsOf(60).map((subject, index) => [subject, wrapped[index]] as const);
    db.exec(`DROP TABLE subject_keys; DROP TABLE key_cells; DROP TABLE index_rows; DROP TABLE index_buckets; DROP TABLE term_cells;
      CREATE TABLE subject_keys (subject_id TEXT PRIMARY KEY, wrapped TEXT) STRICT, WITHOUT ROWID;
      PRAGMA user_version = 1; VACUUM`);
    const insert = db.prepare('INSERT INTO subject_keys VALUES (?, ?)');
    for (const row of rows) insert.run(...row);
    db.exec("UPDATE subject_keys SET wrapped = NULL WHERE subject_id = 'visit:3'; VACUUM");
    db.close();
    const lifted = open();
    expect(visitorsOf(60).filter(lifted.isForgotten)).toEqual(['visit:3']);
    expect(texts.map(lifted.open)).toEqual(visitorsOf(60).map((subject, index) => (index === 3 ? null : subject)));
    await lifted.forget(visitorsOf(60).slice(0, 59));
    expect(filesWith(folder, wrapped.slice(0, 59))).toEqual([]);
    expect(texts.flatMap((text) => lifted.open(text) ?? [])).toEqual(['visit:59']);
    await lifted.close();
  });

  test('a newer or broken file is refused', async () => {
    const folder = makeFolder();
    const { open } = watchedVault(folder);
    await open().close();
    const db = new Database(path.join(folder, 'keys.db'));
    db.pragma('user_version = 9');
    db.close();
    expect(() => open()).toThrow(JournalOpenError);
    writeFileSync(path.join(folder, 'keys.db'), 'not a database'.repeat(100));
    expect(() => open()).toThrow(JournalError);
    expect(existsSync(path.join(folder, 'keys.db'))).toBe(true);
  });
});
