/**
 * Arms on their way. That an arm is between its ends while a motion of ours is under way says nothing that the command and the end do not say: seats are
 * shown it, and it is not written down. Where the motion is over and the arm has not arrived, it is.
 */
import type { BarrierView } from '../../../contract/gates/gates.views.ts';
import type { RowReader } from '../../core/table.ts';
import type { Committed } from '../../core/work.ts';
import { barrierRows } from '../../parts/rows.ts';

type Position = BarrierView['position'];

export interface BetweenDeps {
  readonly journal: RowReader;
  readonly tellHealth: () => void;
  /** Writes a report down. */
  readonly keep: (row: BarrierView, position: Position, atMs: number) => void;
}

export interface Between {
  /** A controller or a sensor reports where an arm is. */
  readonly note: (row: BarrierView, position: Position, atMs: number) => void;
  readonly noteCommit: (committed: Pick<Committed, 'facts'>) => void;
  /** Ids of the gates whose arm is on its way. */
  readonly arms: () => readonly string[];
}

const ends: ReadonlySet<Position> = new Set(['open', 'closed']);
const underWay: ReadonlySet<BarrierView['commandState']> = new Set(['commanded', 'sent', 'accepted']);

export const createBetween = ({ journal, tellHealth, keep }: BetweenDeps): Between => {
  /** When each was last said to be on its way, UTC milliseconds. */
  const onTheWay = new Map<string, number>();
  return {
    note: (row, position, atMs) => {
      const { barrierId } = row;
      if (position === 'moving' && ends.has(row.position) && underWay.has(row.commandState)) {
        onTheWay.set(barrierId, atMs);
        return tellHealth();
      }
      const arrives = onTheWay.delete(barrierId);
      keep(row, position, atMs);
      if (arrives) tellHealth();
    },
    noteCommit: ({ facts }) => {
      for (const { kind, entityId } of facts) {
        const atMs = kind === 'barrier' ? onTheWay.get(entityId) : undefined;
        const row = atMs === undefined ? null : barrierRows.get(journal, entityId);
        if (atMs === undefined || (row !== null && underWay.has(row.commandState))) continue;
        onTheWay.delete(entityId);
        if (row !== null) keep(row, 'moving', atMs);
        tellHealth();
      }
    },
    arms: () => [...onTheWay.keys()],
  };
};
