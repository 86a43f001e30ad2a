import type { Committed } from '../core/work.ts';
import { isForSeats } from './row-view.ts';
import type { ChangedRow } from './seat-feed.ts';

/** Changes that are remembered, so that a seat which was away for a moment goes on where it was. */
const MOST_REMEMBERED = 5000;

/** The rows that changed lately, by sequence number. */
export interface RecentChanges {
  readonly add: (committed: Committed) => void;
  /** The rows that changed after `seq`, or `null` when that is too long ago. */
  readonly since: (seq: number) => readonly ChangedRow[] | null;
  /** Nothing before this may be resumed: what was sent then is not to be seen any more. */
  readonly forgetAll: (seq: number) => void;
}

/** What of a commit seats may hear of. */
export const rowsForSeats = ({ changes }: Pick<Committed, 'changes'>): readonly ChangedRow[] =>
  changes.flatMap(({ collection, key }) => (isForSeats(collection) ? [{ collection, key }] : []));

export const createRecentChanges = (startSeq: number): RecentChanges => {
  let changes: { readonly seq: number; readonly row: ChangedRow }[] = [];
  let completeFrom = startSeq;
  return {
    add: (committed) => {
      const { seq } = committed;
      changes.push(...rowsForSeats(committed).map((row) => ({ seq, row })));
      if (changes.length > MOST_REMEMBERED) {
        const left = changes.slice(-MOST_REMEMBERED / 2);
        completeFrom = left[0]?.seq ?? seq;
        changes = left.filter((change) => change.seq > completeFrom);
      }
    },
    since: (seq) => (seq < completeFrom ? null : changes.filter((change) => change.seq > seq).map(({ row }) => row)),
    forgetAll: (seq) => {
      changes = [];
      completeFrom = seq + 1;
    },
  };
};
