/** The decode worker as the page holds it: one that says nothing any more is replaced. */
import { POLL_CREDIT_MS } from './liveness.rules.ts';
import type { DecoderToPage, PageToDecoder } from './messages.ts';

/** A worker reports four times a second; one that was silent for so long, while the page itself was awake, is dead. */
const WORKER_SILENT_MS = 10_000;

export interface DecoderHost {
  readonly send: (message: PageToDecoder, transfer?: Transferable[]) => void;
  /** So much time of the page has passed: a worker that was silent for too long is replaced, and `replaced` is called. */
  readonly passed: (elapsedMs: number) => void;
  readonly dispose: () => void;
}

export const createDecoderHost = (receive: (message: DecoderToPage) => void, replaced: () => void): DecoderHost => {
  let silentMs = 0;
  const start = (): Worker => {
    const started = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'video' });
    started.addEventListener('message', (event: MessageEvent<DecoderToPage>) => {
      silentMs = 0;
      receive(event.data);
    });
    return started;
  };
  let worker = start();
  return {
    send: (message, transfer = []) => worker.postMessage(message, { transfer }),
    passed: (elapsedMs) => {
      silentMs += Math.min(elapsedMs, POLL_CREDIT_MS);
      if (silentMs <= WORKER_SILENT_MS) return;
      worker.terminate();
      worker = start();
      silentMs = 0;
      replaced();
    },
    dispose: () => worker.terminate(),
  };
};
