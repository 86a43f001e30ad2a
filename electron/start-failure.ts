/** What kept a station from running, told from what was thrown while it was composed. */
import { statfsSync } from 'node:fs';
import { DataFileError } from '../native/os/data-file-error.ts';
import { dataFolderPaths } from '../native/os/data-folder.ts';
import { JournalOpenError } from '../native/sqlite/open-error.ts';
import { KeychainNeededError } from './compose.ts';
import type { StationFailure } from './station-channel.ts';
import { UnownedDeadlineError } from './station/core/deadlines.ts';
import { KeysForeignError } from './station/core/fingerprint.ts';
import { JournalError } from './station/ports/journal.port.ts';
import { RealCommunityError } from './station/features/demo/demo.ts';

interface Failed {
  readonly failure: StationFailure;
  readonly detail: string;
}

/** The disk itself, wherever it was noticed. */
const diskCodes: ReadonlySet<string | undefined> = new Set(['EROFS', 'EIO']);
const fullCodes: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT']);

/** With less than this, SQLite cannot even lay out its shared memory, and says "I/O error" in place of "full"; bytes. */
const FULL_BYTES = 512 * 1024;

const isFull = (folder: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < FULL_BYTES;
  } catch {
    return false;
  }
};

const notWritable = (dataDir: string, file = dataDir): Failed => ({
  failure: isFull(dataDir) ? 'diskFull' : 'notWritable',
  detail: file,
});

const storageFailure = (error: JournalError, dataDir: string): Failed => {
  if (error.fault.kind === 'diskFull') return { failure: 'diskFull', detail: dataDir };
  return error.fault.kind === 'damaged' ? { failure: 'damaged', detail: dataDir } : notWritable(dataDir);
};

const keyFailures = { missing: 'keyMissing', damaged: 'keyDamaged', foreign: 'keyForeign' } as const;

/** A file that cannot be made anew: the journal itself, or one of the keys. */
const dataFileFailure = ({ file, fault }: DataFileError, dataDir: string): Failed => {
  if (file !== dataFolderPaths(dataDir).journal) return { failure: keyFailures[fault], detail: file };
  return { failure: fault === 'missing' ? 'journalMissing' : 'damaged', detail: file };
};

/** What kept the station from running, and about what; `null` for a defect. */
export const failureOf = (error: unknown, dataDir: string): Failed | null => {
  if (error instanceof KeychainNeededError) return { failure: 'keychainNeeded', detail: dataDir };
  if (error instanceof RealCommunityError) return { failure: 'realCommunity', detail: dataDir };
  if (error instanceof DataFileError) return dataFileFailure(error, dataDir);
  // A deadline that nobody owns was set by a program that knows more.
  if (error instanceof UnownedDeadlineError) return { failure: 'newerSchema', detail: dataDir };
  if (error instanceof KeysForeignError) return { failure: 'keyForeign', detail: dataFolderPaths(dataDir).keys };
  if (error instanceof JournalOpenError)
    return { failure: error.fault.kind === 'inUse' ? 'inUse' : 'newerSchema', detail: dataDir };
  if (error instanceof JournalError) return storageFailure(error, dataDir);
  if (!(error instanceof Error)) return null;
  if (error.message.startsWith('the simulators')) return { failure: 'demoFailed', detail: error.message };
  const fault: NodeJS.ErrnoException & { readonly port?: number } = error;
  if (fault.syscall === 'listen') return { failure: 'portTaken', detail: String(fault.port ?? fault.message) };
  // What SQLite itself calls a misuse comes, at a start, from a file that is not as we made it.
  if (fault.code?.startsWith('SQLITE_') === true) return { failure: 'damaged', detail: dataDir };
  if (fullCodes.has(fault.code)) return { failure: 'diskFull', detail: dataDir };
  // The system refused a file or folder of the data folder: whatever its reason, the folder cannot be used as it is.
  if (fault.path?.startsWith(dataDir) === true) return notWritable(dataDir, fault.path);
  return diskCodes.has(fault.code) ? notWritable(dataDir) : null;
};
