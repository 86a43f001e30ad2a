import type { CameraAllowance } from '../../electron/contract/kernel/primitives.ts';
import type { StreamQuality } from '../../electron/contract/kernel/video-wire.ts';
import type { StreamReport, VideoSource } from '../../electron/station/ports/video.port.ts';
import type { AccessUnit } from '../rtsp/access-unit-builder.ts';
import type { PictureFormat } from '../rtsp/picture-format.ts';
import type { RtspSession } from '../rtsp/session.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';
import { createStream, type SessionHandlers, type Stream, type StreamStatus } from './stream.ts';

/** A stream opened on demand stays this long after the last look, for the seat that changes its mind (ms). */
export const LINGER_MS = 5000;

/** Where one stream comes from. */
interface StreamAddress {
  readonly cameraId: string;
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly allows: readonly CameraAllowance[];
}

/** Somebody who looks at a stream. */
export interface StreamSink {
  readonly onStatus: (status: StreamStatus) => void;
  readonly onFormat: (format: PictureFormat) => void;
  readonly onUnit: (unit: AccessUnit) => void;
}

export interface StreamHubOptions {
  readonly open: (address: StreamAddress, handlers: SessionHandlers) => RtspSession;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly onReport: (report: StreamReport) => void;
  /** Something was thrown while one looker was served, or, with `cameraId`, for one camera; the others are served all the same. */
  readonly onDefect?: (error: unknown, cameraId: string | null) => void;
}

export interface StreamHub {
  /** Replaces the cameras; streams whose address and account stay the same are left alone. */
  readonly configure: (sources: readonly VideoSource[]) => void;
  /** Calls the sink with the state, the format and the kept group at once, and then with what comes. */
  readonly watch: (cameraId: string, quality: StreamQuality, sink: StreamSink) => Cancel;
  readonly close: () => void;
}

interface Slot {
  readonly address: StreamAddress;
  readonly quality: StreamQuality;
  readonly sinks: Set<StreamSink>;
  readonly stream: Stream;
  cancelLinger: Cancel | null;
}

interface Watcher {
  readonly cameraId: string;
  readonly quality: StreamQuality;
  readonly sink: StreamSink;
  slot: Slot | null;
}

/** The stream a wish leads to: a camera without a sub-stream shows its main one. */
const addressOf = (
  source: VideoSource,
  wish: StreamQuality,
): { readonly quality: StreamQuality; readonly address: StreamAddress } => {
  const quality = wish === 'sub' && source.subUrl === null ? 'main' : wish;
  const url = quality === 'sub' && source.subUrl !== null ? source.subUrl : source.mainUrl;
  const { cameraId, username, password, allows = [] } = source;
  return { quality, address: { cameraId, url, username, password, allows } };
};

const isSameAddress = (a: StreamAddress, b: StreamAddress): boolean =>
  a.url === b.url && a.username === b.username && a.password === b.password && a.allows.join() === b.allows.join();

/** A stream that serves all who look at it; `begin` reports it for the first time, once it has its place. */
const createSlot = (
  options: StreamHubOptions,
  quality: StreamQuality,
  address: StreamAddress,
): { readonly slot: Slot; readonly begin: () => void } => {
  const sinks = new Set<StreamSink>();
  const { cameraId } = address;
  /** What one looker throws is not the camera's, and not the others'. */
  const toEach = (tell: (sink: StreamSink) => void): void => {
    for (const sink of sinks) {
      try {
        tell(sink);
      } catch (error) {
        options.onDefect?.(error, null);
      }
    }
  };
  const report = (status: StreamStatus, format: PictureFormat | null): void => {
    const { codecString: codec = null, width = null, height = null } = format ?? {};
    options.onReport({ cameraId, quality, ...status, codec, width, height });
  };
  const stream = createStream({
    open: (handlers) => options.open(address, handlers),
    clock: options.clock,
    random: options.random,
    onStatus: (status) => {
      report(status, stream.format());
      toEach((sink) => sink.onStatus(status));
    },
    onFormat: (format) => {
      report(stream.status(), format);
      toEach((sink) => sink.onFormat(format));
    },
    onUnit: (unit) => {
      toEach((sink) => sink.onUnit(unit));
    },
    onDefect: (error) => options.onDefect?.(error, cameraId),
  });
  const begin = (): void => {
    try {
      report(stream.status(), null);
    } catch (error) {
      // The other cameras are still to be opened.
      options.onDefect?.(error, cameraId);
    }
  };
  return { slot: { address, quality, sinks, stream, cancelLinger: null }, begin };
};

/** One connection per camera and quality, however many seats look. */
export const createStreamHub = (options: StreamHubOptions): StreamHub => {
  const { clock } = options;
  const sourcesById = new Map<string, VideoSource>();
  const slots = new Map<string, Slot>();
  const watchers = new Set<Watcher>();
  const keyOf = (cameraId: string, quality: StreamQuality): string => `${quality}/${cameraId}`;
  const startedMs = clock.nowMs();
  const isCurrent = (slot: Slot): boolean => slots.get(keyOf(slot.address.cameraId, slot.quality)) === slot;

  const openSlot = (quality: StreamQuality, address: StreamAddress): Slot => {
    const { slot, begin } = createSlot(options, quality, address);
    slots.set(keyOf(address.cameraId, quality), slot);
    begin();
    return slot;
  };

  const closeSlot = (slot: Slot): void => {
    slot.cancelLinger?.();
    slot.cancelLinger = null;
    slot.stream.close();
    slots.delete(keyOf(slot.address.cameraId, slot.quality));
  };

  const slotFor = (source: VideoSource, wish: StreamQuality): Slot => {
    const { quality, address } = addressOf(source, wish);
    return slots.get(keyOf(source.cameraId, quality)) ?? openSlot(quality, address);
  };

  const attach = (watcher: Watcher): void => {
    const source = sourcesById.get(watcher.cameraId);
    if (source === undefined) {
      watcher.sink.onStatus({ state: 'offline', sinceMs: startedMs, fault: 'noSuchStream' });
      return;
    }
    const slot = slotFor(source, watcher.quality);
    slot.cancelLinger?.();
    slot.cancelLinger = null;
    slot.sinks.add(watcher.sink);
    watcher.slot = slot;
    watcher.sink.onStatus(slot.stream.status());
    const format = slot.stream.format();
    if (format !== null) watcher.sink.onFormat(format);
    for (const unit of slot.stream.kept()) watcher.sink.onUnit(unit);
  };

  const isAlwaysOn = (slot: Slot): boolean => {
    const source = sourcesById.get(slot.address.cameraId);
    return source !== undefined && addressOf(source, 'sub').quality === slot.quality;
  };

  /** A stream opened on demand goes when nobody has looked for a while. */
  const linger = (slot: Slot): void => {
    if (slot.sinks.size > 0 || isAlwaysOn(slot) || !isCurrent(slot)) return;
    slot.cancelLinger ??= clock.after(LINGER_MS, () => closeSlot(slot));
  };

  const detach = (watcher: Watcher): void => {
    const slot = watcher.slot;
    watcher.slot = null;
    if (slot === null) return;
    slot.sinks.delete(watcher.sink);
    linger(slot);
  };

  return {
    configure: (sources) => {
      sourcesById.clear();
      for (const source of sources) sourcesById.set(source.cameraId, source);
      for (const slot of slots.values()) {
        const source = sourcesById.get(slot.address.cameraId);
        const wanted = source === undefined ? null : addressOf(source, slot.quality);
        const isKept =
          wanted !== null && wanted.quality === slot.quality && isSameAddress(wanted.address, slot.address);
        if (!isKept) closeSlot(slot);
      }
      for (const source of sourcesById.values()) slotFor(source, 'sub');
      for (const watcher of watchers) {
        const source = sourcesById.get(watcher.cameraId);
        const quality = source === undefined ? null : addressOf(source, watcher.quality).quality;
        if (watcher.slot !== null && isCurrent(watcher.slot) && watcher.slot.quality === quality) continue;
        detach(watcher);
        attach(watcher);
      }
      for (const slot of slots.values()) linger(slot);
    },
    watch: (cameraId, quality, sink) => {
      const watcher: Watcher = { cameraId, quality, sink, slot: null };
      watchers.add(watcher);
      attach(watcher);
      return () => {
        if (watchers.delete(watcher)) detach(watcher);
      };
    },
    close: () => {
      watchers.clear();
      for (const slot of slots.values()) closeSlot(slot);
    },
  };
};
