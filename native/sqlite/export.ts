import { guarded, openReadOnly } from './database.ts';

/**
 * The payloads in their order, as they are in the file, byte for byte: whoever has them can compute the chain of hashes again. Personal
 * fields stay ciphertext. One moment of the journal, even while a station writes. Throws `JournalError`.
 */
export const exportPayloads = function* exportPayloads(path: string): Generator<string> {
  const db = openReadOnly(path);
  try {
    const rows = guarded(() =>
      db.prepare<[], { payload: string }>('SELECT payload FROM journal ORDER BY seq').iterate(),
    );
    for (;;) {
      const next = guarded(() => rows.next());
      if (next.done === true) return;
      yield next.value.payload;
    }
  } finally {
    db.close();
  }
};
