/** The decode worker's heart: one socket, one channel per stream, one tick on which every tile shows its newest frame. */
import type { VideoStatus } from '../../electron/contract/kernel/video-wire.ts';
import { fullBudget, isSmall, LATE_MS, nextBudget, releasedOn, slotsOnKeyFrames } from './budget.rules.ts';
import { createChannel } from './channel.ts';
import type { Channel, DecoderEvents, DecoderPort, Picture } from './channel.ts';
import { channelReady, emptyPlan, openChannels, planChannels, watchMessage } from './channels.rules.ts';
import type { SlotPlan } from './channels.rules.ts';
import { createLink } from './link.ts';
import type { SocketPort } from './link.ts';
import type { DecoderToPage, PageToDecoder, SinkTransfer, SlotReport } from './messages.ts';
import type { Sink } from './sinks.ts';
import { tickHz, waitsForTick } from './tick.rules.ts';
import { decodeWire } from './wire-in.ts';
import { repeat } from './browser-clock.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';

/** What is needed of a `VideoFrame` to paint it and to tell its size. */
export interface PaintedPicture extends Picture {
  readonly displayWidth: number;
  readonly displayHeight: number;
}

export interface DecodeHubDeps<P extends PaintedPicture> {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly post: (message: DecoderToPage) => void;
  readonly openSocket: (url: string) => SocketPort;
  readonly createDecoder: (events: DecoderEvents<P>) => DecoderPort;
  readonly createSink: (transfer: SinkTransfer) => Sink<P>;
}

export interface DecodeHub {
  receive(message: PageToDecoder): void;
}

/** Looks at watchdogs, budget and tick twice a second, reports four times. */
const REPORT_MS = 250;
const LOOKS_EVERY = 2;

/** A warming channel whose decoder never quite catches up is shown after this long all the same. */
const WARM_MOST_MS = 1000;

interface OpenChannel<P extends PaintedPicture> {
  readonly channel: Channel<P>;
  firstPictureMs: number | null;
}

/** What the page was last told about a slot's picture; a change is told again. */
interface Shown {
  readonly key: string;
  readonly arrivalOffsetMs: number;
}

export const createDecodeHub = <P extends PaintedPicture>(deps: DecodeHubDeps<P>): DecodeHub => {
  const { clock } = deps;
  const sinks = new Map<number, Sink<P>>();
  const channels = new Map<number, OpenChannel<P>>();
  const shown = new Map<number, Shown>();
  let plan = emptyPlan;
  let slotByChannel = new Map<number, { slot: SlotPlan; warming: boolean }>();
  let budget = fullBudget(clock.monotonicMs());
  let keyFrameChannels: ReadonlySet<number> = new Set();
  let release: 'common' | 'none' = 'common';
  let hz = tickHz(0);
  let tick = 0;
  let looks = 0;
  let stopTick: (() => void) | null = null;
  let lastStampUs = 0;
  let watchSent = '';
  let hardwareTrusted = true;

  const stampUs = (): number => {
    lastStampUs = Math.max(lastStampUs + 1, Math.round(clock.nowMs() * 1000));
    return lastStampUs;
  };

  const tellStatus = (number: number, status: VideoStatus): void => {
    const place = slotByChannel.get(number);
    if (place === undefined || place.warming) return;
    const { slot, epoch } = place.slot.tile;
    deps.post({ t: 'status', slot, epoch, status });
  };

  const onMessage = (data: ArrayBuffer): void => {
    const message = decodeWire(data);
    const open = message === null ? undefined : channels.get(message.channel);
    if (message === null || open === undefined) return;
    if (message.kind === 'frame') open.channel.arrived(message.frame);
    else if (message.kind === 'config') open.channel.configure(message.config);
    else tellStatus(message.channel, message.status);
  };

  const link = createLink({
    clock,
    random: deps.random,
    askTicket: () => deps.post({ t: 'ticketWanted' }),
    openSocket: deps.openSocket,
    up: () => {
      for (const { channel } of channels.values()) channel.awaitKey();
      deps.post({ t: 'link', up: true });
      watchSent = '';
      sendWatch();
    },
    down: () => deps.post({ t: 'link', up: false }),
    message: onMessage,
  });

  /** Says the whole wish, if it is another one than this socket has heard. */
  const sendWatch = (): void => {
    const text = JSON.stringify(watchMessage(plan, keyFrameChannels));
    if (text === watchSent) return;
    watchSent = text;
    link.send(text);
  };

  /** Hands the newest picture of a slot to its sink. */
  const releaseSlot = (slot: SlotPlan): void => {
    const sink = sinks.get(slot.tile.slot);
    const channel = channels.get(slot.shown.channel)?.channel;
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
    deps.post({ t: 'picture', slot: number, epoch, stampUs: timestamp, width, height, quality: slot.shown.quality });
  };

  const gathers = (): boolean => waitsForTick(release, plan.slots.length);

  const onDecoded = (number: number): void => {
    const place = slotByChannel.get(number);
    const open = channels.get(number);
    if (place === undefined || open === undefined) return;
    open.firstPictureMs ??= clock.monotonicMs();
    if (place.warming) {
      const warmMs = clock.monotonicMs() - open.firstPictureMs;
      if (!open.channel.caughtUp() && warmMs < WARM_MOST_MS) return;
      plan = channelReady(plan, number);
      settle();
      const swapped = slotByChannel.get(number);
      if (swapped !== undefined) releaseSlot(swapped.slot);
      return;
    }
    if (!gathers()) releaseSlot(place.slot);
  };

  const onTick = (): void => {
    tick += 1;
    if (!gathers()) return;
    for (const slot of plan.slots) {
      if (!isSmall(slot.tile) || releasedOn(budget.level, tick)) releaseSlot(slot);
    }
  };

  const setTick = (next: number): void => {
    if (stopTick !== null && next === hz) return;
    hz = next;
    stopTick?.();
    stopTick = repeat(clock, 1000 / hz, onTick);
  };

  /** Makes channels, wire and degradation follow the plan. */
  const settle = (): void => {
    const wanted = openChannels(plan);
    slotByChannel = new Map(wanted.map(({ ref, slot, warming }) => [ref.channel, { slot, warming }]));
    for (const [number, { channel }] of channels) {
      if (slotByChannel.has(number)) continue;
      channel.close();
      channels.delete(number);
    }
    const onKeys = slotsOnKeyFrames(plan.slots, budget.level);
    keyFrameChannels = new Set(
      wanted.filter(({ slot, warming }) => !warming && onKeys.has(slot.tile.slot)).map(({ ref }) => ref.channel),
    );
    for (const { ref, slot } of wanted) {
      const open = channels.get(ref.channel) ?? openChannel(ref.channel, ref.quality);
      open.channel.setPrecious(slot.tile.rank !== 'normal');
      open.channel.setKeyFramesOnly(keyFrameChannels.has(ref.channel));
    }
    sendWatch();
  };

  const openChannel = (number: number, quality: SlotPlan['shown']['quality']): OpenChannel<P> => {
    const channel = createChannel<P>(
      {
        createDecoder: deps.createDecoder,
        nowMs: clock.monotonicMs,
        stampUs,
        decoded: () => onDecoded(number),
        hardwareTrusted: () => hardwareTrusted,
        hardwareFailed: () => {
          hardwareTrusted = false;
        },
        gaveUp: () => tellStatus(number, { state: 'offline', sinceMs: clock.nowMs(), fault: 'unsupported' }),
      },
      quality,
    );
    const open = { channel, firstPictureMs: null };
    channels.set(number, open);
    return open;
  };

  const rowOf = (slot: SlotPlan): SlotReport => {
    const { slot: number, epoch } = slot.tile;
    const last = shown.get(number);
    return {
      slot: number,
      epoch,
      drawn: sinks.get(number)?.drawn() ?? 0,
      keyFramesOnly: keyFrameChannels.has(slot.shown.channel),
      keyGapMs: channels.get(slot.shown.channel)?.channel.keyGapMs() ?? 0,
      arrivalOffsetMs: last?.arrivalOffsetMs ?? 0,
    };
  };

  const look = (): void => {
    const nowMs = clock.monotonicMs();
    link.look();
    for (const { channel } of channels.values()) channel.look();
    const small = plan.slots.filter((slot) => isSmall(slot.tile));
    const late = plan.slots.filter((slot) => channels.get(slot.shown.channel)?.channel.takeLate(LATE_MS) === true);
    const before = budget.level;
    budget = nextBudget(budget, { nowMs, tiles: plan.slots.length, late: small.length === 0 ? 0 : late.length });
    if (budget.level !== before) settle();
    setTick(tickHz(Math.max(0, ...plan.slots.map((slot) => channels.get(slot.shown.channel)?.channel.fps() ?? 0))));
  };

  const report = (): void => {
    looks += 1;
    if (looks % LOOKS_EVERY === 0) look();
    deps.post({ t: 'report', level: budget.level, tickHz: gathers() ? hz : 0, rows: plan.slots.map(rowOf) });
  };

  return {
    receive: (message) => {
      if (message.t === 'start') {
        release = message.release;
        setTick(hz);
        repeat(clock, REPORT_MS, report);
        link.start();
      } else if (message.t === 'sink') sinks.set(message.slot, deps.createSink(message.sink));
      else if (message.t === 'ticket') link.ticket(message.url);
      else if (message.t === 'retry') link.retryNow();
      else {
        plan = planChannels(plan, message.tiles);
        settle();
      }
    },
  };
};
