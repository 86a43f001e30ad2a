import type { JoinedSeat } from './seat-socket.ts';

/** Seats at one station: a monitoring room, a gatehouse or two, managers; far below what a socket flood would need. */
export const MAX_SEATS = 32;

export interface SeatTable {
  readonly add: (seat: JoinedSeat) => void;
  /** Whether one more may come. Where the table is full one goes for it: the oldest that never spoke, else the oldest where nobody is signed in. */
  readonly makeRoom: () => boolean;
}

export const createSeatTable = (): SeatTable => {
  /** In the order of coming. */
  const seats = new Set<JoinedSeat>();
  const oldest = (rank: ReturnType<JoinedSeat['rank']>): JoinedSeat | undefined =>
    [...seats].find((seat) => seat.rank() === rank);
  return {
    add: (seat) => {
      seats.add(seat);
      seat.onEnd(() => seats.delete(seat));
    },
    makeRoom: () => {
      if (seats.size < MAX_SEATS) return true;
      const victim = oldest('silent') ?? oldest('empty');
      if (victim === undefined) return false;
      seats.delete(victim);
      victim.end();
      return true;
    },
  };
};
