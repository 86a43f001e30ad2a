/** What is to be said of a gate's outputs and inputs beside what its camera names itself. Saving stays possible: the camera may be wrong, or away. */

export interface Wired {
  /** As it was written. */
  readonly value: string;
  /** What the other end of the arm's way is wired to, as it was written. */
  readonly other: string;
  /** What the camera names itself; `null` as long as it has not said. */
  readonly named: readonly string[] | null;
}

/** `unknownName`: the camera named others; `sameTwice`: up and down are the same; `null`: nothing to say. */
export const doubtOf = ({ value, other, named }: Wired): 'unknownName' | 'sameTwice' | null => {
  const written = value.trim();
  if (written === '') return null;
  if (written === other.trim()) return 'sameTwice';
  return named !== null && named.length > 0 && !named.includes(written) ? 'unknownName' : null;
};
