import type { SeatMessage, StationMessage } from '../../contract/messages.schema.ts';

/** One connected seat as the gateway offers it. */
export interface SeatConnection {
  readonly send: (message: StationMessage) => void;
  /** Bytes accepted by `send` and not yet on the wire: a slow seat's patches are coalesced, never queued without bound. */
  readonly bufferedBytes: () => number;
  readonly close: () => void;
}

/** The gateway's side of a connected seat. Messages are decoded before they come here. */
export interface SeatHandle {
  readonly receive: (message: SeatMessage) => void;
  readonly closed: () => void;
}
