import type { SeatMessage, StationMessage } from '../../electron/contract/messages.schema.ts';
import type { SeatConnection, SeatHandle } from '../../electron/station/ports/seat.port.ts';

/** A seat's end of a connection without a socket. */
export interface FakeSeat {
  readonly send: (message: SeatMessage) => void;
  /** Bytes that from now on wait for a slow seat. */
  readonly buffer: (bytes: number) => void;
  readonly isClosed: () => boolean;
  /** Hangs up, once. */
  readonly leave: () => void;
}

export interface FakeSeatOptions {
  readonly onMessage: (message: StationMessage) => void;
  /** What the station says after it closed the connection; a real gateway drops it. */
  readonly onLate?: (message: StationMessage) => void;
}

/** Connects a seat in memory. Messages arrive at once; that the connection is closed is told a moment later, as a socket does. */
export const createFakeSeat = (
  connect: (connection: SeatConnection) => SeatHandle,
  { onMessage, onLate }: FakeSeatOptions,
): FakeSeat => {
  let buffered = 0;
  let closed = false;
  let told = false;
  const tell = (): void => {
    if (told) return;
    told = true;
    handle.closed();
  };
  const handle = connect({
    send: (message) => (closed ? onLate?.(message) : onMessage(message)),
    bufferedBytes: () => buffered,
    close: () => {
      closed = true;
      setImmediate(tell);
    },
  });
  return {
    send: (message) => {
      // What was under way when the station closed still arrives; after the hang-up nothing does.
      if (!told) handle.receive(message);
    },
    buffer: (bytes) => {
      buffered = bytes;
    },
    isClosed: () => closed,
    leave: () => {
      closed = true;
      tell();
    },
  };
};
