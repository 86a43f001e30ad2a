import type { JournalFault } from '../../electron/station/ports/journal.port.ts';
import type { Page, PageQuestion } from '../../electron/station/ports/query.port.ts';

/** To the worker that reads pages. */
export type PageRequest =
  | { readonly t: 'ask'; readonly id: number; readonly question: PageQuestion }
  | { readonly t: 'cancel'; readonly id: number };

/** Back from it. `defect`: of ours, and no fault of the storage. */
export type PageAnswer =
  | { readonly t: 'page'; readonly id: number; readonly page: Page }
  | { readonly t: 'fault'; readonly id: number; readonly fault: JournalFault }
  | { readonly t: 'defect'; readonly id: number; readonly problem: string };
