import type { Journal } from '../../electron/station/ports/journal.port.ts';
import { createFakeJournal } from './fake-journal.ts';
import { makeJournalFolder } from './journal-folder.ts';

/** A journal under test, and what is to be removed after it. */
export interface JournalSubject {
  readonly journal: Journal;
  readonly remove: () => void;
  /** The same journal as a restarted station finds it. */
  readonly reopen: () => Journal;
}

/** The journal on SQLite and the one in memory: what holds for one holds for the other. */
export const journalSubjects: readonly (readonly [string, () => JournalSubject])[] = [
  [
    'on SQLite',
    () => {
      const folder = makeJournalFolder();
      const journal = folder.open();
      return {
        journal,
        remove: folder.remove,
        reopen: () => {
          journal.close();
          return folder.open();
        },
      };
    },
  ],
  [
    'in memory',
    () => {
      const journal = createFakeJournal();
      const reopen = () => {
        journal.close();
        journal.reopen();
        return journal;
      };
      return { journal, remove: () => undefined, reopen };
    },
  ],
];
