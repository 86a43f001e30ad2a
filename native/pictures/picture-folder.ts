/**
 * The folder of the pictures. A file's name says all that must be known of it without opening it: how manieth it was, its subject, its hash.
 * A picture is under its name when it is whole and on the disk; what is being written has another ending, and is nobody's after a crash.
 */
import { open, readdir, readFile, rename, rm, stat, statfs, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { subjectId, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import type { PictureName } from '../../electron/station/ports/pictures.port.ts';

/** What is known of a picture without opening it. */
export interface Kept {
  /** Counts up: the order in which pictures were kept, whatever the clock did. */
  readonly number: number;
  readonly subject: SubjectId;
  readonly name: PictureName;
  /** Of the file. */
  readonly bytes: number;
}

export interface PictureFolder {
  /** Makes the folder where it is missing, removes what a crash left half written, and lists the pictures, oldest first. */
  readonly list: () => Promise<readonly Kept[]>;
  /** Writes a picture beside the others and onto the disk; it is there once `publish` has named it. */
  readonly write: (kept: Kept, file: Uint8Array) => Promise<void>;
  readonly publish: (kept: Kept) => Promise<void>;
  /** Removes what `write` wrote. */
  readonly discard: (kept: Kept) => Promise<void>;
  readonly read: (kept: Kept) => Promise<Buffer>;
  /** One that is gone already counts as removed. */
  readonly remove: (all: readonly Kept[]) => Promise<void>;
  /** What the disk has left for this user, bytes. */
  readonly free: () => Promise<number>;
}

const ending = '.picture';
const unfinished = '.writing';
const form = /^(\d{12})\.([\w-]+)\.([0-9a-f]{64})\.picture$/;

const toName = ({ number, subject, name }: Kept): string =>
  `${String(number).padStart(12, '0')}.${Buffer.from(subject, 'utf8').toString('base64url')}.${name}`;

/** Calls others for their turn by itself: every step is a call to the file system. */
const keptIn = async (folder: string, file: string): Promise<Kept | null> => {
  const [, number = '', subject = '', name = ''] = form.exec(file) ?? [];
  if (name === '') return null;
  const { size } = await stat(path.join(folder, file));
  const whose = subjectId(Buffer.from(subject, 'base64url').toString('utf8'));
  return { number: Number(number), subject: whose, name, bytes: size };
};

/** Makes what was renamed or removed last. Windows cannot open a folder for that and does not need it. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

/** Every method rejects with what the file system says. */
export const openPictureFolder = (folder: string): PictureFolder => {
  const finalPath = (kept: Kept): string => path.join(folder, toName(kept) + ending);
  const unfinishedPath = (kept: Kept): string => path.join(folder, toName(kept) + unfinished);
  return {
    list: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const found: Kept[] = [];
      for (const file of (await readdir(folder)).toSorted()) {
        if (file.endsWith(unfinished)) await rm(path.join(folder, file), { force: true });
        const kept = await keptIn(folder, file);
        if (kept !== null) found.push(kept);
      }
      return found;
    },
    write: async (kept, file) => {
      const handle = await open(unfinishedPath(kept), 'wx', 0o600);
      try {
        await handle.writeFile(file);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    publish: async (kept) => {
      await rename(unfinishedPath(kept), finalPath(kept));
      await syncFolder(folder);
    },
    discard: (kept) => rm(unfinishedPath(kept), { force: true }),
    read: (kept) => readFile(finalPath(kept)),
    remove: async (all) => {
      for (const kept of all) await rm(finalPath(kept), { force: true });
      if (all.length > 0) await syncFolder(folder);
    },
    free: async () => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
};
