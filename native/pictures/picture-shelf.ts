/** Which pictures there are, in the order in which they were kept, and which of them make room. In memory only: the folder is the truth. */
import type { SubjectId } from '../../electron/domain/kernel/ids.ts';
import type { PictureName } from '../../electron/station/ports/pictures.port.ts';
import type { Kept } from './picture-folder.ts';

export interface PictureShelf {
  readonly nextNumber: () => number;
  readonly find: (name: PictureName) => Kept | null;
  readonly of: (subject: SubjectId) => readonly Kept[];
  readonly subjects: () => readonly SubjectId[];
  readonly put: (kept: Kept) => void;
  readonly take: (kept: Kept) => void;
  /** Who goes so that `bytes` more fit into `most`, oldest first; `null` where what is locked does not leave enough. */
  readonly whoGoes: (bytes: number, most: number, isLocked: (subject: SubjectId) => boolean) => readonly Kept[] | null;
}

/** `all`: oldest first. */
export const createPictureShelf = (all: readonly Kept[]): PictureShelf => {
  /** A map is in the order in which its entries came. */
  const byName = new Map<PictureName, Kept>();
  const bySubject = new Map<SubjectId, Set<Kept>>();
  let total = 0;
  let last = 0;

  const put = (kept: Kept): void => {
    byName.set(kept.name, kept);
    const siblings = bySubject.get(kept.subject) ?? new Set();
    bySubject.set(kept.subject, siblings.add(kept));
    total += kept.bytes;
    last = Math.max(last, kept.number);
  };
  for (const kept of all) put(kept);

  return {
    put,
    nextNumber: () => {
      last += 1;
      return last;
    },
    find: (name) => byName.get(name) ?? null,
    of: (subject) => [...(bySubject.get(subject) ?? [])],
    subjects: () => [...bySubject.keys()],
    take: (kept) => {
      if (!byName.delete(kept.name)) return;
      total -= kept.bytes;
      const siblings = bySubject.get(kept.subject);
      siblings?.delete(kept);
      if (siblings?.size === 0) bySubject.delete(kept.subject);
    },
    whoGoes: (bytes, most, isLocked) => {
      const going: Kept[] = [];
      let over = total + bytes - most;
      for (const kept of byName.values()) {
        if (over <= 0) break;
        if (isLocked(kept.subject)) continue;
        going.push(kept);
        over -= kept.bytes;
      }
      return over <= 0 ? going : null;
    },
  };
};
