import { canonicalJson } from '../../electron/domain/kernel/canonical.ts';
import type { JsonObject } from '../../electron/domain/kernel/json.ts';
import type {
  Generation,
  GenerationsWritable,
  ReadModelRow,
  RowsReadable,
  RowsWritable,
} from '../../electron/station/ports/journal.port.ts';
import type { QueryRow, QueryShape } from '../../electron/station/ports/query.port.ts';
import { parseObject } from '../../native/sqlite/chain.ts';

/** Puts a value into a map in a way that a failed transaction takes back. */
export type Put = <K, V>(map: Map<K, V>, key: K, value: V | null) => void;

/** One making of a collection, with its rows. */
interface Making {
  readonly generation: Generation;
  readonly documents: Map<string, ReadModelRow>;
  readonly queries: Map<number, QueryRow>;
}

const copy = (value: JsonObject): JsonObject => parseObject(canonicalJson(value), 'fake');
/** SQLite compares texts by their UTF-8 bytes. */
const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));
const placeOf = (state: Generation['state'], collection: string): string => `${state} ${collection}`;
const shapeText = ({ shape }: Generation): string => JSON.stringify(shape);

const makingOf = (generation: Generation): Making => ({ generation, documents: new Map(), queries: new Map() });
/** What a collection has of which nobody made a generation. */
const unversioned = (collection: string, foldedTo: number): Generation => ({
  collection,
  version: 0,
  state: 'shown',
  shape: null,
  foldedTo,
});

const assertFits = ({ generation: { collection, shape } }: Making, { columns }: QueryRow): void => {
  const unknown = Object.keys(columns).find((name) => !(name in (shape?.columns ?? {})));
  if (unknown !== undefined) throw new Error(`${collection} has no column ${unknown}`);
  for (const [name, use] of Object.entries(shape?.columns ?? {})) {
    const value = columns[name] ?? null;
    const holds = { group: ['string', 'number'], range: ['number'], id: ['string'] }[use];
    if (value !== null && !holds.includes(typeof value)) throw new Error(`the column ${name} cannot hold ${value}`);
  }
};

/** Rows of collections in memory, generation by generation. */
export const createFakeCollections = (put: Put, lastSeq: () => number) => {
  const makings = new Map<string, Making>();
  /** Rows that are only to be deleted. */
  const dropped = new Map<number, number>();
  let lastDropped = 0;

  const find = (state: Generation['state'], collection: string): Making | null =>
    makings.get(placeOf(state, collection)) ?? null;
  const shownOf = (collection: string): Making | null => find('shown', collection);
  const nearest = (collection: string): Making | null => find('made', collection) ?? shownOf(collection);
  const madeOf = (collection: string): Making => {
    const made = find('made', collection);
    if (made === null) throw new Error(`${collection} is not being made`);
    return made;
  };
  const place = (making: Making): Making => {
    put(makings, placeOf(making.generation.state, making.generation.collection), making);
    return making;
  };
  const drop = (state: Generation['state'], collection: string): void => {
    const making = find(state, collection);
    if (making === null) return;
    put(makings, placeOf(state, collection), null);
    lastDropped += 1;
    put(dropped, lastDropped, making.documents.size + making.queries.size);
  };

  const readable = (of: (collection: string) => Making | null): RowsReadable => ({
    row: (collection, key) => of(collection)?.documents.get(key)?.doc ?? null,
    rows: (collection) =>
      [...(of(collection)?.documents.values() ?? [])].sort((left, right) => byBytes(left.key, right.key)),
    queryRow: (collection, key) => of(collection)?.queries.get(key) ?? null,
  });
  const writable = (of: (collection: string) => Making, skips: boolean): RowsWritable => ({
    change: ({ collection, key, doc }, seq) => {
      const making = of(collection);
      if (making.generation.shape !== null) throw new Error(`${collection} has no documents to change`);
      put(making.documents, key, doc === null ? null : { collection, key, seq, doc: copy(doc) });
    },
    changeQuery: ({ collection, key, row }) => {
      if (skips && (shownOf(collection)?.generation.shape ?? null) === null) return;
      if (!Number.isSafeInteger(key) || key < 1) throw new Error(`no key of a row: ${key}`);
      const making = of(collection);
      if (row !== null) assertFits(making, row);
      const columns = Object.keys(making.generation.shape?.columns ?? {});
      const whole = row === null ? null : Object.fromEntries(columns.map((name) => [name, row.columns[name] ?? null]));
      put(
        making.queries,
        key,
        row === null || whole === null ? null : { columns: whole, doc: row.doc === null ? null : copy(row.doc) },
      );
    },
  });

  const shown = {
    ...readable(shownOf),
    ...writable((collection) => shownOf(collection) ?? place(makingOf(unversioned(collection, lastSeq()))), true),
  };

  const write: GenerationsWritable & { readonly clearReadModels: () => void } = {
    making: { ...readable(nearest), ...writable(madeOf, false) },
    makeGeneration: (collection, version, shape) => {
      if (!Number.isSafeInteger(version) || version < 1) throw new Error(`no version of a collection: ${version}`);
      const wanted: Generation = { collection, version, state: 'made', shape, foldedTo: 0 };
      const made = find('made', collection);
      if (made?.generation.version === version && shapeText(made.generation) === shapeText(wanted))
        return made.generation;
      drop('made', collection);
      return place(makingOf(wanted)).generation;
    },
    foldedTo: (collection, seq) => {
      const made = madeOf(collection);
      place({ ...made, generation: { ...made.generation, foldedTo: seq } });
    },
    showGeneration: (collection) => {
      const made = madeOf(collection);
      drop('shown', collection);
      put(makings, placeOf('made', collection), null);
      place({ ...made, generation: { ...made.generation, state: 'shown', foldedTo: lastSeq() } });
    },
    dropCollection: (collection) => {
      drop('made', collection);
      drop('shown', collection);
    },
    deleteDropped: (limit) => {
      let deleted = 0;
      for (const [id, rows] of dropped) {
        if (deleted >= limit) break;
        const now = Math.min(rows, limit - deleted);
        deleted += now;
        put(dropped, id, now === rows && deleted < limit ? null : rows - now);
      }
      return deleted;
    },
    clearReadModels: () => {
      for (const { documents } of makings.values()) for (const key of documents.keys()) put(documents, key, null);
    },
  };

  return {
    shown,
    write,
    generations: (): readonly Generation[] => [...makings.values()].map(({ generation }) => generation),
    /** Every row that is shown of a collection that is asked for page by page. */
    queryRows: (collection: string): readonly (readonly [key: number, row: QueryRow])[] => [
      ...(shownOf(collection)?.queries ?? []),
    ],
    /** Of what is shown of it; `null` where it is not asked for by columns. */
    shapeOf: (collection: string): QueryShape | null => shownOf(collection)?.generation.shape ?? null,
  };
};
