import type { SeatMessage, StationMessage } from '../../contract/messages.schema.ts';

/** One connected seat as the gateway offers it. */
export interface SeatConnection {
  /** Messages arrive in the order of sending. What is sent to a connection that is closed goes nowhere. */
  readonly send: (message: StationMessage) => void;
  /** Bytes accepted by `send` and not yet on the wire: a slow seat's patches are coalesced, never queued without bound. */
  readonly bufferedBytes: () => number;
  /** Ends the connection; what was sent before still arrives. Safe to repeat. */
  readonly close: () => void;
}

/** The gateway's side of a connected seat. Messages are decoded before they come here. */
export interface SeatHandle {
  readonly receive: (message: SeatMessage) => void;
  /** Whether somebody is signed in there: such a seat is the last to go where there are too many. */
  readonly isOccupied: () => boolean;
  /** The connection is over, whoever ended it: called once, and not from within `close`. Nothing is received after it. */
  readonly closed: () => void;
}
