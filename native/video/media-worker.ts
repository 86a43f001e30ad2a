/**
 * The media worker: cameras in, pictures out to the seats, on a thread and a listener of its own, so that no disk
 * access of the station delays a frame. Started by `createMediaWorker`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { newDeviceHabits, type DeviceHabits } from '../rtsp/device-habits.ts';
import { createRtspSession } from '../rtsp/session.ts';
import { createFineClock } from '../kit/system-clock.ts';
import { openVideoListener, type VideoListener, type VideoListenerOptions } from './listener.ts';
import { createStreamHub } from './stream-hub.ts';
import { createTickets } from './tickets.ts';
import type { FromMediaWorker, MediaWorkerData, ToMediaWorker } from './worker-messages.ts';

/** How long the port of the worker before is waited for (tries, ms). */
const PORT_TRIES = 20;
const PORT_WAIT_MS = 100;

const host = parentPort;
if (host === null) throw new Error('the media worker is started by the station, not by itself');
const settings: MediaWorkerData = workerData;
const clock = createFineClock();
const tell = (message: FromMediaWorker): void => host.postMessage(message, []);
/** Says what was thrown while one camera or one seat was served: it has cost nobody else anything. */
const tellDefect = (of: string, error: unknown): void =>
  tell({ t: 'defect', of, problem: error instanceof Error ? error.message : 'something that is no error' });
const habitsByCamera = new Map<string, DeviceHabits>();

const hub = createStreamHub({
  clock,
  random: Math.random,
  onReport: (report) => tell({ t: 'report', report }),
  onDefect: (error, cameraId) => tellDefect(cameraId ?? 'seat', error),
  open: ({ cameraId, url, username, password, allows }, handlers) => {
    const habits = habitsByCamera.get(cameraId) ?? newDeviceHabits();
    habitsByCamera.set(cameraId, habits);
    return createRtspSession({
      url,
      username,
      password,
      clock,
      habits,
      allows: { oldTls: allows.includes('oldTls'), plainPassword: allows.includes('plainPassword') },
      ...handlers,
      onDefect: (error) => tellDefect(cameraId, error),
    });
  },
});
const tickets = createTickets(clock.monotonicMs);

/** Opens the port that was had before, or another when somebody else has taken it meanwhile. */
const openListener = async (options: Omit<VideoListenerOptions, 'port'>): Promise<VideoListener> => {
  for (let attempt = 0; attempt < PORT_TRIES && settings.port !== 0; attempt += 1) {
    try {
      return await openVideoListener({ ...options, port: settings.port });
    } catch {
      // Still held by the worker before, most likely: it is asked for again a little later.
      await delay(PORT_WAIT_MS);
    }
  }
  return openVideoListener({ ...options, port: 0 });
};

const listener = await openListener({ hub, tickets, clock, seatBufferBytes: settings.seatBufferBytes });
host.on('message', (message: ToMediaWorker) => {
  if (message.t === 'configure') {
    const known = new Set(message.sources.map((source) => source.cameraId));
    for (const cameraId of habitsByCamera.keys()) if (!known.has(cameraId)) habitsByCamera.delete(cameraId);
    hub.configure(message.sources);
  } else if (message.t === 'ticket') {
    tell({ t: 'ticket', id: message.id, ticket: tickets.issue(message.origins, message.holder) });
  } else if (message.t === 'dismiss') {
    listener.dismiss(message.holder);
  } else {
    hub.close();
    listener.close();
    host.close();
  }
});
tell({ t: 'ready', port: listener.port });
