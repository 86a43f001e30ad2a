import type { SeatConnection, SeatHandle } from './ports/seat.port.ts';

/** The application core of one community. `createStation(deps, features)` is its only constructor. */
export interface Station {
  /** Restores machines, deadlines and outbox, starts devices and video. Rejects when storage cannot be trusted, and where the journal holds what no feature owns. */
  readonly start: () => Promise<void>;
  readonly connectSeat: (connection: SeatConnection) => SeatHandle;
  /** Whether nothing has been set up. */
  readonly isEmpty: () => boolean;
  /** Says goodbye, seals the head, stops everything it started. */
  readonly stop: () => Promise<void>;
}
