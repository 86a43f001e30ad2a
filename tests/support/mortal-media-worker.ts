/** The real media worker, which dies of a request for a ticket for the origin `http://exit` or `http://throw`, before it answers. */
import { parentPort } from 'node:worker_threads';
import type { ToMediaWorker } from '../../native/video/worker-messages.ts';

parentPort?.on('message', (message: ToMediaWorker) => {
  if (message.t !== 'ticket') return;
  if (message.origins.includes('http://exit')) process.exit(7);
  if (message.origins.includes('http://throw')) throw new Error('as the test says');
});
await import('../../native/video/media-worker.ts');
