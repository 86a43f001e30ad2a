/**
 * The turns of a process in memory. What a station puts off runs with the next turn of the real one; and whatever comes from outside (a report of a
 * device, a timer) is a turn of its own here as there, so that a test which lets something happen finds it told when it looks.
 */
export interface Turns {
  /** As a station is given it. */
  readonly later: (work: () => void) => void;
  /** Ends the turn: what was put off until now runs. */
  readonly end: () => void;
  /** These ways into the station, each call a turn of its own. */
  readonly ending: <Way extends (...given: never[]) => unknown>(way: Way) => Way;
}

export const createTurns = (): Turns => {
  let waiting: (() => void)[] = [];
  const end = (): void => {
    const now = waiting;
    waiting = [];
    for (const work of now) work();
  };
  return {
    later: (work) => {
      waiting.push(work);
      setImmediate(end);
    },
    end,
    ending: <Way extends (...given: never[]) => unknown>(way: Way): Way =>
      ((...given) => {
        const value = way(...given);
        end();
        return value;
      }) as Way,
  };
};
