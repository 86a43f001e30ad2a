import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A file system of its own and of a few megabytes, so that a full disk is a real one. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes every byte that is left, so that not even a small file fits. */
  readonly fill: () => void;
  /** Gives back what was taken. */
  readonly empty: () => void;
  readonly remove: () => void;
}

/** Mounts one, or answers `null` where that is not allowed (it takes root on Linux). */
export const mountSmallDisk = (megabytes: number): SmallDisk | null => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'guardroom-test', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill: () => {
      const handle = openSync(ballast, 'a');
      // First in large pieces, then to the last page.
      for (const piece of [65_536, 4096, 1]) {
        for (let more = true; more;) {
          try {
            more = writeSync(handle, Buffer.alloc(piece)) === piece;
          } catch {
            more = false;
          }
        }
      }
      closeSync(handle);
    },
    empty: () => {
      if (existsSync(ballast)) rmSync(ballast);
    },
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
};
