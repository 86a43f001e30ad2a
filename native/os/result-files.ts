/** The files of jobs, in a folder of their own in the data folder: its owner's alone, bounded, and empty after every start and stop. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../electron/station/ports/clock.port.ts';
import { ResultError, type ResultStore } from '../../electron/station/ports/results.port.ts';

export interface ResultFilesOptions {
  readonly folder: string;
  readonly clock: Pick<Clock, 'after' | 'monotonicMs'>;
  /** Bytes of one file at most. */
  readonly mostBytes?: number;
}

/** A log of five years has about 200 MB as a table; half of that is still opened by a spreadsheet. */
const MOST_BYTES = 128 * 1024 * 1024;
/** How long a file waits to be fetched, milliseconds. */
const KEPT_MS = 10 * 60_000;
/** How long a ticket is good, milliseconds. */
const TICKET_MS = 60_000;

const failed = (error: unknown): ResultError =>
  error instanceof ResultError ? error : new ResultError('failed', error instanceof Error ? error.message : 'unknown');

export const createResultFiles = ({ folder, clock, mostBytes = MOST_BYTES }: ResultFilesOptions): ResultStore => {
  // What a station that was killed left holds names.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  /** Files that are whole, and how to stop waiting for the end of their time. */
  const whole = new Map<string, () => void>();
  const tickets = new Map<string, { readonly id: string; readonly madeAtMs: number }>();
  const fileOf = (id: string): string => path.join(folder, `${encodeURIComponent(id)}.part`);

  const remove = async (id: string): Promise<void> => {
    whole.get(id)?.();
    whole.delete(id);
    for (const [ticket, of] of tickets) if (of.id === id) tickets.delete(ticket);
    await rm(fileOf(id), { force: true });
  };
  const removeAll = async (): Promise<void> => {
    for (const id of whole.keys()) await remove(id);
  };

  return {
    open: async (id) => {
      const handle = await open(fileOf(id), 'wx', 0o600).catch((error: unknown) => {
        throw failed(error);
      });
      let bytes = 0;
      return {
        write: async (text) => {
          const data = Buffer.from(text);
          bytes += data.length;
          if (bytes > mostBytes) throw new ResultError('tooLarge', `more than ${mostBytes} bytes`);
          await handle.writeFile(data).catch((error: unknown) => {
            throw failed(error);
          });
        },
        close: async () => {
          await handle.close().catch((error: unknown) => {
            throw failed(error);
          });
          whole.set(
            id,
            clock.after(KEPT_MS, () => void remove(id)),
          );
          return bytes;
        },
        discard: async () => {
          await handle.close().catch(() => undefined);
          await rm(fileOf(id), { force: true });
        },
      };
    },
    ticket: (id) => {
      if (!whole.has(id)) return null;
      const ticket = randomBytes(24).toString('base64url');
      tickets.set(ticket, { id, madeAtMs: clock.monotonicMs() });
      return ticket;
    },
    redeem: async (ticket) => {
      const known = tickets.get(ticket);
      tickets.delete(ticket);
      if (known === undefined || clock.monotonicMs() - known.madeAtMs > TICKET_MS || !whole.has(known.id)) return null;
      const bytes = await readFile(fileOf(known.id)).catch(() => null);
      await remove(known.id);
      return bytes;
    },
    removeAll,
    close: async () => {
      await removeAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
