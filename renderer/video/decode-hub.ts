/** The decode worker's heart: one socket, one channel per stream, one tick on which every tile shows its newest frame. */
import type { VideoStatus } from '../../electron/contract/kernel/video-wire.ts';
import { fullBudget, isSmall, LATE_MS, nextBudget, releasedOn } from './budget.rules.ts';
import type { DecoderEvents, DecoderPort, PaintedPicture } from './channel.ts';
import { channelReady, emptyPlan, planChannels, watchMessage } from './channels.rules.ts';
import { createLink } from './link.ts';
import type { SocketPort } from './link.ts';
import type { DecoderToPage, PageToDecoder, SinkTransfer } from './messages.ts';
import { createOpenChannels } from './open-channels.ts';
import type { Sink } from './sinks.ts';
import { createSlotPictures } from './slot-pictures.ts';
import { tickHz, waitsForTick } from './tick.rules.ts';
import { decodeWire } from './wire-in.ts';
import { createTicker, repeat } from './browser-clock.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';

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

export const createDecodeHub = <P extends PaintedPicture>(deps: DecodeHubDeps<P>): DecodeHub => {
  const { clock } = deps;
  const channels = createOpenChannels<P>({
    clock,
    createDecoder: deps.createDecoder,
    decoded: (number) => onDecoded(number),
    status: (number, status) => tellStatus(number, status),
  });
  const pictures = createSlotPictures<P>({
    post: deps.post,
    createSink: deps.createSink,
    channel: (number) => channels.get(number)?.channel,
  });
  let plan = emptyPlan;
  let budget = fullBudget(clock.monotonicMs());
  let release: 'common' | 'none' = 'common';
  let tick = 0;
  let looks = 0;
  let watchSent = '';

  const tellStatus = (number: number, status: VideoStatus): void => {
    const place = channels.place(number);
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
      for (const { channel } of channels.all()) channel.awaitKey();
      deps.post({ t: 'link', up: true });
      watchSent = '';
      sendWatch();
    },
    down: () => deps.post({ t: 'link', up: false }),
    message: onMessage,
  });

  /** Says the whole wish, if it is another one than this socket has heard. */
  const sendWatch = (): void => {
    const text = JSON.stringify(watchMessage(plan, channels.onKeyFrames()));
    if (text === watchSent) return;
    watchSent = text;
    link.send(text);
  };

  const gathers = (): boolean => waitsForTick(release, plan.slots.length);

  const onDecoded = (number: number): void => {
    const place = channels.place(number);
    const open = channels.get(number);
    if (place === undefined || open === undefined) return;
    open.firstPictureMs ??= clock.monotonicMs();
    if (place.warming) {
      const warmMs = clock.monotonicMs() - open.firstPictureMs;
      if (!open.channel.caughtUp() && warmMs < WARM_MOST_MS) return;
      plan = channelReady(plan, number);
      settle();
      const swapped = channels.place(number);
      if (swapped !== undefined) pictures.release(swapped.slot);
      return;
    }
    if (!gathers()) pictures.release(place.slot);
  };

  const onTick = (): void => {
    tick += 1;
    if (!gathers()) return;
    for (const slot of plan.slots) {
      if (!isSmall(slot.tile) || releasedOn(budget.level, tick)) pictures.release(slot);
    }
  };

  const ticker = createTicker(clock, tickHz(0), () => onTick());

  /** Makes channels, wire and degradation follow the plan. */
  const settle = (): void => {
    channels.follow(plan, budget.level);
    sendWatch();
  };

  const look = (): void => {
    const nowMs = clock.monotonicMs();
    link.look();
    for (const { channel } of channels.all()) channel.look();
    const small = plan.slots.filter((slot) => isSmall(slot.tile));
    const late = plan.slots.filter((slot) => channels.get(slot.shown.channel)?.channel.takeLate(LATE_MS) === true);
    const before = budget.level;
    budget = nextBudget(budget, { nowMs, tiles: plan.slots.length, late: small.length === 0 ? 0 : late.length });
    if (budget.level !== before) settle();
    ticker.set(tickHz(Math.max(0, ...plan.slots.map((slot) => channels.get(slot.shown.channel)?.channel.fps() ?? 0))));
  };

  const report = (): void => {
    looks += 1;
    if (looks % LOOKS_EVERY === 0) look();
    const onKeys = channels.onKeyFrames();
    const rows = plan.slots.map((slot) => pictures.report(slot, onKeys.has(slot.shown.channel)));
    deps.post({ t: 'report', level: budget.level, tickHz: gathers() ? ticker.hz() : 0, rows });
  };

  return {
    receive: (message) => {
      if (message.t === 'start') {
        release = message.release;
        ticker.start();
        repeat(clock, REPORT_MS, report);
        link.start();
      } else if (message.t === 'sink') pictures.addSink(message.slot, message.sink);
      else if (message.t === 'ticket') link.ticket(message.url);
      else if (message.t === 'retry') link.retryNow();
      else {
        plan = planChannels(plan, message.tiles);
        settle();
      }
    },
  };
};
