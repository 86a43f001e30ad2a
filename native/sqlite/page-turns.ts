/** Lets questions take turns: each has a short time, then the next one has its own, so that a long one delays nobody else by more than that. */
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Page, PageQuestion } from '../../electron/station/ports/query.port.ts';
import type { PageAnswer, PageRequest } from './page-messages.ts';

/** How long a question is worked on in one turn, milliseconds. One step more may come on top (measured: 2 ms for a block). */
const TURN_MS = 4;

export interface PageTurnsDeps {
  /** Begins a question on the connection as it is now; opens it where it is not open. Throws `JournalError`. */
  readonly begin: (question: PageQuestion) => Generator<void, Page>;
  /** Takes one step, all that it reads of one moment. */
  readonly step: (steps: Generator<void, Page>) => IteratorResult<void, Page>;
  /** What was wrong with the file may be put right: the next question opens it again. */
  readonly reset: () => void;
  readonly answer: (message: PageAnswer) => void;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Lets messages come in, then goes on. */
  readonly later: (next: () => void) => void;
}

export interface PageTurns {
  readonly take: (request: PageRequest) => void;
}

const problemOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

export const createPageTurns = ({ begin, step, reset, answer, now, later }: PageTurnsDeps): PageTurns => {
  /** In the order of their turns; the steps are begun by the first of them. */
  const waiting = new Map<number, { readonly question: PageQuestion; steps: Generator<void, Page> | null }>();
  let running = false;

  /** Whether it is answered. */
  const turn = (
    id: number,
    asked: { readonly question: PageQuestion; steps: Generator<void, Page> | null },
  ): boolean => {
    const end = now() + TURN_MS;
    try {
      asked.steps ??= begin(asked.question);
      do {
        const { done, value } = step(asked.steps);
        if (done === true) {
          answer({ t: 'page', id, page: value });
          return true;
        }
      } while (now() < end);
      return false;
    } catch (error) {
      reset();
      // Other questions read from a connection that is closed now: they begin again where nothing was answered yet.
      for (const other of waiting.values()) other.steps = null;
      if (error instanceof JournalError) answer({ t: 'fault', id, fault: error.fault });
      else answer({ t: 'defect', id, problem: problemOf(error) });
      return true;
    }
  };

  const next = (): void => {
    const [first] = waiting;
    if (first === undefined) {
      running = false;
      return;
    }
    const [id, asked] = first;
    waiting.delete(id);
    if (!turn(id, asked)) waiting.set(id, asked);
    later(next);
  };

  return {
    take: (request) => {
      if (request.t === 'cancel') {
        waiting.delete(request.id);
        return;
      }
      waiting.set(request.id, { question: request.question, steps: null });
      if (running) return;
      running = true;
      later(next);
    },
  };
};
