/**
 * Keys of data subjects in a database of their own (`keys.db`), each wrapped by the station's secrets. To forget is to delete the key, and
 * SQLite keeps deleted bytes: in the WAL until it is truncated, and with `secure_delete` alone still about one key in 10,000 in a page that
 * was split (measured). So forgetting also writes the file anew (a few milliseconds: it is small) and truncates the WAL.
 */
import { sealed, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import { SubjectForgottenError, type Secrets, type Vault } from '../../electron/station/ports/vault.port.ts';
import { decryptBytes, encryptBytes, keyBytes, nonceBytes, type Randomness } from '../os/secrets-cipher.ts';
import { guarded, openWritable, type Db } from './database.ts';
import { JournalOpenError } from './open-error.ts';

export interface VaultDeps {
  /** The database file; its folder must exist. Opened by the process that holds the journal's lock. */
  readonly path: string;
  readonly masterSecret: Secrets;
  readonly randomness: Randomness;
}

const schemaSql = `
-- Whose personal fields can still be read. Never part of a backup of the journal.
CREATE TABLE subject_keys (
  -- A random name: says nothing about the person.
  subject_id TEXT PRIMARY KEY,
  -- AES-256 key, wrapped by the key file or the keychain. NULL: forgotten, and nothing may be sealed under it again.
  wrapped TEXT
) STRICT, WITHOUT ROWID;
`;
const schemaVersion = 1;

/** Before every ciphertext: which scheme made it. */
const scheme = 's1.';

/** Makes the table in a new file. Throws `JournalOpenError` for a newer one, `JournalError` for another program's. */
export const prepareKeysSchema = (db: Db): void => {
  const found = Number(db.pragma('user_version', { simple: true }));
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  if (found === 0 ? tables.length > 0 : !tables.includes('subject_keys'))
    throw new JournalError({ kind: 'damaged', detail: 'this database holds no keys' });
  if (found > schemaVersion) throw new JournalOpenError({ kind: 'newerSchema', found, known: schemaVersion });
  if (found === schemaVersion) return;
  db.transaction(() => {
    db.exec(schemaSql);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
};

/** Empties the WAL into the file and cuts it to nothing; throws when a reader is in the way, and then it is to be tried again. */
export const truncateWal = (db: Db): void => {
  const busy: unknown = db.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
  if (busy !== 0) throw new JournalError({ kind: 'ioError', detail: 'the WAL of the keys could not be truncated' });
};

/** `s1.<subject>.<base64url>`, taken apart; the subject may itself hold dots. */
const parseSealed = (
  text: string,
): { readonly context: string; readonly subject: string; readonly box: Buffer } | null => {
  const dot = text.lastIndexOf('.');
  if (!text.startsWith(scheme) || dot < scheme.length) return null;
  return {
    context: text.slice(0, dot + 1),
    subject: text.slice(scheme.length, dot),
    box: Buffer.from(text.slice(dot + 1), 'base64url'),
  };
};

/**
 * Opens the vault. Throws `JournalOpenError` for a newer schema, and like every method `JournalError` when storage fails. With other
 * secrets than the keys were wrapped with, `open` answers `null` and `seal` throws: a second key would lose the first.
 */
export const openVault = ({ path, masterSecret, randomness }: VaultDeps): Vault => {
  const db = openWritable(path);
  try {
    guarded(() => {
      // VACUUM makes its copy in memory: a temporary file would hold wrapped keys where nobody cleans up.
      db.pragma('temp_store = MEMORY');
      prepareKeysSchema(db);
      // A crash between the deletion of a key and the truncation leaves bytes behind: finished here.
      db.exec('VACUUM');
      truncateWal(db);
    });
  } catch (error) {
    db.close();
    throw error;
  }
  const find = db.prepare<[string], { wrapped: string | null }>(
    'SELECT wrapped FROM subject_keys WHERE subject_id = ?',
  );
  const insert = db.prepare<[string, string]>('INSERT INTO subject_keys (subject_id, wrapped) VALUES (?, ?)');
  const erase = db.prepare<[string]>(
    'INSERT INTO subject_keys (subject_id, wrapped) VALUES (?, NULL) ON CONFLICT (subject_id) DO UPDATE SET wrapped = NULL',
  );
  const cache = new Map<string, Buffer>();

  const unwrap = (subject: string, wrapped: string): Buffer | null => {
    const key = Buffer.from(masterSecret.decrypt(wrapped) ?? '', 'base64url');
    if (key.length !== keyBytes) return null;
    cache.set(subject, key);
    return key;
  };

  const makeKey = (subject: string): Buffer => {
    const key = randomness.bytes(keyBytes);
    insert.run(subject, masterSecret.encrypt(key.toString('base64url')));
    cache.set(subject, key);
    return key;
  };

  const existingKey = (subject: string): Buffer | null => {
    const cached = cache.get(subject);
    if (cached !== undefined) return cached;
    const wrapped = find.get(subject)?.wrapped ?? null;
    return wrapped === null ? null : unwrap(subject, wrapped);
  };

  const keyFor = (subject: SubjectId): Buffer => {
    const key = existingKey(subject);
    if (key !== null) return key;
    const row = find.get(subject);
    if (row === undefined) return makeKey(subject);
    if (row.wrapped === null) throw new SubjectForgottenError(subject);
    throw new JournalError({
      kind: 'damaged',
      detail: 'a key cannot be unwrapped: the key file is not the one it was made with',
    });
  };

  return {
    seal: (subject, plain) =>
      guarded(() => {
        const context = `${scheme}${subject}.`;
        const box = encryptBytes(keyFor(subject), randomness.bytes(nonceBytes), Buffer.from(plain, 'utf8'), context);
        return sealed(context + box.toString('base64url'));
      }),
    open: (text) =>
      guarded(() => {
        const parts = parseSealed(text);
        const key = parts === null ? null : existingKey(parts.subject);
        if (parts === null || key === null) return null;
        return decryptBytes(key, parts.box, parts.context)?.toString('utf8') ?? null;
      }),
    forget: (subject) => {
      cache.get(subject)?.fill(0);
      cache.delete(subject);
      guarded(() => {
        erase.run(subject);
        db.exec('VACUUM');
        truncateWal(db);
      });
    },
    isForgotten: (subject) => guarded(() => find.get(subject)?.wrapped === null),
    close: () => {
      for (const key of cache.values()) key.fill(0);
      cache.clear();
      db.close();
    },
  };
};
