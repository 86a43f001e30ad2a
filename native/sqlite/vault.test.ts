import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { subjectId, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Secrets } from '../../electron/station/ports/vault.port.ts';
import { allBytes, temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { createKeyFileSecrets } from '../os/secrets.ts';
import { systemRandomness } from '../os/secrets-cipher.ts';
import { JournalOpenError } from './open-error.ts';
import { openVault } from './vault.ts';

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
  const open = () => openVault({ path: path.join(folder, 'keys.db'), masterSecret, randomness });
  return { open, keys, wrapped };
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

describe('forgetting, on the bytes of every file', () => {
  test('a wrapped key that was there is in no file afterwards, and no key ever was', () => {
    const folder = makeFolder();
    const { open, keys, wrapped } = watchedVault(folder);
    const vault = open();
    const plain = '来访者 王奶奶 13800000000';
    vault.seal(subjectId('visitor-1'), plain);
    vault.seal(subjectId('visitor-2'), plain);
    // The search finds what is there: otherwise finding nothing would prove nothing.
    expect(filesWith(folder, wrapped.slice(0, 1))).not.toEqual([]);
    vault.forget(subjectId('visitor-1'));
    expect(filesWith(folder, wrapped.slice(0, 1))).toEqual([]);
    expect(filesWith(folder, wrapped.slice(1))).not.toEqual([]);
    expect(filesWith(folder, [...keys.flatMap(formsOf), plain, '13800000000'])).toEqual([]);
    vault.close();
    expect(filesWith(folder, wrapped.slice(0, 1))).toEqual([]);
  });

  // A thousand flushes to the disk: slow where others use it too.
  test('nothing stays behind where pages were split and merged', { timeout: 90_000 }, () => {
    // Chosen among 4,000: with these comings and goings secure_delete alone leaves one deleted key in a page that was split.
    let state = 248;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const folder = makeFolder();
    const { open, wrapped } = watchedVault(folder);
    const vault = open();
    const present: { readonly subject: SubjectId; readonly cipher: string }[] = [];
    const gone: string[] = [];
    for (let step = 0; step < 400; step += 1) {
      if (next(10) < 6 || present.length === 0) {
        const subject = subjectId(
          `visitor-${next(1e9)
            .toString(36)
            .repeat(1 + next(3))}`,
        );
        vault.seal(subject, 'x');
        present.push({ subject, cipher: wrapped.at(-1) ?? '' });
      } else {
        for (const { subject, cipher } of present.splice(next(present.length), 1)) {
          vault.forget(subject);
          gone.push(cipher);
        }
      }
    }
    expect([gone.length, new Set(gone).size]).toEqual([173, 173]);
    expect(gone.filter((cipher) => filesWith(folder, [cipher]).length > 0)).toEqual([]);
    vault.close();
  });

  test('a crash between the deletion and the truncation is made good at the next start', () => {
    const folder = makeFolder();
    const { open, wrapped } = watchedVault(folder);
    const vault = open();
    vault.seal(subjectId('visitor-1'), 'x');
    // The files as a power cut leaves them: the deletion is in the WAL, the key still in the pages before it.
    const crashed = makeFolder();
    const other = new Database(path.join(folder, 'keys.db'));
    other.exec("UPDATE subject_keys SET wrapped = NULL WHERE subject_id = 'visitor-1'");
    for (const name of ['keys.db', 'keys.db-wal']) copyFileSync(path.join(folder, name), path.join(crashed, name));
    copyFileSync(path.join(folder, 'secrets.key'), path.join(crashed, 'secrets.key'));
    other.close();
    vault.close();
    expect(filesWith(crashed, wrapped)).not.toEqual([]);
    const again = watchedVault(crashed).open();
    expect(again.isForgotten(subjectId('visitor-1'))).toBe(true);
    expect(filesWith(crashed, wrapped)).toEqual([]);
    again.close();
  });

  test('a reader in the way makes it fail, to be repeated until it is done', () => {
    const folder = makeFolder();
    const { open, wrapped } = watchedVault(folder);
    const vault = open();
    vault.seal(subjectId('visitor-1'), 'x');
    const reader = new Database(path.join(folder, 'keys.db'), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT * FROM subject_keys').all();
    expect(() => {
      vault.forget(subjectId('visitor-1'));
    }).toThrow(JournalError);
    reader.close();
    vault.forget(subjectId('visitor-1'));
    expect(filesWith(folder, wrapped)).toEqual([]);
    vault.close();
  });
});

describe('keys over restarts', () => {
  test('what was sealed before opens after, what was forgotten does not', () => {
    const { open } = watchedVault(makeFolder());
    const before = open();
    const kept = before.seal(subjectId('a'), '甲');
    const gone = before.seal(subjectId('b'), '乙');
    before.forget(subjectId('b'));
    before.close();
    const after = open();
    expect([after.open(kept), after.open(gone)]).toEqual(['甲', null]);
    expect([after.isForgotten(subjectId('a')), after.isForgotten(subjectId('b'))]).toEqual([false, true]);
    expect(() => after.seal(subjectId('b'), '丙')).toThrow();
    after.close();
  });

  test('with another key file nothing opens and nothing new is sealed over the old', () => {
    const folder = makeFolder();
    const first = watchedVault(folder).open();
    const text = first.seal(subjectId('a'), '甲');
    first.close();
    const masterSecret = createKeyFileSecrets(path.join(folder, 'other.key'));
    const other = openVault({ path: path.join(folder, 'keys.db'), masterSecret, randomness: systemRandomness });
    expect(other.open(text)).toBeNull();
    expect(() => other.seal(subjectId('a'), '乙')).toThrow(JournalError);
    expect(() => other.seal(subjectId('new'), '乙')).not.toThrow();
    other.close();
  });

  test('a newer or broken file is refused', () => {
    const folder = makeFolder();
    const { open } = watchedVault(folder);
    open().close();
    const db = new Database(path.join(folder, 'keys.db'));
    db.pragma('user_version = 9');
    db.close();
    expect(open).toThrow(JournalOpenError);
    writeFileSync(path.join(folder, 'keys.db'), 'not a database'.repeat(100));
    expect(open).toThrow(JournalError);
    expect(existsSync(path.join(folder, 'keys.db'))).toBe(true);
  });
});
