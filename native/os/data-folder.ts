import os from 'node:os';
import path from 'node:path';

/** Every file that the station keeps, by what it is. */
export interface DataFolderPaths {
  readonly folder: string;
  readonly journal: string;
  /** Keys of data subjects: never part of a backup of the journal. */
  readonly keys: string;
  readonly secretsKey: string;
  /** The same key under the system's keychain, where the desktop program keeps it. */
  readonly secretsProtected: string;
  readonly signingKey: string;
  readonly signingPublicKey: string;
  /** The signed head and the trace. */
  readonly heads: string;
  /** Files of jobs that wait to be fetched: none of it stays. */
  readonly results: string;
  /** Pictures, encrypted under keys of `keys`: not part of a backup. */
  readonly pictures: string;
}

/** Where things are in a data folder. */
export const dataFolderPaths = (folder: string): DataFolderPaths => ({
  folder,
  journal: path.join(folder, 'journal.db'),
  keys: path.join(folder, 'keys.db'),
  secretsKey: path.join(folder, 'secrets.key'),
  secretsProtected: path.join(folder, 'secrets.protected'),
  signingKey: path.join(folder, 'signing.key'),
  signingPublicKey: path.join(folder, 'signing.pub'),
  heads: path.join(folder, 'heads'),
  results: path.join(folder, 'results'),
  pictures: path.join(folder, 'pictures'),
});

/** What the place of the data folder depends on. */
export interface Machine {
  readonly platform: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const thisMachine = (): Machine => ({ platform: process.platform, home: os.homedir(), env: process.env });

/** The data folder when none is named: `%APPDATA%`, `~/Library/Application Support` or `$XDG_DATA_HOME` (`~/.local/share`), `guardroom` in it. */
export const defaultDataFolder = ({ platform, home, env }: Machine = thisMachine()): string => {
  if (platform === 'win32')
    return path.win32.join(env['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'guardroom');
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'guardroom');
  const share = env['XDG_DATA_HOME'];
  // The XDG base directory specification: a relative path there is to be ignored.
  const base = share !== undefined && path.posix.isAbsolute(share) ? share : path.posix.join(home, '.local', 'share');
  return path.posix.join(base, 'guardroom');
};
