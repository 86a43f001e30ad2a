/**
 * Pictures as files of a folder, each encrypted under a key of its own that the vault seals under the picture's subject (`picture-file.ts`).
 * Encrypting, hashing and every call to the disk are the thread pool's; one picture is written at a time, so that PINs and others find it free.
 */
import type { SubjectId } from '../../electron/domain/kernel/ids.ts';
import { err, ok } from '../../electron/domain/kernel/result.ts';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import {
  MOST_PICTURE_BYTES,
  type Picture,
  type PictureFault,
  type PictureRefusal,
  type PictureStore,
} from '../../electron/station/ports/pictures.port.ts';
import type { Vault } from '../../electron/station/ports/vault.port.ts';
import type { Randomness } from '../os/secrets-cipher.ts';
import { fromFile, nameOf, toFile, type PictureKey } from './picture-file.ts';
import { openPictureFolder, type Kept } from './picture-folder.ts';
import { makePictureKey, openPictureKey } from './picture-keys.ts';
import { createPictureShelf, type PictureShelf } from './picture-shelf.ts';

export interface PictureStoreDeps {
  /** The folder is made when it is missing. Opened by the process that holds the journal's lock. */
  readonly folder: string;
  readonly vault: Pick<Vault, 'seal' | 'open' | 'isForgotten'>;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Bytes of all files together. */
  readonly mostBytes?: number;
  /** Bytes that the disk must have left after a picture was written: the journal's. */
  readonly reserveBytes?: number;
}

/** About 20,000 pictures of 200 KB. */
const MOST_BYTES = 4 * 1024 ** 3;
/** A year of a large community's journal. */
const RESERVE_BYTES = 1024 ** 3;
/** Bytes of pictures that wait to be written, at most: they are in memory. */
const MOST_WAITING_BYTES = 8 * MOST_PICTURE_BYTES;

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const refusalOf = (error: unknown): PictureRefusal =>
  ['ENOSPC', 'EDQUOT'].includes(codeOf(error)) ? { kind: 'diskFull' } : { kind: 'failed', detail: detailOf(error) };

const faultOf = (error: unknown): PictureFault =>
  codeOf(error) === 'ENOENT' ? { kind: 'missing' } : { kind: 'failed', detail: detailOf(error) };

const closedError = (): Error => new Error('the pictures are closed');

/** Opens at once and looks at the folder meanwhile; a folder that cannot be used is said to whoever keeps or looks, and tried again. */
export const createPictureStore = ({
  folder,
  vault,
  randomness,
  log,
  mostBytes = MOST_BYTES,
  reserveBytes = RESERVE_BYTES,
}: PictureStoreDeps): PictureStore => {
  const files = openPictureFolder(folder);
  let opening: Promise<PictureShelf> | null = null;
  /** What writes and removes, one after the other. */
  let queue: Promise<unknown> = Promise.resolve();
  let waitingBytes = 0;
  let locked: ReadonlySet<SubjectId> | null = null;
  let closed = false;

  const isLocked = (subject: SubjectId): boolean => locked === null || locked.has(subject);

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const removeAll = async (shelf: PictureShelf, all: readonly Kept[]): Promise<void> => {
    await files.remove(all);
    for (const kept of all) shelf.take(kept);
  };

  const openShelf = async (): Promise<PictureShelf> => {
    const shelf = createPictureShelf(await files.list());
    // A station that was stopped between forgetting and removing, or whose folder was put back.
    for (const subject of shelf.subjects()) if (vault.isForgotten(subject)) await removeAll(shelf, shelf.of(subject));
    return shelf;
  };

  const opened = (): Promise<PictureShelf> => {
    opening ??= openShelf().catch((error: unknown) => {
      opening = null;
      log.error('the pictures cannot be read', { problem: detailOf(error) });
      throw error;
    });
    return opening;
  };

  const write = async (subject: SubjectId, picture: Picture, key: PictureKey): ReturnType<PictureStore['keep']> => {
    const shelf = await opened();
    const file = await toFile(subject, picture, key).finally(() => key.key.fill(0));
    const kept: Kept = { number: shelf.nextNumber(), subject, name: await nameOf(file), bytes: file.length };
    const going = shelf.whoGoes(kept.bytes, mostBytes, isLocked);
    if (going === null) return err({ kind: 'noRoom' });
    if ((await files.free()) - kept.bytes < reserveBytes) return err({ kind: 'diskFull' });
    try {
      await files.write(kept, file);
      // Only now: a picture that cannot be written takes none with it.
      await removeAll(shelf, going);
      await files.publish(kept);
    } catch (error) {
      await files.discard(kept).catch(() => undefined);
      throw error;
    }
    shelf.put(kept);
    return ok(kept.name);
  };

  // What is left of an earlier run is looked at now, and not by the first who looks.
  void inTurn(opened).catch(() => undefined);

  return {
    keep: async (subject, picture) => {
      const { length } = picture.bytes;
      if (closed) return err({ kind: 'failed', detail: closedError().message });
      if (length > MOST_PICTURE_BYTES) return err({ kind: 'tooLarge' });
      if (waitingBytes + length > MOST_WAITING_BYTES) return err({ kind: 'busy' });
      // Within the call: whoever forgets the subject after it has its turn after it, and removes the file.
      const key = makePictureKey(vault, randomness, subject);
      if (!key.ok) return key;
      waitingBytes += length;
      try {
        return await inTurn(() => write(subject, picture, key.value));
      } catch (error) {
        return err(refusalOf(error));
      } finally {
        waitingBytes -= length;
      }
    },
    look: async (subject, name) => {
      if (closed) return err({ kind: 'failed', detail: closedError().message });
      try {
        if (vault.isForgotten(subject)) return err({ kind: 'forgotten' });
        const kept = (await opened()).find(name);
        if (kept === null || kept.subject !== subject) return err({ kind: 'missing' });
        const file = await files.read(kept);
        const isWhole = (await nameOf(file)) === name;
        const picture = isWhole ? await fromFile(subject, file, (key) => openPictureKey(vault, key)) : null;
        // Forgotten while it was read: not shown any more.
        if (vault.isForgotten(subject)) return err({ kind: 'forgotten' });
        if (picture !== null) return ok(picture);
        log.error('a picture is damaged', { name });
        return err({ kind: 'damaged' });
      } catch (error) {
        return err(faultOf(error));
      }
    },
    lock: (subjects) => {
      locked = new Set(subjects);
    },
    forget: async (subjects) => {
      if (closed) throw closedError();
      await inTurn(async () => {
        const shelf = await opened();
        for (const subject of subjects) await removeAll(shelf, shelf.of(subject));
      });
    },
    close: async () => {
      closed = true;
      await queue;
    },
  };
};
