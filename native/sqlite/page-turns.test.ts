import { describe, expect, test } from 'vitest';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Page, PageQuestion } from '../../electron/station/ports/query.port.ts';
import type { PageAnswer } from './page-messages.ts';
import { createPageTurns } from './page-turns.ts';

const empty: Page = { rows: [], more: false };

/** Questions named by their collection, each of so many steps of 3 ms; what is later is done when the test says so. */
const makeTurns = (steps: Readonly<Record<string, number | 'fault' | 'defect'>>) => {
  const did: string[] = [];
  const answers: PageAnswer[] = [];
  const next: (() => void)[] = [];
  let now = 0;
  let resets = 0;
  const run = function* run({ collection }: PageQuestion): Generator<void, Page> {
    const count = steps[collection] ?? 0;
    if (count === 'fault') throw new JournalError({ kind: 'readOnly' });
    if (count === 'defect') throw new Error('no such column');
    for (let step = 1; step < count; step += 1) {
      did.push(collection);
      now += 3;
      yield;
    }
    did.push(collection);
    now += 3;
    return empty;
  };
  const turns = createPageTurns({
    begin: run,
    step: (generator) => generator.next(),
    reset: () => {
      resets += 1;
    },
    answer: (message) => answers.push(message),
    now: () => now,
    later: (callback) => next.push(callback),
  });
  let lastId = 0;
  return {
    ask: (collection: string): number => {
      lastId += 1;
      turns.take({ t: 'ask', id: lastId, question: { collection, from: { before: null }, limit: 1, where: [] } });
      return lastId;
    },
    cancel: (id: number) => turns.take({ t: 'cancel', id }),
    turn: () => next.shift()?.(),
    toEnd: () => {
      while (next.length > 0) next.shift()?.();
    },
    did,
    answers,
    waits: () => next.length,
    resets: () => resets,
  };
};

describe('questions', () => {
  test('take turns: a short one is answered before a long one that was asked first', () => {
    const { ask, toEnd, did, answers, waits } = makeTurns({ long: 7, short: 1 });
    ask('long');
    ask('short');
    toEnd();
    expect(did).toEqual(['long', 'long', 'short', 'long', 'long', 'long', 'long', 'long']);
    expect(answers.map(({ id }) => id)).toEqual([2, 1]);
    expect(waits()).toBe(0);
    ask('short');
    toEnd();
    expect(answers).toHaveLength(3);
  });

  test('that are cancelled take no turn any more', () => {
    const { ask, cancel, turn, toEnd, did, answers } = makeTurns({ long: 100, other: 3 });
    const long = ask('long');
    ask('other');
    turn();
    cancel(long);
    cancel(77);
    toEnd();
    expect(did).toEqual(['long', 'long', 'other', 'other', 'other']);
    expect(answers.map(({ t, id }) => [t, id])).toEqual([['page', 2]]);
  });

  test('that fail say why; the others begin again on a new connection', () => {
    const { ask, toEnd, turn, did, answers, resets } = makeTurns({ long: 5, broken: 'fault', wrong: 'defect' });
    ask('long');
    turn();
    ask('broken');
    ask('wrong');
    toEnd();
    expect(answers).toEqual([
      { t: 'fault', id: 2, fault: { kind: 'readOnly' } },
      { t: 'defect', id: 3, problem: 'no such column' },
      { t: 'page', id: 1, page: empty },
    ]);
    expect(resets()).toBe(2);
    // Two turns of two steps, and all five once more.
    expect(did).toEqual(Array.from({ length: 2 + 2 + 5 }, () => 'long'));
  });
});
