import { seconds } from '../../domain/kernel/time.ts';
import { byDevice, type Work, type Worker } from '../core/work.ts';
import type { Clock } from '../ports/clock.port.ts';
import { JournalError } from '../ports/journal.port.ts';

/** A report that storage did not take is tried again after this long; only the newest of its kind. */
export const RETRY_MS = seconds(5);

/** Devices do not wait for an answer: what storage refuses now is written when it can be, the newest of each key. */
export interface Keeper {
  readonly keep: (key: string, deviceId: string, atMs: number, work: (work: Work) => unknown) => void;
  /** Calls back when storage may take it, unless something newer of this key comes first. */
  readonly later: (key: string, callback: () => void) => void;
  /** What waited under this key is over. */
  readonly cancel: (key: string) => void;
  readonly stop: () => void;
}

export const createKeeper = ({ clock, worker }: { readonly clock: Clock; readonly worker: Worker }): Keeper => {
  const retries = new Map<string, () => void>();
  let stopped = false;

  const cancel = (key: string): void => {
    retries.get(key)?.();
    retries.delete(key);
  };
  const later = (key: string, callback: () => void): void => {
    cancel(key);
    if (!stopped) retries.set(key, clock.after(RETRY_MS, callback));
  };
  const keep = (key: string, deviceId: string, atMs: number, work: (work: Work) => unknown): void => {
    cancel(key);
    try {
      worker.commit(byDevice(deviceId, atMs), work);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      later(key, () => keep(key, deviceId, atMs, work));
    }
  };

  return {
    keep,
    later,
    cancel,
    stop: () => {
      stopped = true;
      for (const key of retries.keys()) cancel(key);
    },
  };
};

/** Counts what was not understood: a torrent of rubbish is a line at 1, 10, 100 … and not one each. */
export interface Unrecognised {
  readonly count: (source: string, detail: string) => void;
  /** How many reports were not understood, by where they came from. */
  readonly bySource: () => ReadonlyMap<string, number>;
}

const isPowerOfTen = (count: number): boolean => /^10*$/.test(String(count));

export const createUnrecognised = (log: {
  readonly warn: (message: string, fields: Readonly<Record<string, string | number>>) => void;
}): Unrecognised => {
  const counts = new Map<string, number>();
  return {
    count: (source, detail) => {
      const times = (counts.get(source) ?? 0) + 1;
      counts.set(source, times);
      if (isPowerOfTen(times)) log.warn('a report was not understood', { source, detail, times });
    },
    bySource: () => counts,
  };
};
