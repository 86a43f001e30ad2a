import type { Clock } from '../../electron/station/ports/clock.port.ts';

/** Messages under accounts that are not set up, from one address, after which people are told: a receiver set up wrongly, or somebody who guesses. */
const toldAfter = 10;
const windowMs = 10 * 60_000;
/** A guesser that goes on is told again after this long. */
const againMs = 60_000;
/** More than this from one address in a minute is guessing. Then its answers wait, right or wrong alike, so that the waiting tells nothing. */
const guessesPerMinute = 3;
const guessedAnswerMs = 2000;
const rememberedSources = 64;
const rememberedAccounts = 5;

/** What is to be said about one address. */
export interface StrangerNews {
  readonly source: string;
  readonly accounts: readonly string[];
  readonly times: number;
}

/** Counts messages under unknown accounts by where they came from; holds at most 64 addresses. */
export interface Strangers {
  /** Another one came; what to tell people now, or null. */
  readonly note: (source: string, account: string) => StrangerNews | null;
  /** How long an answer to this address waits, 0 to 2000 milliseconds. */
  readonly waitMs: (source: string) => number;
}

interface Seen {
  readonly sinceMs: number;
  readonly accounts: Set<string>;
  times: number;
  minute: { readonly sinceMs: number; readonly times: number };
  told: { readonly atMs: number; readonly times: number } | null;
}

export const createStrangers = (clock: Clock): Strangers => {
  const seen = new Map<string, Seen>();
  return {
    note: (source, account) => {
      const nowMs = clock.monotonicMs();
      const known = seen.get(source);
      const entry: Seen =
        known === undefined || nowMs - known.sinceMs > windowMs
          ? { sinceMs: nowMs, accounts: new Set<string>(), times: 0, minute: { sinceMs: nowMs, times: 0 }, told: null }
          : known;
      seen.delete(source);
      seen.set(source, entry);
      const oldest = seen.keys().next().value;
      if (seen.size > rememberedSources && oldest !== undefined) seen.delete(oldest);
      entry.times += 1;
      const { minute } = entry;
      entry.minute =
        nowMs - minute.sinceMs < 60_000 ? { ...minute, times: minute.times + 1 } : { sinceMs: nowMs, times: 1 };
      if (entry.accounts.size < rememberedAccounts) entry.accounts.add(account);
      if (entry.times < toldAfter || (entry.told !== null && nowMs - entry.told.atMs < againMs)) return null;
      const times = entry.times - (entry.told?.times ?? 0);
      entry.told = { atMs: nowMs, times: entry.times };
      return { source, accounts: [...entry.accounts], times };
    },
    waitMs: (source) => {
      const minute = seen.get(source)?.minute;
      const guessing =
        minute !== undefined && minute.times > guessesPerMinute && clock.monotonicMs() - minute.sinceMs < 60_000;
      return guessing ? guessedAnswerMs : 0;
    },
  };
};
