import type { StreamFault } from '../../electron/contract/kernel/video-wire.ts';
import type { RtspSession } from '../../native/rtsp/session.ts';
import type { SessionHandlers } from '../../native/video/stream.ts';
import type { ManualClock } from './manual-clock.ts';

/** A session played by hand. */
export interface FakeSession {
  readonly format: (width?: number) => void;
  readonly unit: (isKey: boolean, bytes?: number) => void;
  /** The handshake goes on, until it is said to be over. */
  readonly playing: (is: boolean) => void;
  /** Packets that never make a picture. */
  readonly packets: (count: number) => void;
  readonly end: (kind: StreamFault) => void;
  readonly isClosed: () => boolean;
}

/** Opens sessions that do what the test says; `all` holds every attempt. */
export const createFakeSessions = (clock: ManualClock) => {
  const all: FakeSession[] = [];
  const open = (handlers: SessionHandlers): RtspSession => {
    let packets = 0;
    let sequence = 0;
    let isClosed = false;
    let isPlaying = true;
    all.push({
      format: (width = 640) => handlers.onFormat({ codec: 'h264', codecString: 'avc1.42c01e', width, height: 352 }),
      unit: (isKey, bytes = 100) => {
        packets += 1;
        handlers.onAccessUnit({
          data: new Uint8Array(bytes).fill(sequence),
          key: isKey,
          discontinuity: false,
          sequence,
          timestampUs: sequence * 40_000,
          arrivedAtMs: clock.nowMs(),
        });
        sequence += 1;
      },
      playing: (is) => {
        isPlaying = is;
      },
      packets: (count) => {
        packets += count;
      },
      end: (kind) => handlers.onEnd({ kind, detail: 'as the test says' }),
      isClosed: () => isClosed,
    });
    return {
      stats: () => ({ packets, bytes: 0, lost: 0, repeated: 0, malformed: 0, dropped: 0, droppedKeys: 0, sealed: 0 }),
      isPlaying: () => isPlaying,
      silence: () => null,
      close: () => {
        isClosed = true;
      },
    };
  };
  const last = (): FakeSession => {
    const session = all.at(-1);
    if (session === undefined) throw new Error('no session was opened');
    return session;
  };
  return { open, all, last };
};
