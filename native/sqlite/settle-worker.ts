/**
 * Entry of the worker thread that takes forgotten bytes off the disk: takes the file's path as its data, copies the WAL into the file, cuts it
 * to nothing, posts `null` or the fault, ends.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { JournalError, type JournalFault } from '../../electron/station/ports/journal.port.ts';
import { guarded, openWritable } from './database.ts';
import { truncateWal } from './keys-schema.ts';

const settle = (file: string): JournalFault | null => {
  try {
    const db = openWritable(file);
    try {
      guarded(() => {
        // The bulk of it keeps nobody waiting; what cuts the WAL locks out writers, and finds little left to do.
        db.pragma('wal_checkpoint(PASSIVE)');
        truncateWal(db);
      });
    } finally {
      db.close();
    }
    return null;
  } catch (error) {
    if (error instanceof JournalError) return error.fault;
    throw error;
  }
};

const path: unknown = workerData;
if (typeof path !== 'string') throw new TypeError('the worker that settles the keys needs a path');
parentPort?.postMessage(settle(path), []);
