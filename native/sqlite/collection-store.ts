/** Rows of collections, each in the generation that is shown or in the one that is made beside it. */
import type {
  Generation,
  GenerationsWritable,
  ReadModelRow,
  RowsReadable,
  RowsWritable,
} from '../../electron/station/ports/journal.port.ts';
import type { Db } from './database.ts';
import { createDocumentRows, type DocumentRows } from './document-rows.ts';
import { createGenerationWriter, madeOf, toGeneration } from './generation-writer.ts';
import { createKnownGenerations, type KeptGeneration } from './generations.ts';
import { createNames } from './names.ts';
import { createPages, type Pages } from './query-page.ts';
import { createQueryRows, type QueryRows } from './query-rows.ts';
import type { Remembered } from './transaction-state.ts';

export interface CollectionStore extends Remembered {
  readonly shown: RowsReadable & RowsWritable;
  readonly rowsBefore: (collection: string, beforeKey: string | null, limit: number) => readonly ReadModelRow[];
  readonly generations: () => readonly Generation[];
  readonly pages: Pages;
  readonly write: GenerationsWritable & { readonly clearReadModels: () => void };
}

/** Rows of the generation that `of` finds; a collection that nobody made a generation of keeps its rows under its own name. */
const createReadable = (
  documents: DocumentRows,
  queries: QueryRows,
  of: (collection: string) => KeptGeneration | null,
): RowsReadable => ({
  row: (collection, key) => documents.row(of(collection)?.label ?? collection, key),
  rows: (collection) => documents.rows(of(collection)?.label ?? collection, collection),
  queryRow: (collection, key) => {
    const generation = of(collection);
    return generation === null || generation.shape === null ? null : queries.row(generation, key);
  },
});

const assertDocuments = (generation: KeptGeneration | null): void => {
  if (generation !== null && generation.shape !== null)
    throw new Error(`${generation.collection} has no documents to change: it is asked for by columns`);
};

export const createCollectionStore = (db: Db, lastSeq: () => number): CollectionStore => {
  const names = createNames(db);
  const generations = createKnownGenerations(db);
  const documents = createDocumentRows(db);
  const queries = createQueryRows(db, names);
  const remembered: readonly Remembered[] = [names, generations, documents, queries];
  const each = (tell: (one: Remembered) => void) => (): void => remembered.forEach(tell);

  const shownOf = (collection: string): KeptGeneration | null => generations.find(collection, 'shown');

  return {
    shown: {
      ...createReadable(documents, queries, shownOf),
      change: ({ collection, key, doc }, seq) => {
        const generation = shownOf(collection);
        assertDocuments(generation);
        documents.change(generation?.label ?? collection, key, doc, seq);
      },
      changeQuery: ({ collection, key, row }) => {
        const generation = shownOf(collection);
        if (generation !== null && generation.shape !== null) queries.change(generation, key, row);
      },
    },
    rowsBefore: (collection, beforeKey, limit) =>
      documents.rowsBefore(shownOf(collection)?.label ?? collection, collection, beforeKey, limit),
    generations: () => generations.all().map(toGeneration),
    pages: createPages(db, generations, names),
    write: {
      ...createGenerationWriter({ db, generations, documents, queries, lastSeq }),
      making: {
        ...createReadable(
          documents,
          queries,
          (collection) => generations.find(collection, 'made') ?? shownOf(collection),
        ),
        change: ({ collection, key, doc }, seq) => {
          const generation = madeOf(generations, collection);
          assertDocuments(generation);
          documents.change(generation.label, key, doc, seq);
        },
        changeQuery: ({ collection, key, row }) => queries.change(madeOf(generations, collection), key, row),
      },
      clearReadModels: documents.clear,
    },
    rolledBack: each((one) => one.rolledBack()),
    committed: each((one) => one.committed()),
    forget: each((one) => one.forget()),
  };
};
