import { cpSync } from 'node:fs';
import path from 'node:path';
import { dataFolderPaths, type DataFolderPaths } from '../../native/os/data-folder.ts';

/** A data folder as an earlier version of the program left it, copied into `to`, which is made anew; `tests/fixtures/make-data-folder.ts` tells its story. */
export const copyDataFolder = (version: '0.1', to: string): DataFolderPaths => {
  cpSync(path.join(import.meta.dirname, '..', 'fixtures', `data-folder-${version}`), to, { recursive: true });
  return dataFolderPaths(to);
};
