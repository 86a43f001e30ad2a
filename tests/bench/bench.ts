/** One measured line. `ratio` compares with `against`, measured in the same run; smaller is better unless `better` says otherwise. */
export interface BenchLine {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number | null;
  readonly against: string;
  /** The ratio that the project aims at, and whether it was met: for the reader, not for a machine to fail on. */
  readonly aim?: string;
  readonly note?: string;
}

const digits = (value: number): number => Number(value.toPrecision(4));

/** Prints one JSON line. */
export const print = (line: BenchLine): void => {
  console.log(
    JSON.stringify({ ...line, value: digits(line.value), ratio: line.ratio === null ? null : digits(line.ratio) }),
  );
};

/** The middle value; of an even count, the mean of the two in the middle. Throws for none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('no values');
  return (upper + lower) / 2;
};

/** The value that `share` (0 to 1) of the values do not exceed (nearest rank). Throws for none. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new Error('no values');
  return value;
};

/** Progress for whoever waits; the results alone go to standard output. */
export const progress = (message: string): void => {
  process.stderr.write(`${message}\n`);
};
