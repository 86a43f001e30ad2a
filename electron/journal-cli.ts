/**
 * `npm run journal -- verify|rebuild|export [--data DIR]`, `npm run journal -- backup|restore BACKUP [--data DIR]`. Exit status 0: all holds, or it is done; 1: it does not hold, or could not be
 * done; 2: not understood. Results go to standard output, everything else to standard error.
 */
import { once } from 'node:events';
import { copyFileSync, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { dataFolderPaths, defaultDataFolder, type DataFolderPaths } from '../native/os/data-folder.ts';
import { DataFileError } from '../native/os/data-file-error.ts';
import { createHeadStore } from '../native/os/head-store.ts';
import { refuseDebugger } from '../native/os/no-debugger.ts';
import { maskOthers } from '../native/os/owner-only.ts';
import { createSigner } from '../native/os/signing.ts';
import { exportPayloads } from '../native/sqlite/export.ts';
import { journalStateOf } from '../native/sqlite/folder-state.ts';
import { openJournal } from '../native/sqlite/journal.ts';
import { JournalOpenError } from '../native/sqlite/open-error.ts';
import { verifyJournal } from '../native/sqlite/verify.ts';
import { parseJournalOptions, type JournalCliOptions } from './journal-cli-options.ts';
import { text, verdictText } from './journal-cli-text.ts';
import { makeBackup, refusesBackup } from './journal-backup.ts';
import { refusesRestore, restoreAll, restoreKeys } from './journal-restore.ts';
import type { Outcome } from './journal-backup-text.ts';
import { readRecoveryCode } from './read-recovery-code.ts';
import { JournalError, type Verification } from './station/ports/journal.port.ts';
import { createProjector } from './station/core/project.ts';
import { liftsOf } from './station/core/facts.ts';
import { rebuildReadModels } from './station/core/rebuild.ts';
import { demoRowsAlone } from './station/features/demo/demo.feature.ts';
import { stationFeatures } from './station/features.ts';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const complain = (line: string): 1 => {
  process.stderr.write(`${line}\n`);
  return 1;
};

const readKey = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** The file says that it goes with a write-ahead log (SQLite's file format, bytes 18 and 19), and there is none. */
const lacksWal = (journal: string): boolean => {
  try {
    return !existsSync(`${journal}-wal`) && readFileSync(journal).readUInt8(18) === 2;
  } catch {
    return false;
  }
};

/** What a missing write-ahead log looks like. */
const lostRows: ReadonlySet<string> = new Set(['unreadable', 'cutTail']);

/** SQLite would make the missing log beside the file: what is evidence, or lies on a disk that can only be read, is looked at elsewhere. */
const onACopy = <T>(journal: string, work: (copy: string) => T): T => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-verify-'));
  try {
    const copy = path.join(folder, 'journal.db');
    copyFileSync(journal, copy);
    return work(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const verify = (paths: DataFolderPaths, publicKey: string | null): 0 | 1 => {
  const publicKeyPem = readKey(publicKey ?? paths.signingPublicKey);
  if (publicKeyPem === null && publicKey !== null) return complain(text.missingKey(publicKey));
  // Without our own public key no head is proven to be ours; the chain is walked all the same, since it may be broken before that.
  const alone = lacksWal(paths.journal);
  const verifyAt = (journal: string): Verification =>
    verifyJournal({ path: journal, headsFolder: paths.heads, publicKeyPem: publicKeyPem ?? '' });
  const verdict = alone ? onACopy(paths.journal, verifyAt) : verifyAt(paths.journal);
  say(verdictText(verdict));
  if (!verdict.ok && alone && lostRows.has(verdict.problem)) say(text.copiedWithoutWal);
  return verdict.ok ? 0 : 1;
};

/** What stands in a journal is of these, also where the demo does not run. */
const recording = [...stationFeatures, demoRowsAlone];

const rebuild = (paths: DataFolderPaths): 0 => {
  const journal = openJournal({
    path: paths.journal,
    clock: { nowMs: Date.now },
    signer: createSigner(
      { privateKey: paths.signingKey, publicKey: paths.signingPublicKey },
      { mayMake: journalStateOf(paths) !== 'entries' },
    ),
    headStore: createHeadStore(paths.heads),
    lifts: liftsOf(recording),
  });
  try {
    say(text.rebuilt(rebuildReadModels(journal, createProjector(recording)).facts));
  } finally {
    journal.close();
  }
  return 0;
};

const writeRows = async (paths: DataFolderPaths, out: Writable): Promise<number> => {
  let rows = 0;
  for (const payload of exportPayloads(paths.journal)) {
    if (!out.write(`${payload}\n`)) await once(out, 'drain');
    rows += 1;
  }
  return rows;
};

const exportTo = async (paths: DataFolderPaths, file: string): Promise<0 | 1> => {
  // The file holds what happened in people's homes, if not their names: for its owner only.
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  try {
    await once(out, 'open');
    const rows = await writeRows(paths, out);
    out.end();
    await finished(out);
    process.stderr.write(`${text.exported(rows, file)}\n`);
    return 0;
  } catch (error) {
    out.destroy();
    if (error instanceof JournalError) throw error;
    return complain(codeOf(error) === 'EEXIST' ? text.outExists(file) : text.outFailed(file, codeOf(error)));
  }
};

const exportRows = async (paths: DataFolderPaths, out: string | null): Promise<0 | 1> => {
  if (out !== null) return exportTo(paths, out);
  await writeRows(paths, process.stdout);
  return 0;
};

const printed = ({ done, lines }: Outcome): 0 | 1 => {
  const print = done ? say : complain;
  for (const line of lines) print(line);
  return done ? 0 : 1;
};

const backup = async (folder: string, paths: DataFolderPaths): Promise<0 | 1> => {
  const early = refusesBackup(folder, paths);
  if (early !== null) return printed(early);
  return printed(await makeBackup(folder, paths, await readRecoveryCode(), Date.now()));
};

const restore = async (folder: string, paths: DataFolderPaths, keysOnly: boolean): Promise<0 | 1> => {
  const early = refusesRestore(folder, paths, keysOnly);
  if (early !== null) return printed(early);
  const code = await readRecoveryCode();
  return printed(keysOnly ? restoreKeys(folder, paths, code, Date.now()) : restoreAll(folder, paths, code));
};

const run = async (options: JournalCliOptions): Promise<0 | 1> => {
  const paths = dataFolderPaths(options.data ?? defaultDataFolder());
  if (options.command === 'restore' && options.folder !== null) return restore(options.folder, paths, options.keysOnly);
  if (!existsSync(paths.journal)) return complain(text.missing(paths.folder));
  if (options.command === 'backup' && options.folder !== null) return backup(options.folder, paths);
  if (options.command === 'verify') return verify(paths, options.publicKey);
  return options.command === 'rebuild' ? rebuild(paths) : exportRows(paths, options.out);
};

const main = async (words: readonly string[]): Promise<0 | 1 | 2> => {
  const options = parseJournalOptions(words);
  if (!options.ok) {
    complain(text.usage(options.error));
    return 2;
  }
  try {
    return await run(options.value);
  } catch (error) {
    if (error instanceof JournalError) return complain(text.fault(error.fault));
    if (error instanceof DataFileError) return complain(text.dataFile(error.file, error.fault));
    if (error instanceof JournalOpenError)
      return complain(error.fault.kind === 'inUse' ? text.inUse : text.newerSchema);
    throw error;
  }
};

// Whoever reads our output may stop early (`| head`): that is no failure of ours.
process.stdout.on('error', (error) => {
  process.exit(codeOf(error) === 'EPIPE' ? 0 : 1);
});
maskOthers();
refuseDebugger();
process.exitCode = await main(process.argv.slice(2));
