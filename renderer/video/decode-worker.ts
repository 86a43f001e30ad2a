/** The decode worker's entry: everything it does is in `decode-hub.ts`. */
import { createDecodeHub } from './decode-hub.ts';
import type { DecoderToPage, PageToDecoder } from './messages.ts';

const hub = createDecodeHub({
  post: (message: DecoderToPage) => self.postMessage(message, { transfer: [] }),
  openSocket: (url) => new WebSocket(url),
});

self.addEventListener('message', (event: MessageEvent<PageToDecoder>) => hub.receive(event.data));
