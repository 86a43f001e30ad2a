/**
 * How a collection that is asked for page by page lies in the file: `rows_<id>`, one row a key, and `groups_<id>`, which says of each block of keys what its
 * rows hold: each combination of groups that stands in it, with the least and most of each range. A question looks there first, so that what nobody wrote
 * is known without reading a row, whatever is asked together; one index a column would cost each insert as many pages, and know no combinations.
 */
import type { ColumnUse, ColumnValue, QueryShape } from '../../electron/station/ports/query.port.ts';

/** Keys of one block, as a power of two. */
export const BLOCK_BITS = 11;
export const BLOCK_KEYS = 2 ** BLOCK_BITS;
export const blockOf = (key: number): number => Math.floor(key / BLOCK_KEYS);

/** A column in the file. */
export interface Column {
  readonly name: string;
  readonly use: ColumnUse;
  /** `g_kind`, `r_at`, `i_entityId`. */
  readonly sql: string;
}

const columnName = /^[a-z][A-Za-z0-9]*$/;
const prefixes = { group: 'g', range: 'r', id: 'i' } as const;
const types = { group: 'INTEGER NOT NULL', range: 'REAL', id: 'TEXT' } as const;

/** Throws for a name that is none. */
export const columnsOf = ({ columns }: QueryShape): readonly Column[] =>
  Object.entries(columns).map(([name, use]) => {
    if (!columnName.test(name)) throw new Error(`no name of a column: ${name}`);
    return { name, use, sql: `${prefixes[use]}_${name}` };
  });

export const ofUse = (columns: readonly Column[], use: ColumnUse): readonly Column[] =>
  columns.filter((column) => column.use === use);

export const rowsTable = (id: number): string => `rows_${id}`;
export const groupsTable = (id: number): string => `groups_${id}`;

const list = (parts: readonly string[]): string => parts.join(', ');
const bounds = (columns: readonly Column[]): readonly string[] =>
  ofUse(columns, 'range').flatMap(({ sql }) => [`least_${sql}`, `most_${sql}`]);

/** Makes both tables. */
export const createTablesSql = (id: number, columns: readonly Column[]): string => {
  const groups = ofUse(columns, 'group').map(({ sql }) => sql);
  return [
    `CREATE TABLE ${rowsTable(id)} (${list([
      'key INTEGER PRIMARY KEY',
      ...columns.map(({ sql, use }) => `${sql} ${types[use]}`),
      'doc TEXT',
    ])}) STRICT`,
    ...ofUse(columns, 'id').map(({ sql }) => `CREATE INDEX ${rowsTable(id)}_${sql} ON ${rowsTable(id)} (${sql})`),
    `CREATE TABLE ${groupsTable(id)} (${list([
      'block INTEGER NOT NULL',
      ...groups.map((sql) => `${sql} INTEGER NOT NULL`),
      ...bounds(columns).map((sql) => `${sql} REAL`),
      `PRIMARY KEY (${list(['block', ...groups])})`,
    ])}) STRICT, WITHOUT ROWID`,
  ].join(';\n');
};

/** Says what stands in the rows between two keys (`>=`, `<`); what it says of a block is only ever widened. */
export const summariseSql = (id: number, columns: readonly Column[]): string => {
  const groups = ofUse(columns, 'group').map(({ sql }) => sql);
  const ranges = ofUse(columns, 'range').map(({ sql }) => sql);
  const widened = ranges.flatMap((sql) => [
    `least_${sql} = min(coalesce(least_${sql}, excluded.least_${sql}), coalesce(excluded.least_${sql}, least_${sql}))`,
    `most_${sql} = max(coalesce(most_${sql}, excluded.most_${sql}), coalesce(excluded.most_${sql}, most_${sql}))`,
  ]);
  return `INSERT INTO ${groupsTable(id)} (${list(['block', ...groups, ...bounds(columns)])})
    SELECT ${list([`key >> ${BLOCK_BITS}`, ...groups, ...ranges.flatMap((sql) => [`min(${sql})`, `max(${sql})`])])}
    FROM ${rowsTable(id)} WHERE key >= ? AND key < ? GROUP BY ${list([`key >> ${BLOCK_BITS}`, ...groups])}
    ON CONFLICT DO ${widened.length === 0 ? 'NOTHING' : `UPDATE SET ${list(widened)}`}`;
};

export const putRowSql = (id: number, columns: readonly Column[]): string => {
  const names = ['key', ...columns.map(({ sql }) => sql), 'doc'];
  const set = names.slice(1).map((sql) => `${sql} = excluded.${sql}`);
  return `INSERT INTO ${rowsTable(id)} (${list(names)}) VALUES (${list(names.map(() => '?'))})
    ON CONFLICT (key) DO UPDATE SET ${list(set)}`;
};

/** What may stand in a column of this use. Throws for anything else: a fold that writes it is a defect. */
export const checkValue = ({ name, use }: Column, value: ColumnValue): ColumnValue => {
  const fits =
    value === null ||
    (use === 'group' && (typeof value === 'string' || Number.isSafeInteger(value))) ||
    (use === 'range' && typeof value === 'number') ||
    (use === 'id' && typeof value === 'string');
  if (!fits) throw new Error(`the column ${name} cannot hold ${JSON.stringify(value)}`);
  return value;
};
