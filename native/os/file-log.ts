/**
 * The installer's log. It is about the station and never part of it: whatever becomes of the file (a full disk, a folder that is gone, a file
 * in the folder's place), no call of it throws or waits, and what could not be written is counted and told when there is room again.
 */
import path from 'node:path';
import pino from 'pino';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import { createBoundedFile } from './bounded-file.ts';
import { createSystemClock } from '../kit/system-clock.ts';

/** A log file is put aside before it grows over this, so that two of them bound the space. */
const ROTATE_BYTES = 10 * 1024 * 1024;
/** Lines of one message in one window; further ones are counted, and the count is written when the window is over. */
const LINES_A_WINDOW = 20;
const WINDOW_MS = 60_000;
/** Characters of a message or of one field: what a device sends must not make a line of any length. */
const MOST_CHARACTERS = 2000;
/** Messages told apart; they are constants of the program, so that more of them is a mistake that must not cost memory. */
const MOST_MESSAGES = 500;

/** What looks like an address with credentials is written without them, whoever logs it; so is what is named a password in an address. */
const withoutCredentials = (text: string): string =>
  text
    .replaceAll(/(\b[a-z][a-z0-9+.-]{1,15}:\/\/)\S{0,500}@/gi, '$1')
    .replaceAll(/(?<![a-z])(pass|passwd|password|pwd|psw)([=_])[^\s&"/]*/gi, '$1$2…');

/** Twice what is kept is looked at, so that credentials do not lose the sign that ends them by being cut. */
const clean = (text: string): string => {
  const cleaned = withoutCredentials(text.slice(0, 2 * MOST_CHARACTERS));
  const isWhole = text.length <= 2 * MOST_CHARACTERS && cleaned.length <= MOST_CHARACTERS;
  return isWhole ? cleaned : `${cleaned.slice(0, MOST_CHARACTERS)}… (${text.length})`;
};

type Level = 'info' | 'warn' | 'error';
type Fields = Parameters<Log['info']>[1];

export interface FileLog extends Log {
  readonly close: () => void;
}

interface Tally {
  readonly level: Level;
  readonly message: string;
  readonly sinceMs: number;
  written: number;
  /** Not written one by one. */
  held: number;
}

export interface FileLogOptions {
  readonly clock?: Pick<Clock, 'monotonicMs' | 'after'>;
  /** Where errors are shown beside the file; standard error when not named. */
  readonly show?: (line: string) => void;
  readonly mostBytes?: number;
}

const showOnStandardError = (line: string): void => {
  process.stderr.write(line);
};

/**
 * One JSON line an event in `<dir>/<name>.log`, the one before in `<name>.1.log`; each at most 10 MB. Of a message that repeats, 20 lines a
 * minute are written and the others counted. Errors are also shown on standard error. No call throws.
 */
export const createFileLog = (dir: string, name: string, options: FileLogOptions = {}): FileLog => {
  const { clock = createSystemClock(), show = showOnStandardError, mostBytes = ROTATE_BYTES } = options;
  const file = createBoundedFile({
    file: path.join(dir, `${name}.log`),
    aside: path.join(dir, `${name}.1.log`),
    mostBytes,
  });
  const tallies = new Map<string, Tally>();
  let lost = 0;
  let cancelTimer: (() => void) | null = null;

  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line: string) => {
        if (!file.add(line)) lost += 1;
      },
    },
  );

  const put = (level: Level, message: string, fields: NonNullable<Fields>): void => {
    try {
      const before = lost;
      logger[level](fields, message);
      if (before > 0 && lost === before) {
        lost = 0;
        logger.warn({ lines: before }, 'lines before this could not be written');
      }
      if (level === 'error') show(`${message} ${JSON.stringify(fields)}\n`);
    } catch {
      // A stream that is gone, or a field that cannot be written: a line less, and nobody's trouble.
      lost += 1;
    }
  };

  const tellHeld = ({ level, message, held, sinceMs }: Tally): void => {
    if (held > 0) put(level, message, { repeated: held, withinMs: Math.round(clock.monotonicMs() - sinceMs) });
  };

  /** Closes the windows that are over, and looks again while one is open that holds something. */
  const sweep = (): void => {
    cancelTimer = null;
    const nowMs = clock.monotonicMs();
    for (const [key, tally] of tallies) {
      if (nowMs - tally.sinceMs < WINDOW_MS) continue;
      tallies.delete(key);
      tellHeld(tally);
    }
    if ([...tallies.values()].some(({ held }) => held > 0)) cancelTimer = clock.after(WINDOW_MS, sweep);
  };

  const tallyOf = (level: Level, message: string): Tally => {
    const key = `${level} ${message}`;
    const known = tallies.get(key);
    const nowMs = clock.monotonicMs();
    if (known !== undefined && nowMs - known.sinceMs < WINDOW_MS) return known;
    if (known !== undefined) tellHeld(known);
    if (tallies.size >= MOST_MESSAGES) tallies.clear();
    const begun: Tally = { level, message, sinceMs: nowMs, written: 0, held: 0 };
    tallies.set(key, begun);
    return begun;
  };

  const write =
    (level: Level): Log['info'] =>
    (text, fields = {}) => {
      const message = clean(text);
      const tally = tallyOf(level, message);
      if (tally.written >= LINES_A_WINDOW) {
        tally.held += 1;
        cancelTimer ??= clock.after(WINDOW_MS, sweep);
        return;
      }
      tally.written += 1;
      const entries = Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === 'string' ? clean(value) : value,
      ]);
      put(level, message, Object.fromEntries(entries));
    };

  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => {
      cancelTimer?.();
      for (const tally of tallies.values()) tellHeld(tally);
      tallies.clear();
      file.close();
    },
  };
};
