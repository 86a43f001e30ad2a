/** Texts and numbers that stand in many rows, kept once: a row holds their number. */
import type { ColumnValue } from '../../electron/station/ports/query.port.ts';
import type { Db } from './database.ts';
import { createLearnedMap, type Remembered } from './transaction-state.ts';

/** Stands for `null`. */
export const noName = 0;

export interface Names {
  /** The number of this value, or `null` where it never stood anywhere. */
  readonly find: (value: ColumnValue) => number | null;
  readonly valueOf: (id: number) => ColumnValue;
}

export interface NamesWriter extends Names, Remembered {
  /** The number of this value, which gets one where it has none. */
  readonly idOf: (value: ColumnValue) => number;
}

export const nameQueries = {
  nameId: 'SELECT id FROM names WHERE name = ?',
  name: 'SELECT name FROM names WHERE id = ?',
} as const;

const toName = (value: string | number): string => (typeof value === 'string' ? `s${value}` : `n${value}`);
const fromName = (name: string): string | number => (name.startsWith('n') ? Number(name.slice(1)) : name.slice(1));

/** Only what is found is remembered: another connection may add what is missing. */
export const createNames = (db: Db): NamesWriter => {
  const idByName = createLearnedMap<string, number>();
  const valueById = createLearnedMap<number, string | number>();
  const select = db.prepare<[string], number>(nameQueries.nameId).pluck();
  const selectName = db.prepare<[number], string>(nameQueries.name).pluck();
  /** What a writer finds in its transaction may be taken back with it. */
  const mayGo = (): boolean => !db.readonly && db.inTransaction;
  const insert = db.readonly ? null : db.prepare<[string]>('INSERT INTO names (name) VALUES (?)');

  const findName = (name: string): number | null => {
    const known = idByName.get(name);
    if (known !== undefined) return known;
    const found = select.get(name);
    if (found === undefined) return null;
    idByName.learn(name, found, mayGo());
    return found;
  };

  return {
    find: (value) => (value === null ? noName : findName(toName(value))),
    valueOf: (id) => {
      if (id === noName) return null;
      const known = valueById.get(id);
      if (known !== undefined) return known;
      const name = selectName.get(id);
      if (name === undefined) return null;
      valueById.learn(id, fromName(name), mayGo());
      return fromName(name);
    },
    idOf: (value) => {
      if (value === null) return noName;
      const name = toName(value);
      const found = findName(name);
      if (found !== null) return found;
      if (insert === null) throw new Error('a reader gives no numbers');
      const id = Number(insert.run(name).lastInsertRowid);
      idByName.learn(name, id, true);
      return id;
    },
    rolledBack: () => {
      idByName.rolledBack();
      valueById.rolledBack();
    },
    committed: () => {
      idByName.committed();
      valueById.committed();
    },
    forget: () => {
      idByName.forget();
      valueById.forget();
    },
  };
};
