import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import type { Log } from '../../electron/station/ports/clock.port.ts';

/** A log file is put aside at this size, so that two of them bound the space. */
const ROTATE_BYTES = 10 * 1024 * 1024;

/** What looks like an address with credentials is written without them, whoever logs it. */
const withoutCredentials = (text: string): string => text.replaceAll(/(\w+:\/\/)[^\s/@]*@/g, '$1');

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

export interface FileLog extends Log {
  readonly close: () => void;
}

/** The installer's log: one JSON line an event in `<dir>/<name>.log`, the one before beside it. Errors also go to standard error. */
export const createFileLog = (dir: string, name: string): FileLog => {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, `${name}.log`);
  if (sizeOf(file) > ROTATE_BYTES) renameSync(file, path.join(dir, `${name}.1.log`));
  const destination = pino.destination({ dest: file, sync: true });
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const write =
    (level: 'info' | 'warn' | 'error'): Log['info'] =>
    (message, fields = {}) => {
      const clean = Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [
          key,
          typeof value === 'string' ? withoutCredentials(value) : value,
        ]),
      );
      logger[level](clean, withoutCredentials(message));
      if (level === 'error') process.stderr.write(`${withoutCredentials(message)} ${JSON.stringify(clean)}\n`);
    };
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => {
      destination.flushSync();
      destination.end();
    },
  };
};
