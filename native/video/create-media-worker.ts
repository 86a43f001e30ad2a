import type { Cancel } from '../../electron/domain/kernel/clock.ts';
import { backOffMs, type BackOffPlan } from '../../electron/domain/kernel/back-off.ts';
import { createSystemClock } from '../kit/system-clock.ts';
import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import { Worker } from 'node:worker_threads';
import type { StreamReport, VideoPort, VideoSource, VideoTicket } from '../../electron/station/ports/video.port.ts';
import { SEAT_BUFFER_BYTES } from './seat.ts';
import type { FromMediaWorker, MediaWorkerData, ToMediaWorker } from './worker-messages.ts';

/** Waits before a worker that died is started again (ms): short at first, longer when it keeps dying. */
const RESTARTS: BackOffPlan = { firstMs: 100, longestMs: 5000 };
/** A worker that lived this long died by accident, not by nature (ms). */
const STEADY_AFTER_MS = 30_000;
/** How long the worker may take to end by itself (ms). */
const CLOSE_PATIENCE_MS = 2000;

export interface MediaWorkerOptions {
  /** Origins of the pages that may open the video socket, for example `http://127.0.0.1:8600`; asked for at each ticket. */
  readonly allowedOrigins: readonly string[] | (() => readonly string[]);
  /** 0 or nothing lets the system choose; the port is kept when the worker is restarted. */
  readonly port?: number;
  readonly seatBufferBytes?: number;
  /** A defect ended the worker; it is being started again. */
  readonly onDefect?: (error: Error) => void;
  /** Something was thrown while `of` (a camera's id, or `seat`) was served; nothing else was touched by it. */
  readonly onBorneDefect?: (of: string, error: Error) => void;
  /** The file the worker runs, for tests. */
  readonly entry?: URL;
}

/** In development the worker is TypeScript beside this file, in the bundle a `.js` beside the bundle. */
const defaultEntry = (): URL =>
  new URL(`./media-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Starts the media worker, and starts it again whenever it dies, with the same port and the same cameras. */
export const createMediaWorker = (options: MediaWorkerOptions): VideoPort => {
  const listeners = createListeners<[report: StreamReport]>();
  const waiting = new Map<
    number,
    {
      readonly holder: string;
      readonly resolve: (ticket: VideoTicket) => void;
      readonly reject: (error: Error) => void;
    }
  >();
  const clock = createSystemClock();
  let sources: readonly VideoSource[] = [];
  let port = options.port ?? 0;
  let worker: Worker | null = null;
  let isReady = false;
  let isClosed = false;
  let nextId = 0;
  let deaths = 0;
  let cancelRestart: Cancel = () => undefined;

  const tell = (message: ToMediaWorker): void => {
    if (isReady) worker?.postMessage(message, []);
  };
  const askForTicket = (id: number, holder: string): void => {
    const { allowedOrigins } = options;
    tell({
      t: 'ticket',
      id,
      holder,
      origins: typeof allowedOrigins === 'function' ? [...allowedOrigins()] : [...allowedOrigins],
    });
  };

  const onMessage = (message: FromMediaWorker): void => {
    if (message.t === 'ready') {
      port = message.port;
      isReady = true;
      tell({ t: 'configure', sources });
      for (const [id, { holder }] of waiting) askForTicket(id, holder);
    } else if (message.t === 'ticket') {
      waiting.get(message.id)?.resolve({ port, ticket: message.ticket });
      waiting.delete(message.id);
    } else if (message.t === 'defect') {
      options.onBorneDefect?.(message.of, new Error(message.problem));
    } else {
      listeners.tell(message.report);
    }
  };

  const start = (): void => {
    const startedMs = clock.monotonicMs();
    const data: MediaWorkerData = { port, seatBufferBytes: options.seatBufferBytes ?? SEAT_BUFFER_BYTES };
    const started = new Worker(options.entry ?? defaultEntry(), { workerData: data, name: 'media' });
    worker = started;
    started.on('message', onMessage);
    let defect: Error | null = null;
    started.on('error', (error) => {
      defect = error instanceof Error ? error : new Error('the media worker threw something that is no error');
    });
    started.on('exit', (code) => {
      isReady = false;
      worker = null;
      if (isClosed) return;
      options.onDefect?.(defect ?? new Error(`the media worker ended by itself with status ${code}`));
      if (clock.monotonicMs() - startedMs >= STEADY_AFTER_MS) deaths = 0;
      cancelRestart = clock.after(backOffMs(RESTARTS, deaths), start);
      deaths += 1;
    });
  };

  start();
  return {
    configure: (next) => {
      sources = [...next];
      tell({ t: 'configure', sources });
    },
    issueTicket: (holder) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new Error('the media worker is closed'));
          return;
        }
        nextId += 1;
        waiting.set(nextId, { holder, resolve, reject });
        askForTicket(nextId, holder);
      }),
    dismiss: (holder) => {
      for (const [id, { holder: of, reject }] of waiting) {
        if (of !== holder) continue;
        waiting.delete(id);
        reject(new Error('the session has ended'));
      }
      tell({ t: 'dismiss', holder });
    },
    onReport: listeners.add,
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      cancelRestart();
      for (const { reject } of waiting.values()) reject(new Error('the media worker is closed'));
      waiting.clear();
      const running = worker;
      if (running === null) return;
      const hasEnded = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      const wasTold = isReady;
      tell({ t: 'close' });
      const cancel = clock.after(wasTold ? CLOSE_PATIENCE_MS : 0, () => void running.terminate());
      await hasEnded;
      cancel();
    },
  };
};
