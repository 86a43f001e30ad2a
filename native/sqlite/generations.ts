/** The makings of each collection's rows: which is shown, which is made beside it, and what is left to delete. */
import type { Generation } from '../../electron/station/ports/journal.port.ts';
import type { ColumnUse, QueryShape } from '../../electron/station/ports/query.port.ts';
import { parseObject } from './chain.ts';
import type { Db } from './database.ts';
import type { Remembered } from './transaction-state.ts';

/** A generation as it is kept. */
export interface KeptGeneration extends Generation {
  readonly id: number;
  /** What its rows in `read_models` are kept under. */
  readonly label: string;
}

interface GenerationRecord extends Omit<KeptGeneration, 'shape'> {
  readonly shape: string | null;
}

const columns = 'id, collection, version, state, label, shape, folded_to AS foldedTo';

export const generationQueries = {
  generations: `SELECT ${columns} FROM generations WHERE state <> 'dropped' ORDER BY id`,
  generation: `SELECT ${columns} FROM generations WHERE collection = ? AND state = ? AND state <> 'dropped'`,
  dropped: "SELECT id, label, shape FROM generations WHERE state = 'dropped' ORDER BY id LIMIT 1",
} as const;

const isUse = (value: unknown): value is ColumnUse => value === 'group' || value === 'range' || value === 'id';

/** The columns of a generation, as it keeps them. */
const textToShape = (text: string, label: string): QueryShape => {
  const { columns: kept, withFact } = parseObject(text, `generation ${label}`);
  const uses = Object.entries(kept ?? {}).filter((entry): entry is [string, ColumnUse] => isUse(entry[1]));
  return { columns: Object.fromEntries(uses), withFact: withFact === true };
};

export const shapeToText = ({ columns: uses, withFact }: QueryShape): string =>
  JSON.stringify({ columns: uses, withFact });

const toKept = ({ shape, ...rest }: GenerationRecord): KeptGeneration => ({
  ...rest,
  shape: shape === null ? null : textToShape(shape, rest.label),
});

export interface Generations {
  readonly all: () => readonly KeptGeneration[];
  /** The one that is shown, or made. */
  readonly find: (collection: string, state: Generation['state']) => KeptGeneration | null;
}

/** Asks the database every time: for connections that only read, where another one writes. */
export const createGenerations = (db: Db): Generations => {
  const all = db.prepare<[], GenerationRecord>(generationQueries.generations);
  const one = db.prepare<[string, string], GenerationRecord>(generationQueries.generation);
  return {
    all: () => all.all().map(toKept),
    find: (collection, state) => {
      const found = one.get(collection, state);
      return found === undefined ? null : toKept(found);
    },
  };
};

/** Remembers them: for the one connection that writes. */
export interface KnownGenerations extends Generations, Remembered {
  /** To be called with every change of a generation. */
  readonly changed: () => void;
}

export const createKnownGenerations = (db: Db): KnownGenerations => {
  const asked = createGenerations(db);
  let known: ReadonlyMap<string, KeptGeneration> | null = null;
  let changedHere = false;
  const keyOf = (collection: string, state: string): string => `${state} ${collection}`;
  const load = (): ReadonlyMap<string, KeptGeneration> => {
    known ??= new Map(asked.all().map((one) => [keyOf(one.collection, one.state), one]));
    return known;
  };
  const forget = (): void => {
    known = null;
    changedHere = false;
  };
  return {
    all: () => [...load().values()],
    find: (collection, state) => load().get(keyOf(collection, state)) ?? null,
    changed: () => {
      known = null;
      changedHere = true;
    },
    rolledBack: () => {
      if (changedHere) forget();
    },
    committed: () => {
      changedHere = false;
    },
    forget,
  };
};
