import { WebSocket } from 'ws';
import {
  readVideoHeader,
  VIDEO_HEADER_BYTES,
  videoKind,
  videoStatus,
  type VideoHeader,
  type VideoRequest,
} from '../../electron/contract/kernel/video-wire.ts';

export interface SeenFrame extends VideoHeader {
  readonly bytes: number;
}

/** A seat without a screen: counts what comes over the video socket. */
export interface VideoSeat {
  readonly frames: SeenFrame[];
  readonly states: string[];
  readonly configs: string[];
  readonly watch: (...tiles: VideoRequest['tiles']) => void;
  readonly send: (text: string) => void;
  /** Stops reading from the socket, as a page that hangs does. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The close code, once it is closed. */
  readonly closed: Promise<number>;
  readonly close: () => void;
}

/** Opens the video socket; rejects with the HTTP status when it is refused. */
export const openVideoSeat = (port: number, ticket: string, origin: string | null, host?: string): Promise<VideoSeat> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/video?ticket=${ticket}`, {
      ...(origin === null ? {} : { origin }),
      ...(host === undefined ? {} : { headers: { host } }),
    });
    socket.binaryType = 'arraybuffer';
    const frames: SeenFrame[] = [];
    const states: string[] = [];
    const configs: string[] = [];
    const closed = new Promise<number>((settle) => socket.on('close', settle));
    socket.on('message', (data) => {
      if (!(data instanceof ArrayBuffer)) throw new Error('the video socket speaks in bytes only');
      const header = readVideoHeader(new DataView(data));
      if (header === null) throw new Error('no video header');
      const text = (): string => Buffer.from(data, VIDEO_HEADER_BYTES).toString();
      if (header.kind === videoKind.frame) frames.push({ ...header, bytes: data.byteLength - VIDEO_HEADER_BYTES });
      else if (header.kind === videoKind.config) configs.push(text());
      else states.push(videoStatus.parse(JSON.parse(text())).state);
    });
    socket.on('unexpected-response', (_request, response) =>
      reject(new Error(`refused with ${response.statusCode ?? 0}`)),
    );
    socket.on('error', reject);
    socket.on('open', () =>
      resolve({
        frames,
        states,
        configs,
        watch: (...tiles) => socket.send(JSON.stringify({ t: 'watch', tiles })),
        send: (text) => socket.send(text),
        pause: () => socket.pause(),
        resume: () => socket.resume(),
        closed,
        close: () => socket.terminate(),
      }),
    );
  });
