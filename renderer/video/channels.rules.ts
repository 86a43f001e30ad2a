/**
 * Which channel of the video socket feeds which slot of the pool. Pure. A change of quality opens a second channel and keeps
 * the first until the second has a picture; a channel number is not used again for 65,000 pictures, so that a frame of the
 * old camera still under way can never appear under the name of the new one.
 */
import type { StreamQuality, VideoRequest } from '../../electron/contract/kernel/video-wire.ts';

/** `focus`: somebody looks at it large; `alarmed`: belongs to an alarm. Neither ever loses quality. */
export type TileRank = 'focus' | 'alarmed' | 'normal';

/** One picture the page wants now. A new `epoch` of a slot means another camera, or a new start for the same one. */
export interface WantedTile {
  readonly slot: number;
  readonly epoch: number;
  readonly cameraId: string;
  readonly quality: StreamQuality;
  readonly rank: TileRank;
}

export interface ChannelRef {
  readonly channel: number;
  readonly quality: StreamQuality;
}

export interface SlotPlan {
  readonly tile: WantedTile;
  /** What is painted now. */
  readonly shown: ChannelRef;
  /** What takes over as soon as it has a picture. */
  readonly warming: ChannelRef | null;
}

export interface ChannelPlan {
  readonly slots: readonly SlotPlan[];
  readonly nextChannel: number;
}

/** The wire's channel is a u16. */
const CHANNELS = 65_536;

/** The most pictures one watch message may name; a warming channel counts. */
const WIRE_TILES = 64;

export const emptyPlan: ChannelPlan = { slots: [], nextChannel: 0 };

/** The plan for a new set of wanted pictures. */
export const planChannels = (before: ChannelPlan, wanted: readonly WantedTile[]): ChannelPlan => {
  let next = before.nextChannel;
  const open = (quality: StreamQuality): ChannelRef => {
    const channel = next;
    next = (next + 1) % CHANNELS;
    return { channel, quality };
  };
  const oldBySlot = new Map(before.slots.map((plan) => [plan.tile.slot, plan]));
  const slots = wanted.map((tile): SlotPlan => {
    const old = oldBySlot.get(tile.slot);
    if (old === undefined || old.tile.epoch !== tile.epoch || old.tile.cameraId !== tile.cameraId) {
      return { tile, shown: open(tile.quality), warming: null };
    }
    if (old.shown.quality === tile.quality) return { tile, shown: old.shown, warming: null };
    return { tile, shown: old.shown, warming: old.warming ?? open(tile.quality) };
  });
  return { slots, nextChannel: next };
};

/** A warming channel has its picture: it is shown from now on and the old one is closed. */
export const channelReady = (plan: ChannelPlan, channel: number): ChannelPlan => ({
  ...plan,
  slots: plan.slots.map((slot) =>
    slot.warming?.channel === channel ? { ...slot, shown: slot.warming, warming: null } : slot,
  ),
});

/** Every open channel with its slot. */
export const openChannels = (plan: ChannelPlan): readonly { ref: ChannelRef; slot: SlotPlan; warming: boolean }[] =>
  plan.slots.flatMap((slot) => [
    { ref: slot.shown, slot, warming: false },
    ...(slot.warming === null ? [] : [{ ref: slot.warming, slot, warming: true }]),
  ]);

/** The complete `watch` message. Shown pictures go before warming ones, should the wire's bound of 64 be met. */
export const watchMessage = (plan: ChannelPlan, keyFramesOnly: ReadonlySet<number>): VideoRequest => ({
  t: 'watch',
  tiles: openChannels(plan)
    .toSorted((a, b) => Number(a.warming) - Number(b.warming))
    .slice(0, WIRE_TILES)
    .map(({ ref, slot }) => {
      const tile = { channel: ref.channel, cameraId: slot.tile.cameraId, quality: ref.quality };
      return keyFramesOnly.has(ref.channel) ? Object.assign(tile, { keyFramesOnly: true }) : tile;
    }),
});
