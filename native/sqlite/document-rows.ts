/** Rows of read models, with the documents that were read kept as long as nobody changed them: a row is asked for far more often than it changes. */
import { createCanonicalJson } from '../../electron/domain/kernel/canonical.ts';
import type { JsonObject } from '../../electron/domain/kernel/json.ts';
import type { ReadModelRow } from '../../electron/station/ports/journal.port.ts';
import { parseObject } from './chain.ts';
import type { Db } from './database.ts';
import type { Remembered } from './transaction-state.ts';

interface DocRow {
  readonly key: string;
  readonly seq: number;
  readonly doc: string;
}

export const documentQueries = {
  row: 'SELECT doc FROM read_models WHERE generation = ? AND key = ?',
  rows: 'SELECT key, seq, doc FROM read_models WHERE generation = ? ORDER BY key',
  newestRows: 'SELECT key, seq, doc FROM read_models WHERE generation = ? ORDER BY key DESC LIMIT ?',
  rowsBefore: 'SELECT key, seq, doc FROM read_models WHERE generation = ? AND key < ? ORDER BY key DESC LIMIT ?',
} as const;

/** Documents of one generation that are kept at most; above, they are read anew. */
const MOST_ROWS = 4000;
/** Rows of a collection that are kept as a list, at most: longer ones are not what a rule runs through. */
const MOST_LISTED = 1000;

/** By what they are labelled with. */
export interface DocumentRows extends Remembered {
  readonly row: (label: string, key: string) => JsonObject | null;
  readonly rows: (label: string, collection: string) => readonly ReadModelRow[];
  readonly rowsBefore: (
    label: string,
    collection: string,
    beforeKey: string | null,
    limit: number,
  ) => readonly ReadModelRow[];
  readonly change: (label: string, key: string, doc: JsonObject | null, seq: number) => void;
  readonly clear: () => void;
  /** Deletes rows, at most `limit`, and says how many. */
  readonly deleteSome: (label: string, limit: number) => number;
}

/** What was read of one generation. */
interface Kept {
  readonly docs: Map<string, JsonObject | null>;
  list: readonly ReadModelRow[] | null;
  /** The rows of the newest list with their texts: what has the same text is not parsed again. */
  parsed: ReadonlyMap<string, { readonly text: string; readonly row: ReadModelRow }>;
}

export const createDocumentRows = (db: Db): DocumentRows => {
  const canonicalJson = createCanonicalJson();
  const row = db.prepare<[string, string], { doc: string }>(documentQueries.row);
  const rows = db.prepare<[string], DocRow>(documentQueries.rows);
  const newestRows = db.prepare<[string, number], DocRow>(documentQueries.newestRows);
  const rowsBefore = db.prepare<[string, string, number], DocRow>(documentQueries.rowsBefore);
  const put = db.prepare<[string, string, number, string]>(
    `INSERT INTO read_models (generation, key, seq, doc) VALUES (?, ?, ?, ?)
     ON CONFLICT (generation, key) DO UPDATE SET seq = excluded.seq, doc = excluded.doc`,
  );
  const remove = db.prepare<[string, string]>('DELETE FROM read_models WHERE generation = ? AND key = ?');
  const clear = db.prepare<[]>('DELETE FROM read_models');
  const removeSome = db.prepare<[string, string, number]>(
    'DELETE FROM read_models WHERE generation = ? AND key IN (SELECT key FROM read_models WHERE generation = ? LIMIT ?)',
  );

  const keptByLabel = new Map<string, Kept>();
  /** Written by the running transaction: what was read of it since may be taken back. */
  const touched = new Set<string>();

  const keptOf = (label: string): Kept => {
    const known = keptByLabel.get(label) ?? { docs: new Map(), list: null, parsed: new Map() };
    keptByLabel.set(label, known);
    if (known.docs.size >= MOST_ROWS) known.docs.clear();
    return known;
  };
  const toRow =
    (collection: string) =>
    ({ key, seq, doc }: DocRow): ReadModelRow => ({
      collection,
      key,
      seq,
      doc: parseObject(doc, `${collection}/${key}`),
    });

  return {
    row: (label, key) => {
      const { docs } = keptOf(label);
      const known = docs.get(key);
      if (known !== undefined) return known;
      const found = row.get(label, key);
      const doc = found === undefined ? null : parseObject(found.doc, `${label}/${key}`);
      docs.set(key, doc);
      return doc;
    },
    rows: (label, collection) => {
      const kept = keptOf(label);
      if (kept.list !== null) return kept.list;
      const found = rows.all(label);
      if (found.length > MOST_LISTED) return found.map(toRow(collection));
      const list = found.map((one) => {
        const known = kept.parsed.get(one.key);
        const isSame = known?.text === one.doc && known.row.seq === one.seq;
        return { text: one.doc, row: isSame ? known.row : toRow(collection)(one) };
      });
      kept.parsed = new Map(list.map((one) => [one.row.key, one]));
      kept.list = list.map(({ row }) => row);
      return kept.list;
    },
    rowsBefore: (label, collection, beforeKey, limit) => {
      const page = beforeKey === null ? newestRows.all(label, limit) : rowsBefore.all(label, beforeKey, limit);
      return page.map(toRow(collection));
    },
    change: (label, key, doc, seq) => {
      if (doc === null) remove.run(label, key);
      else put.run(label, key, seq, canonicalJson(doc));
      const kept = keptOf(label);
      kept.docs.delete(key);
      kept.list = null;
      touched.add(label);
    },
    clear: () => {
      clear.run();
      for (const label of keptByLabel.keys()) touched.add(label);
      keptByLabel.clear();
    },
    deleteSome: (label, limit) => {
      keptByLabel.delete(label);
      touched.add(label);
      return removeSome.run(label, label, limit).changes;
    },
    rolledBack: () => {
      for (const label of touched) keptByLabel.delete(label);
      touched.clear();
    },
    committed: () => touched.clear(),
    forget: () => {
      keptByLabel.clear();
      touched.clear();
    },
  };
};
