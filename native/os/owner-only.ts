/**
 * The data folder is its owner's alone: another user of the same PC could otherwise read places and addresses, and stop the writing by a lock on
 * SQLite's `-shm` file. New files come out so by the process's mask, which SQLite follows; what is there already is tightened at each start.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const FOLDER_MODE = 0o700;
const OTHERS = 0o077;
const STICKY = 0o1000;

/** Files of the station and of what it writes beside them; anything else in the folder is somebody's own and is left as it is. */
const ours =
  /^(?:journal|keys)\.db(?:-wal|-shm|-journal|\.lock(?:-journal)?)?$|^(?:secrets|signing)\.(?:key|pub|protected)(?:\..*)?$|^demo\.json$/;
/** Folders of the station, with all that is in them. */
const ourFolders: ReadonlySet<string> = new Set(['heads', 'logs', 'results', 'pictures', 'window']);

/** Everything that this process makes from now on is its owner's alone (files 0600, folders 0700). Not in a worker. */
export const maskOthers = (): void => {
  process.umask(OTHERS);
};

/** Takes the rights of others away, and gives the owner none: who closed a folder to himself meant it. Answers whether that holds, for some file systems keep no rights or belong to somebody else. */
const tighten = (file: string): boolean => {
  try {
    const { mode } = lstatSync(file);
    if ((mode & OTHERS) === 0) return true;
    chmodSync(file, mode & 0o700);
    return (lstatSync(file).mode & OTHERS) === 0;
  } catch (error) {
    // Gone between two looks: SQLite removes its files by itself.
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
};

/** Closed by their folder alone: Chromium's profile is its own, and pictures are too many to be looked at one by one at each start. */
const closedByFolder: ReadonlySet<string> = new Set(['pictures', 'window']);

/** What is in one of our folders. Links are not followed. */
const tightenBelow = (folder: string): boolean =>
  readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return tighten(file);
      return entry.isFile() ? tighten(file) : true;
    })
    .every(Boolean);

const tightenEntry = (folder: string, name: string): boolean => {
  const file = path.join(folder, name);
  const kind = lstatSync(file, { throwIfNoEntry: false });
  if (kind?.isFile() === true) return ours.test(name) ? tighten(file) : true;
  if (kind?.isDirectory() !== true || !ourFolders.has(name)) return true;
  return tighten(file) && (closedByFolder.has(name) || tightenBelow(file));
};

/** A folder that others live in as well: the home of all users, the system's temporary folder, the root. */
const isShared = (folder: string): boolean =>
  (lstatSync(folder).mode & STICKY) !== 0 || path.dirname(folder) === folder || folder === os.homedir();

const tightenPosix = (folder: string): boolean => {
  const shared = isShared(folder);
  const own = shared ? (lstatSync(folder).mode & OTHERS) === 0 : tighten(folder);
  return (
    readdirSync(folder)
      .map((name) => tightenEntry(folder, name))
      .every(Boolean) && own
  );
};

/**
 * The two calls of `icacls` (Microsoft, "icacls", Windows Server commands): the folder inherits nothing any more and grants full access, for all
 * that is and will be in it, to its user, to the system (S-1-5-18) and to administrators (S-1-5-32-544), who may take it anyway; then what is
 * in the folder goes back to what it inherits from it.
 */
export const icaclsCalls = (folder: string, user: string): readonly (readonly string[])[] => [
  [
    folder,
    '/inheritance:r',
    '/grant:r',
    `${user}:(OI)(CI)F`,
    '/grant:r',
    '*S-1-5-18:(OI)(CI)F',
    '/grant:r',
    '*S-1-5-32-544:(OI)(CI)F',
    '/Q',
  ],
  [path.win32.join(folder, '*'), '/reset', '/T', '/C', '/Q'],
];

/** `DOMAIN\user` of this process on Windows. */
const windowsUser = (env: NodeJS.ProcessEnv): string => {
  const { username } = os.userInfo();
  const domain = env['USERDOMAIN'];
  return domain === undefined ? username : `${domain}\\${username}`;
};

const tightenWindows = (folder: string, env: NodeJS.ProcessEnv): boolean => {
  const program = path.win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'icacls.exe');
  // An empty folder has nothing to be reset, and `icacls` calls that a failure.
  const calls = icaclsCalls(folder, windowsUser(env)).slice(0, readdirSync(folder).length === 0 ? 1 : 2);
  for (const words of calls) execFileSync(program, [...words], { stdio: 'ignore', windowsHide: true, timeout: 20_000 });
  return true;
};

/**
 * Makes the data folder where it is missing, and takes the rights of others from it and from the station's files in it. Answers whether others
 * are shut out now; a shared folder or a file system without rights is used all the same, and that is to be said.
 * Throws what the file system throws when the folder cannot be made or read.
 */
export const keepToOwner = (folder: string): boolean => {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  if (process.platform !== 'win32') return tightenPosix(folder);
  try {
    return tightenWindows(folder, process.env);
  } catch {
    return false;
  }
};
