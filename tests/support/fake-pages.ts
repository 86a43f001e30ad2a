import type {
  Condition,
  FoundRow,
  Page,
  PageQuestion,
  QueryRow,
  QueryShape,
} from '../../electron/station/ports/query.port.ts';

const fits = ({ columns }: QueryRow, condition: Condition): boolean => {
  if ('in' in condition) return condition.in.includes(columns[condition.column] ?? null);
  const { from, to } = condition;
  return condition.anyOf.some((name) => {
    const value = columns[name] ?? null;
    return typeof value === 'number' && value >= (from ?? value) && value <= (to ?? value);
  });
};

/** A page of these rows, whatever their order: the same meaning as on SQLite (the conformance suite runs on both). */
export const pageOf = (rows: readonly FoundRow[], { from, limit, where }: PageQuestion): Page => {
  const found = rows
    .filter(({ key }) => ('after' in from ? key > from.after : key < (from.before ?? Number.MAX_SAFE_INTEGER)))
    .filter((row) => where.every((condition) => fits(row, condition)))
    .toSorted((left, right) => ('after' in from ? left.key - right.key : right.key - left.key));
  return { rows: found.slice(0, limit), more: found.length > limit };
};

/** What cannot be asked of rows of this shape is a defect of whoever asks. */
export const assertAskable = ({ columns }: QueryShape, { where }: PageQuestion): void => {
  for (const condition of where) {
    const names = 'in' in condition ? [condition.column] : condition.anyOf;
    const uses = 'in' in condition ? ['group', 'id'] : ['range'];
    const wrong = names.find((name) => !uses.includes(columns[name] ?? 'none'));
    if (wrong !== undefined) throw new Error(`nothing is found by ${wrong} in this way`);
  }
};
