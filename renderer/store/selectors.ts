import type {
  AlarmView,
  CommunityView,
  ShiftView,
  Views,
  CollectionName,
} from '../../electron/contract/views.schema.ts';
import type { SeatState } from './seat-store.ts';

export const communityOf = (state: SeatState): CommunityView | null =>
  state.tables.community.values().next().value ?? null;
/** The shift of this seat's post. */
export const shiftOf = ({ tables, postId }: Pick<SeatState, 'tables' | 'postId'>): ShiftView | null =>
  tables.shift.get(postId) ?? null;

/** The rows of a table in the order of a number. */
export const sorted = <N extends CollectionName>(
  table: ReadonlyMap<string, Views[N]>,
  by: (row: Views[N]) => number,
): Views[N][] => [...table.values()].toSorted((a, b) => by(a) - by(b));

const rank: Readonly<Record<AlarmView['priority'], number>> = { life: 0, high: 1, medium: 2, low: 3 };

/** The cause has gone, and nobody's life hangs on it: it waits only for somebody to take note, and steps back behind what is still there. */
export const isRecovered = (alarm: AlarmView): boolean => !alarm.active && alarm.priority !== 'life';

/**
 * Open alarms: what is still there before what has recovered, life first, what nobody has taken before what somebody has, the one that has
 * waited longest first. Every row of the table is open: the station drops an alarm when it is over, and only then. A receiver that reports
 * the button restored has not ended the call that runs.
 */
export const openAlarms = (alarms: ReadonlyMap<string, AlarmView>): AlarmView[] =>
  [...alarms.values()].toSorted(
    (a, b) =>
      Number(isRecovered(a)) - Number(isRecovered(b)) ||
      rank[a.priority] - rank[b.priority] ||
      Number(a.acknowledged) - Number(b.acknowledged) ||
      a.raisedAt - b.raisedAt,
  );
