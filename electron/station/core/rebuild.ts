import type { Journal } from '../ports/journal.port.ts';
import { makeCollections, ROWS_A_SLICE } from './make-collections.ts';
import type { Projector } from './project.ts';

/**
 * Makes all collections anew from the facts, and returns when they are shown: it folds facts and never runs a machine, so that a changed machine does
 * not change the past. Throws `JournalError` when storage fails; then the old rows are still there.
 */
export const rebuildReadModels = (journal: Journal, projector: Projector): { readonly facts: number } => {
  const making = makeCollections(journal, projector, []);
  for (;;) {
    const { done, of } = making.slice();
    if (done < of) continue;
    while (journal.transact((tx) => tx.deleteDropped(ROWS_A_SLICE)) >= ROWS_A_SLICE) continue;
    return { facts: of };
  }
};
