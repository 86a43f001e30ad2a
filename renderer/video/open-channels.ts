/** The channels that are open: one per stream of the plan, made and closed as the plan changes. */
import type { VideoStatus } from '../../electron/contract/kernel/video-wire.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';
import { slotsOnKeyFrames } from './budget.rules.ts';
import { createChannel, type Channel, type DecoderEvents, type DecoderPort, type Picture } from './channel.ts';
import { openChannels, type ChannelPlan, type SlotPlan } from './channels.rules.ts';

/** Where a channel's pictures belong. */
export interface Place {
  readonly slot: SlotPlan;
  readonly warming: boolean;
}

export interface OpenChannel<P extends Picture> {
  readonly channel: Channel<P>;
  firstPictureMs: number | null;
}

export interface OpenChannels<P extends Picture> {
  readonly get: (number: number) => OpenChannel<P> | undefined;
  readonly all: () => Iterable<OpenChannel<P>>;
  readonly place: (number: number) => Place | undefined;
  /** Channels of which only key frames are wanted. */
  readonly onKeyFrames: () => ReadonlySet<number>;
  /** Makes the channels those of the plan, at this level of the budget. */
  readonly follow: (plan: ChannelPlan, level: number) => void;
}

export interface OpenChannelsDeps<P extends Picture> {
  readonly clock: Clock;
  readonly createDecoder: (events: DecoderEvents<P>) => DecoderPort;
  readonly decoded: (number: number) => void;
  readonly status: (number: number, status: VideoStatus) => void;
}

/** Time stamps of this machine's clock, microseconds, never the same twice. */
const createStamps = (clock: Clock): (() => number) => {
  let lastUs = 0;
  return () => {
    lastUs = Math.max(lastUs + 1, Math.round(clock.nowMs() * 1000));
    return lastUs;
  };
};

export const createOpenChannels = <P extends Picture>(deps: OpenChannelsDeps<P>): OpenChannels<P> => {
  const { clock } = deps;
  const channels = new Map<number, OpenChannel<P>>();
  const stampUs = createStamps(clock);
  let places: ReadonlyMap<number, Place> = new Map();
  let onKeyFrames: ReadonlySet<number> = new Set();
  let hardwareTrusted = true;

  const open = (number: number, quality: SlotPlan['shown']['quality']): OpenChannel<P> => {
    const channel = createChannel<P>(
      {
        createDecoder: deps.createDecoder,
        nowMs: clock.monotonicMs,
        stampUs,
        decoded: () => deps.decoded(number),
        hardwareTrusted: () => hardwareTrusted,
        hardwareFailed: () => {
          hardwareTrusted = false;
        },
        gaveUp: () => deps.status(number, { state: 'offline', sinceMs: clock.nowMs(), fault: 'unsupported' }),
      },
      quality,
    );
    const opened = { channel, firstPictureMs: null };
    channels.set(number, opened);
    return opened;
  };

  return {
    get: (number) => channels.get(number),
    all: () => channels.values(),
    place: (number) => places.get(number),
    onKeyFrames: () => onKeyFrames,
    follow: (plan, level) => {
      const wanted = openChannels(plan);
      places = new Map(wanted.map(({ ref, slot, warming }) => [ref.channel, { slot, warming }]));
      for (const [number, { channel }] of channels) {
        if (places.has(number)) continue;
        channel.close();
        channels.delete(number);
      }
      const onKeys = slotsOnKeyFrames(plan.slots, level);
      onKeyFrames = new Set(
        wanted.filter(({ slot, warming }) => !warming && onKeys.has(slot.tile.slot)).map(({ ref }) => ref.channel),
      );
      for (const { ref, slot } of wanted) {
        const { channel } = channels.get(ref.channel) ?? open(ref.channel, ref.quality);
        channel.setPrecious(slot.tile.rank !== 'normal');
        channel.setKeyFramesOnly(onKeyFrames.has(ref.channel));
      }
    },
  };
};
