/** The real media worker, in which the first picture format of the camera `touchy` makes what is called with it throw, each time. */
import { parentPort } from 'node:worker_threads';
import type { FromMediaWorker } from '../../native/video/worker-messages.ts';

if (parentPort !== null) {
  const host = parentPort;
  const post = host.postMessage.bind(host);
  host.postMessage = (message: FromMediaWorker, moved) => {
    const isDue =
      message.t === 'report' &&
      message.report.cameraId === 'touchy' &&
      message.report.state !== 'offline' &&
      message.report.codec !== null;
    if (isDue) throw new Error('as the test says');
    post(message, moved);
  };
}
await import('../../native/video/media-worker.ts');
