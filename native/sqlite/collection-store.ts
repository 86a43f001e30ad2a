/** Rows of collections, each in the generation that is shown or in the one that is made beside it. */
import type {
  Generation,
  GenerationsWritable,
  ReadModelRow,
  RowsReadable,
  RowsWritable,
} from '../../electron/station/ports/journal.port.ts';
import type { QueryShape } from '../../electron/station/ports/query.port.ts';
import type { Db } from './database.ts';
import { createDocumentRows } from './document-rows.ts';
import { createKnownGenerations, generationQueries, shapeToText, type KeptGeneration } from './generations.ts';
import { createNames } from './names.ts';
import { createPages, type Pages } from './query-page.ts';
import { createQueryRows } from './query-rows.ts';
import type { Remembered } from './transaction-state.ts';

export interface CollectionStore extends Remembered {
  readonly shown: RowsReadable & RowsWritable;
  readonly rowsBefore: (collection: string, beforeKey: string | null, limit: number) => readonly ReadModelRow[];
  readonly generations: () => readonly Generation[];
  readonly pages: Pages;
  readonly write: GenerationsWritable & { readonly clearReadModels: () => void };
}

const toGeneration = ({ collection, version, state, shape, foldedTo }: KeptGeneration): Generation => ({
  collection,
  version,
  state,
  shape,
  foldedTo,
});

export const createCollectionStore = (db: Db, lastSeq: () => number): CollectionStore => {
  const names = createNames(db);
  const generations = createKnownGenerations(db);
  const documents = createDocumentRows(db);
  const queries = createQueryRows(db, names);
  const pages = createPages(db, generations, names);
  const remembered: readonly Remembered[] = [names, generations, documents, queries];

  const insert = db.prepare<[string, number, string, string, string | null, number]>(
    'INSERT INTO generations (collection, version, state, label, shape, folded_to) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const relabel = db.prepare<[string, number]>('UPDATE generations SET label = ? WHERE id = ?');
  const setState = db.prepare<[string, number, number]>('UPDATE generations SET state = ?, folded_to = ? WHERE id = ?');
  const setFolded = db.prepare<[number, number]>('UPDATE generations SET folded_to = ? WHERE id = ?');
  const remove = db.prepare<[number]>('DELETE FROM generations WHERE id = ?');
  const firstDropped = db.prepare<[], { id: number; label: string; shape: string | null }>(generationQueries.dropped);
  const hasRows = db.prepare<[string], number>('SELECT 1 FROM read_models WHERE generation = ? LIMIT 1').pluck();

  /** A collection that nobody made a generation of keeps its rows under its own name. */
  const labelOf = (collection: string): string => generations.find(collection, 'shown')?.label ?? collection;
  const madeOf = (collection: string): KeptGeneration => {
    const made = generations.find(collection, 'made');
    if (made === null) throw new Error(`${collection} is not being made`);
    return made;
  };
  const nearest = (collection: string): KeptGeneration | null =>
    generations.find(collection, 'made') ?? generations.find(collection, 'shown');
  const assertDocuments = ({ collection, shape }: KeptGeneration): void => {
    if (shape !== null) throw new Error(`${collection} has no documents to change: it is asked for by columns`);
  };

  const shown: CollectionStore['shown'] = {
    row: (collection, key) => documents.row(labelOf(collection), key),
    rows: (collection) => documents.rows(labelOf(collection), collection),
    queryRow: (collection, key) => {
      const generation = generations.find(collection, 'shown');
      return generation === null || generation.shape === null ? null : queries.row(generation, key);
    },
    change: ({ collection, key, doc }, seq) => {
      const generation = generations.find(collection, 'shown');
      if (generation !== null) assertDocuments(generation);
      documents.change(generation?.label ?? collection, key, doc, seq);
    },
    changeQuery: ({ collection, key, row }) => {
      const generation = generations.find(collection, 'shown');
      if (generation !== null && generation.shape !== null) queries.change(generation, key, row);
    },
  };

  const making: CollectionStore['write']['making'] = {
    row: (collection, key) => documents.row(nearest(collection)?.label ?? collection, key),
    rows: (collection) => documents.rows(nearest(collection)?.label ?? collection, collection),
    queryRow: (collection, key) => {
      const generation = nearest(collection);
      return generation === null || generation.shape === null ? null : queries.row(generation, key);
    },
    change: ({ collection, key, doc }, seq) => {
      const generation = madeOf(collection);
      assertDocuments(generation);
      documents.change(generation.label, key, doc, seq);
    },
    changeQuery: ({ collection, key, row }) => queries.change(madeOf(collection), key, row),
  };

  const drop = (generation: KeptGeneration | null): void => {
    if (generation === null) return;
    setState.run('dropped', generation.foldedTo, generation.id);
    generations.changed();
  };

  /** Rows that were written before anybody made a generation of the collection are its first. */
  const adopt = (collection: string): void => {
    if (generations.find(collection, 'shown') !== null || hasRows.get(collection) === undefined) return;
    insert.run(collection, 0, 'shown', collection, null, lastSeq());
    generations.changed();
  };

  const begin = (collection: string, version: number, shape: QueryShape | null): KeptGeneration => {
    const text = shape === null ? null : shapeToText(shape);
    const id = Number(insert.run(collection, version, 'made', `${collection} new`, text, 0).lastInsertRowid);
    const generation: KeptGeneration = {
      id,
      collection,
      version,
      state: 'made',
      shape,
      foldedTo: 0,
      label: `${collection} ${id}`,
    };
    relabel.run(generation.label, id);
    queries.create(generation);
    generations.changed();
    return generation;
  };

  const write: CollectionStore['write'] = {
    making,
    makeGeneration: (collection, version, shape) => {
      if (!Number.isSafeInteger(version) || version < 1) throw new Error(`no version of a collection: ${version}`);
      adopt(collection);
      const made = generations.find(collection, 'made');
      const same = (one: KeptGeneration): boolean =>
        one.version === version &&
        (one.shape === null || shape === null ? one.shape === shape : shapeToText(one.shape) === shapeToText(shape));
      if (made !== null && same(made)) return toGeneration(made);
      drop(made);
      return toGeneration(begin(collection, version, shape));
    },
    foldedTo: (collection, seq) => {
      setFolded.run(seq, madeOf(collection).id);
      generations.changed();
    },
    showGeneration: (collection) => {
      const made = madeOf(collection);
      drop(generations.find(collection, 'shown'));
      setState.run('shown', lastSeq(), made.id);
      generations.changed();
    },
    dropCollection: (collection) => {
      adopt(collection);
      drop(generations.find(collection, 'made'));
      drop(generations.find(collection, 'shown'));
    },
    deleteDropped: (limit) => {
      let deleted = 0;
      for (;;) {
        const dropped = firstDropped.get();
        if (dropped === undefined) return deleted;
        const { id, label, shape } = dropped;
        const left = limit - deleted;
        const count = shape === null ? documents.deleteSome(label, left) : queries.deleteSome(id, left);
        deleted += count;
        if (count >= left) return deleted;
        remove.run(id);
      }
    },
    clearReadModels: () => {
      documents.clear();
    },
  };

  const each = (tell: (one: Remembered) => void) => (): void => remembered.forEach(tell);

  return {
    shown,
    rowsBefore: (collection, beforeKey, limit) =>
      documents.rowsBefore(labelOf(collection), collection, beforeKey, limit),
    generations: () => generations.all().map(toGeneration),
    pages,
    write,
    rolledBack: each((one) => one.rolledBack()),
    committed: each((one) => one.committed()),
    forget: each((one) => one.forget()),
  };
};
