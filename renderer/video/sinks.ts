/** Where a slot's frames go, inside the worker. A sink owns each frame it is given and closes it. */
import type { SinkTransfer } from './messages.ts';

export interface Sink<P> {
  /** False while the last frame has not been taken: then the newest waits, and older ones are dropped. */
  ready(): boolean;
  show(frame: P): void;
  /** Frames drawn, for the sink that has no `<video>` to count for it. */
  drawn(): number;
}

const trackSink = (writable: WritableStream<VideoFrame>): Sink<VideoFrame> => {
  const writer = writable.getWriter();
  const hand = async (frame: VideoFrame): Promise<void> => {
    try {
      await writer.write(frame);
    } finally {
      frame.close();
    }
  };
  return {
    ready: () => (writer.desiredSize ?? 0) > 0,
    show: (frame) => {
      void hand(frame);
    },
    drawn: () => 0,
  };
};

const canvasSink = (canvas: OffscreenCanvas): Sink<VideoFrame> => {
  const context = canvas.getContext('2d', { alpha: false });
  let drawn = 0;
  return {
    ready: () => context !== null,
    show: (frame) => {
      if (canvas.width !== frame.displayWidth || canvas.height !== frame.displayHeight) {
        canvas.width = frame.displayWidth;
        canvas.height = frame.displayHeight;
      }
      context?.drawImage(frame, 0, 0);
      frame.close();
      drawn += 1;
    },
    drawn: () => drawn,
  };
};

export const createSink = (transfer: SinkTransfer): Sink<VideoFrame> =>
  transfer.kind === 'track' ? trackSink(transfer.writable) : canvasSink(transfer.canvas);
