import { createHash } from 'node:crypto';
import type { SubjectId } from '../../electron/domain/kernel/ids.ts';
import { err, ok } from '../../electron/domain/kernel/result.ts';
import {
  MOST_PICTURE_BYTES,
  type Picture,
  type PictureName,
  type PictureStore,
} from '../../electron/station/ports/pictures.port.ts';
import type { Vault } from '../../electron/station/ports/vault.port.ts';

interface Kept {
  readonly subject: SubjectId;
  readonly picture: Picture;
}

export interface FakePictures extends PictureStore {
  /** The subjects that were locked last; `null`: nobody has said. */
  readonly locked: () => readonly string[] | null;
  readonly names: () => readonly PictureName[];
}

/** Pictures in memory. Whom the vault has forgotten is not shown. */
export const createFakePictures = (
  vault: Pick<Vault, 'isForgotten'>,
  { mostBytes = Infinity }: { readonly mostBytes?: number } = {},
): FakePictures => {
  const kept = new Map<PictureName, Kept>();
  let locked: ReadonlySet<SubjectId> | null = null;
  let closed = false;
  let number = 0;
  const closedFault = { kind: 'failed', detail: 'the pictures are closed' } as const;

  /** Removes the oldest until it fits, or nothing where it never would. */
  const makeRoom = (bytes: number): boolean => {
    const going: PictureName[] = [];
    let over = [...kept.values()].reduce((sum, { picture }) => sum + picture.bytes.length, bytes) - mostBytes;
    for (const [name, { subject, picture }] of kept) {
      if (over <= 0 || locked === null) break;
      if (locked.has(subject)) continue;
      going.push(name);
      over -= picture.bytes.length;
    }
    if (over > 0) return false;
    for (const name of going) kept.delete(name);
    return true;
  };

  return {
    keep: async (subject, picture) => {
      if (closed) return err(closedFault);
      if (picture.bytes.length > MOST_PICTURE_BYTES) return err({ kind: 'tooLarge' });
      if (vault.isForgotten(subject)) return err({ kind: 'forgotten' });
      if (!makeRoom(picture.bytes.length)) return err({ kind: 'noRoom' });
      number += 1;
      const name = createHash('sha256').update(`picture ${number}`).digest('hex');
      kept.set(name, { subject, picture: { ...picture, bytes: Uint8Array.from(picture.bytes) } });
      return ok(name);
    },
    look: async (subject, name) => {
      if (closed) return err(closedFault);
      if (vault.isForgotten(subject)) return err({ kind: 'forgotten' });
      const found = kept.get(name);
      return found?.subject === subject ? ok(found.picture) : err({ kind: 'missing' });
    },
    lock: (subjects) => {
      locked = new Set(subjects);
    },
    forget: async (subjects) => {
      if (closed) throw new Error(closedFault.detail);
      for (const [name, { subject }] of kept) if (subjects.includes(subject)) kept.delete(name);
    },
    close: async () => {
      closed = true;
    },
    locked: () => (locked === null ? null : [...locked].toSorted()),
    names: () => [...kept.keys()],
  };
};
