/** One collection of rows with the type of what is in them: whoever writes a row and whoever reads it share it. */
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { JournalReader, ReadModelChange } from '../ports/journal.port.ts';

/** What rows are read from, inside a transaction or outside. */
export type RowReader = Pick<JournalReader, 'row' | 'rows'>;

export interface Table<Row extends object> {
  readonly name: string;
  readonly get: (reader: Pick<JournalReader, 'row'>, key: string) => Row | null;
  /** All rows in the order of their keys. */
  readonly all: (reader: Pick<JournalReader, 'rows'>) => readonly Row[];
  readonly entries: (reader: Pick<JournalReader, 'rows'>) => readonly (readonly [key: string, row: Row])[];
  /** The row as it is kept. */
  readonly put: (key: string, row: Row) => ReadModelChange;
  readonly drop: (key: string) => ReadModelChange;
}

/** The rows are the station's own: what it wrote under this name has this type, and a collection whose rows change is made anew. */
export const defineTable = <Row extends object>(name: string): Table<Row> => {
  const typed = (doc: JsonObject): Row => doc as unknown as Row;
  return {
    name,
    get: (reader, key) => {
      const doc = reader.row(name, key);
      return doc === null ? null : typed(doc);
    },
    all: (reader) => reader.rows(name).map(({ doc }) => typed(doc)),
    entries: (reader) => reader.rows(name).map(({ key, doc }) => [key, typed(doc)] as const),
    put: (key, row) => ({ collection: name, key, doc: row as JsonObject }),
    drop: (key) => ({ collection: name, key, doc: null }),
  };
};
