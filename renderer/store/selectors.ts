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
export const shiftOf = (state: SeatState): ShiftView | null => state.tables.shift.values().next().value ?? null;

/** The rows of a table in the order of a number. */
export const sorted = <N extends CollectionName>(
  table: ReadonlyMap<string, Views[N]>,
  by: (row: Views[N]) => number,
): Views[N][] => [...table.values()].toSorted((a, b) => by(a) - by(b));

const rank: Readonly<Record<AlarmView['priority'], number>> = { life: 0, high: 1, medium: 2, low: 3 };

/** An alarm is open until its cause has gone and somebody has taken note. */
export const isOpen = (alarm: AlarmView): boolean => alarm.active || !alarm.acknowledged;

/** Open alarms, life first, then by age: the one that has waited longest first. */
export const openAlarms = (alarms: ReadonlyMap<string, AlarmView>): AlarmView[] =>
  [...alarms.values()]
    .filter(isOpen)
    .toSorted((a, b) => rank[a.priority] - rank[b.priority] || a.raisedAt - b.raisedAt);
