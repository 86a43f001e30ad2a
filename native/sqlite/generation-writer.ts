/** Begins, shows and drops generations, and deletes what was dropped. */
import type { Generation, GenerationsWritable } from '../../electron/station/ports/journal.port.ts';
import type { QueryShape } from '../../electron/station/ports/query.port.ts';
import type { Db } from './database.ts';
import type { DocumentRows } from './document-rows.ts';
import { generationQueries, shapeToText, type KeptGeneration, type KnownGenerations } from './generations.ts';
import type { QueryRows } from './query-rows.ts';

/** Without the names and marks that only the store needs. */
export const toGeneration = ({ collection, version, state, shape, foldedTo }: KeptGeneration): Generation => ({
  collection,
  version,
  state,
  shape,
  foldedTo,
});

export interface GenerationWriterDeps {
  readonly db: Db;
  readonly generations: KnownGenerations;
  readonly documents: DocumentRows;
  readonly queries: QueryRows;
  readonly lastSeq: () => number;
}

const isSameShape = (one: QueryShape | null, other: QueryShape | null): boolean =>
  one === null || other === null ? one === other : shapeToText(one) === shapeToText(other);

/** What is made of a collection. Throws where nothing is. */
export const madeOf = (generations: KnownGenerations, collection: string): KeptGeneration => {
  const made = generations.find(collection, 'made');
  if (made === null) throw new Error(`${collection} is not being made`);
  return made;
};

export const createGenerationWriter = (deps: GenerationWriterDeps): Omit<GenerationsWritable, 'making'> => {
  const { db, generations, documents, queries, lastSeq } = deps;
  const insert = db.prepare<[string, number, string, string, string | null, number]>(
    'INSERT INTO generations (collection, version, state, label, shape, folded_to) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const relabel = db.prepare<[string, number]>('UPDATE generations SET label = ? WHERE id = ?');
  const setState = db.prepare<[string, number, number]>('UPDATE generations SET state = ?, folded_to = ? WHERE id = ?');
  const setFolded = db.prepare<[number, number]>('UPDATE generations SET folded_to = ? WHERE id = ?');
  const remove = db.prepare<[number]>('DELETE FROM generations WHERE id = ?');
  const firstDropped = db.prepare<[], { id: number; label: string; shape: string | null }>(generationQueries.dropped);
  const hasRows = db.prepare<[string], number>('SELECT 1 FROM read_models WHERE generation = ? LIMIT 1').pluck();

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
    const label = `${collection} ${id}`;
    const generation: KeptGeneration = { id, collection, version, state: 'made', shape, foldedTo: 0, label };
    relabel.run(label, id);
    queries.create(generation);
    generations.changed();
    return generation;
  };

  return {
    makeGeneration: (collection, version, shape) => {
      if (!Number.isSafeInteger(version) || version < 1) throw new Error(`no version of a collection: ${version}`);
      adopt(collection);
      const made = generations.find(collection, 'made');
      if (made?.version === version && isSameShape(made.shape, shape)) return toGeneration(made);
      drop(made);
      return toGeneration(begin(collection, version, shape));
    },
    foldedTo: (collection, seq) => {
      setFolded.run(seq, madeOf(generations, collection).id);
      generations.changed();
    },
    showGeneration: (collection) => {
      const made = madeOf(generations, collection);
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
  };
};
