/** Pictures of a call that is not over make no room for newer ones. */
import { subjectId } from '../../../domain/kernel/ids.ts';
import { subjects } from '../../core/subjects.ts';
import type { StationDeps } from '../../core/station-deps.ts';
import type { Committed } from '../../core/work.ts';
import { incidentRows } from '../../parts/rows.ts';

export interface PictureLock {
  readonly start: () => void;
  readonly noteCommit: (committed: Pick<Committed, 'changes'>) => void;
}

export const createPictureLock = ({ journal, pictures }: Pick<StationDeps, 'journal' | 'pictures'>): PictureLock => {
  const open = new Set<string>();
  const lock = (): void => pictures.lock(new Set([...open].map((id) => subjectId(subjects.incident(id)))));

  return {
    start: () => {
      for (const { incidentId, resolvedAt } of incidentRows.all(journal)) if (resolvedAt === null) open.add(incidentId);
      lock();
    },
    noteCommit: ({ changes }) => {
      const touched = changes.filter(({ collection }) => collection === incidentRows.name);
      if (touched.length === 0) return;
      for (const { key } of touched) {
        if (incidentRows.get(journal, key)?.resolvedAt === null) open.add(key);
        else open.delete(key);
      }
      lock();
    },
  };
};
