/** When each seat was heard last. It changes with every message, so the journal has nothing of it. */
import type { SeatsSeen } from '../../contract/seats/seats.views.ts';
import type { Clock } from '../ports/clock.port.ts';
import type { Connected } from './connected.ts';

/** Seats that are remembered to have been here; more than a community has. */
const MOST_HEARD = 200;

export interface Heard {
  readonly note: (seatId: string) => void;
  /** The seats that were here since the station started, the one that was silent longest first. */
  readonly seen: () => SeatsSeen['seats'];
}

export const createHeard = (clock: Pick<Clock, 'nowMs'>, connected: Pick<Connected, 'all'>): Heard => {
  const heardAt = new Map<string, number>();
  return {
    note: (seatId) => {
      heardAt.delete(seatId);
      heardAt.set(seatId, Math.floor(clock.nowMs()));
      const [oldest] = heardAt.keys();
      if (heardAt.size > MOST_HEARD && oldest !== undefined) heardAt.delete(oldest);
    },
    seen: () => {
      const here = new Set([...connected.all].map(({ seatId }) => seatId));
      return [...heardAt].map(([seatId, at]) => ({ seatId, isHere: here.has(seatId), heardAt: at }));
    },
  };
};
