/** The newest picture of each slot on its way to its sink, and what the page is told of it. */
import type { Channel, PaintedPicture } from './channel.ts';
import type { SlotPlan } from './channels.rules.ts';
import type { DecoderToPage, SinkTransfer, SlotReport } from './messages.ts';
import type { Sink } from './sinks.ts';

/** What the page was last told about a slot's picture; a change is told again. */
interface Shown {
  readonly key: string;
  readonly arrivalOffsetMs: number;
}

export interface SlotPictures {
  readonly addSink: (slot: number, transfer: SinkTransfer) => void;
  /** Hands the newest picture of a slot to its sink. */
  readonly release: (slot: SlotPlan) => void;
  readonly report: (slot: SlotPlan, keyFramesOnly: boolean) => SlotReport;
}

export interface SlotPicturesDeps<P extends PaintedPicture> {
  readonly post: (message: DecoderToPage) => void;
  readonly createSink: (transfer: SinkTransfer) => Sink<P>;
  readonly channel: (number: number) => Channel<P> | undefined;
}

export const createSlotPictures = <P extends PaintedPicture>(deps: SlotPicturesDeps<P>): SlotPictures => {
  const sinks = new Map<number, Sink<P>>();
  const shown = new Map<number, Shown>();
  return {
    addSink: (slot, transfer) => void sinks.set(slot, deps.createSink(transfer)),
    release: (slot) => {
      const sink = sinks.get(slot.tile.slot);
      const channel = deps.channel(slot.shown.channel);
      if (sink === undefined || channel === undefined || !sink.ready()) return;
      const newest = channel.takeNewest();
      if (newest === null) return;
      const { picture } = newest;
      const { slot: number, epoch } = slot.tile;
      const { displayWidth: width, displayHeight: height, timestamp } = picture;
      const key = `${epoch} ${slot.shown.channel} ${width}x${height}`;
      const known = shown.get(number)?.key;
      shown.set(number, { key, arrivalOffsetMs: newest.arrivedAtMs - timestamp / 1000 });
      sink.show(picture);
      if (known === key) return;
      const { quality } = slot.shown;
      deps.post({ t: 'picture', slot: number, epoch, stampUs: timestamp, width, height, quality });
    },
    report: (slot, keyFramesOnly) => {
      const { slot: number, epoch } = slot.tile;
      return {
        slot: number,
        epoch,
        drawn: sinks.get(number)?.drawn() ?? 0,
        keyFramesOnly,
        keyGapMs: deps.channel(slot.shown.channel)?.keyGapMs() ?? 0,
        arrivalOffsetMs: shown.get(number)?.arrivalOffsetMs ?? 0,
      };
    },
  };
};
