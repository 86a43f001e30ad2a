/**
 * Collections made anew from the facts: those that another version of their fold wrote, or that nobody has made yet.
 *
 * A fold reads the rows of other collections as they were at that fact, so all of them are made together, in the order of the facts, beside what is
 * shown, and take its place in one transaction. What was made survives a restart in the middle. Nothing here ever runs a machine.
 */
import type { Busy } from '../../contract/messages.schema.ts';
import type { Generation, Journal, JournalWriter } from '../ports/journal.port.ts';
import type { Made, Projector } from './project.ts';

/** Facts at most that are folded in one transaction: it is over before anybody who waits for the station notices. */
const FACTS_A_SLICE = 200;

/** Rows of dropped generations that are deleted in one transaction. */
export const ROWS_A_SLICE = 500;

const shownVersions = (generations: readonly Generation[]): ReadonlyMap<string, number> =>
  new Map(generations.filter(({ state }) => state === 'shown').map(({ collection, version }) => [collection, version]));

/** Collections that are not shown as this program makes them. */
export const outdated = (journal: Pick<Journal, 'generations'>, { collections }: Projector): readonly Made[] => {
  const shown = shownVersions(journal.generations());
  return collections.filter(({ name, version }) => shown.get(name) !== version);
};

const begin = (tx: JournalWriter, { name, version }: Made): Generation => tx.makeGeneration(name, version, null);

/** Another version first: that drops what was made by then. */
const beginAnew = (tx: JournalWriter, made: Made): Generation => {
  begin(tx, { ...made, version: made.version + 1 });
  return begin(tx, made);
};

/** Everything is shown as this program makes it: an empty journal has nothing to fold. */
export const showEmpty = (journal: Journal, { collections }: Projector): void =>
  journal.transact((tx) => {
    for (const made of collections) {
      begin(tx, made);
      tx.showGeneration(made.name);
    }
  });

export interface Making {
  /** Folds some more facts. Returns how far it is; `done` equals `of` when all of it is shown. Throws `JournalError`. */
  readonly slice: () => Busy;
}

/**
 * Begins to make all collections, or goes on where it was left. Collections in `hidden` are not shown until then. Throws `JournalError`.
 */
export const makeCollections = (journal: Journal, projector: Projector, hidden: readonly Made[]): Making => {
  const { collections, project } = projector;
  let foldedTo = journal.transact((tx) => {
    const shown = shownVersions(tx.generations());
    for (const { name } of hidden) if (shown.has(name)) tx.dropCollection(name);
    const begun = new Set(collections.map((made) => begin(tx, made).foldedTo));
    const [only = 0] = begun;
    // One of them is new, or of another version: they go through the facts together.
    if (begun.size > 1) for (const made of collections) beginAnew(tx, made);
    return begun.size > 1 ? 0 : only;
  });

  return {
    slice: () => {
      const now = journal.transact((tx) => {
        const page = tx.facts(foldedTo, FACTS_A_SLICE);
        for (const fact of page) for (const change of project(fact, tx.making)) tx.making.change(change, fact.seq);
        const done = page.at(-1)?.seq ?? foldedTo;
        const of = tx.lastSeq();
        for (const { name } of collections) {
          if (done >= of) tx.showGeneration(name);
          else tx.foldedTo(name, done);
        }
        return { done, of };
      });
      // Only what was committed was folded.
      foldedTo = now.done;
      return now;
    },
  };
};
