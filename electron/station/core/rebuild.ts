import type { Journal } from '../ports/journal.port.ts';
import type { Projector } from './project.ts';

const FACTS_AT_A_TIME = 500;

/**
 * Makes all read models anew from the facts, in one transaction: it folds facts and never runs a machine, so that a changed machine does not
 * change the past. Throws `JournalError` when storage fails; then the old read models are still there.
 */
export const rebuildReadModels = (journal: Journal, { project }: Projector): { readonly facts: number } =>
  journal.transact((tx) => {
    tx.clearReadModels();
    let facts = 0;
    for (;;) {
      const page = tx.facts(facts, FACTS_AT_A_TIME);
      for (const fact of page) {
        for (const change of project(fact, tx)) tx.change(change, fact.seq);
      }
      facts = page.at(-1)?.seq ?? facts;
      if (page.length < FACTS_AT_A_TIME) break;
    }
    return { facts };
  });

/** Whether other folds wrote the read models than these, so that they must be made anew. */
export const isOutdated = (journal: Journal, projector: Projector): boolean =>
  journal.lastSeq() > 0 && projector.isOutdated(journal);
