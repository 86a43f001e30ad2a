/** The decode worker's entry: the browser's own parts for `decode-hub.ts`, which does everything. */
import { createDecodeHub } from './decode-hub.ts';
import type { PageToDecoder } from './messages.ts';
import { createSink } from './sinks.ts';
import { createWebDecoder } from './web-decoder.ts';
import { browserClock } from './browser-clock.ts';

const hub = createDecodeHub<VideoFrame>({
  clock: browserClock,
  random: Math.random,
  post: (message) => self.postMessage(message, { transfer: [] }),
  openSocket: (url) => new WebSocket(url),
  createDecoder: createWebDecoder,
  createSink,
});

self.addEventListener('message', (event: MessageEvent<PageToDecoder>) => hub.receive(event.data));
