import type { StreamFault, StreamState } from '../../electron/contract/kernel/video-wire.ts';
import type { AccessUnit, AccessUnitHandlers } from '../rtsp/access-unit-builder.ts';
import type { RtspFault } from '../rtsp/fault.ts';
import type { PictureFormat } from '../rtsp/picture-format.ts';
import type { RtspSession } from '../rtsp/session.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';
import { createBackOff } from './stream-back-off.ts';
import { createGroupCache } from './group-cache.ts';

/** Without a picture for this long a live stream is called stalled (ms; DESIGN section 4). */
const STALLED_AFTER_MS = 2000;
/** Without a picture for this long the connection is made anew (ms): some cameras hang with a living connection. */
const RECONNECT_AFTER_MS = 10_000;
/** Packets without a key frame are borne this long when a new connection did not bring one: "smart codecs" leave them out (ms). */
const KEY_FRAME_PATIENCE_MS = 65_000;
/** So long without a break makes a stream healthy again (ms). */
const HEALTHY_AFTER_MS = 60_000;

export interface StreamStatus {
  readonly state: StreamState;
  /** UTC milliseconds; for a stream that is not live, when the last picture came. */
  readonly sinceMs: number;
  readonly fault: StreamFault | null;
}

export interface SessionHandlers extends Omit<AccessUnitHandlers, 'onTooLarge'> {
  readonly onEnd: (fault: RtspFault) => void;
}

export interface StreamOptions {
  readonly open: (handlers: SessionHandlers) => RtspSession;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly onStatus: (status: StreamStatus) => void;
  readonly onFormat: (format: PictureFormat) => void;
  readonly onUnit: (unit: AccessUnit) => void;
  /** Something was thrown in this stream's own time: the connection is ended and made anew. */
  readonly onDefect: (error: unknown) => void;
}

/** One stream of one camera, held for as long as it is wanted: it is tried again and again, for ever. */
export interface Stream {
  readonly status: () => StreamStatus;
  readonly format: () => PictureFormat | null;
  readonly kept: () => readonly AccessUnit[];
  readonly close: () => void;
}

/** Each session counts pictures and time from zero; the stream goes on counting. */
const createContinuity = () => {
  let sequence = 0;
  let sequenceOffset = 0;
  let lastTimestampUs = 0;
  let timestampOffsetUs = 0;
  let lastArrivedAtMs: number | null = null;
  let isFirstOfSession = true;
  return {
    newSession: (): void => {
      isFirstOfSession = true;
    },
    next: (raw: AccessUnit): AccessUnit => {
      let unit = raw;
      if (isFirstOfSession) {
        isFirstOfSession = false;
        if (lastArrivedAtMs !== null) {
          sequenceOffset = sequence + 2 - unit.sequence;
          timestampOffsetUs =
            lastTimestampUs + Math.max(1, Math.round((unit.arrivedAtMs - lastArrivedAtMs) * 1000)) - unit.timestampUs;
          unit = { ...unit, discontinuity: true };
        }
      }
      lastArrivedAtMs = unit.arrivedAtMs;
      sequence = (unit.sequence + sequenceOffset) >>> 0;
      lastTimestampUs = unit.timestampUs + timestampOffsetUs;
      return { ...unit, sequence, timestampUs: lastTimestampUs };
    },
  };
};

/** Starts at once. Liveness is the progress of pictures; a connection proves nothing. */
export const createStream = (options: StreamOptions): Stream => {
  const { clock } = options;
  const backOff = createBackOff(options.random);
  const cache = createGroupCache();
  let status: StreamStatus = { state: 'connecting', sinceMs: clock.nowMs(), fault: null };
  let format: PictureFormat | null = null;
  let session: RtspSession | null = null;
  let cancel: Cancel | null = null;
  let isClosed = false;
  let startedMs = 0;
  let lastUnitMs: number | null = null;
  let lastUnitUtcMs: number | null = null;
  let liveFromMs: number | null = null;
  let packetsSeen = 0;
  let flowingMs = 0;
  let isPatient = false;
  const continuity = createContinuity();

  const setStatus = (state: StreamState, kind: StreamFault | null, sinceMs: number): void => {
    if (status.state === state && status.fault === kind) return;
    status = { state, sinceMs, fault: kind };
    options.onStatus(status);
  };

  const onAccessUnit = (raw: AccessUnit): void => {
    const unit = continuity.next(raw);
    const nowMs = clock.monotonicMs();
    lastUnitMs = nowMs;
    lastUnitUtcMs = unit.arrivedAtMs;
    cache.push(unit);
    if (status.state !== 'live') {
      liveFromMs = nowMs;
      isPatient = false;
      setStatus('live', null, unit.arrivedAtMs);
    }
    options.onUnit(unit);
  };

  const watch = (afterMs: number): void => {
    cancel = clock.after(afterMs, borne(look));
  };

  /** Runs once in two seconds of a healthy stream, whatever the number of its packets. */
  const look = (): void => {
    if (session === null) return;
    const nowMs = clock.monotonicMs();
    // As long as the camera still answers questions the session itself waits for it, as long as this camera needs.
    if (!session.isPlaying()) startedMs = nowMs;
    const silentMs = nowMs - (lastUnitMs ?? startedMs);
    const { packets } = session.stats();
    if (packets !== packetsSeen) flowingMs = nowMs;
    packetsSeen = packets;
    const isFlowing = nowMs - flowingMs < RECONNECT_AFTER_MS;
    if (silentMs >= STALLED_AFTER_MS && status.state === 'live') {
      setStatus('stalled', 'noFrames', lastUnitUtcMs ?? clock.nowMs());
    }
    if (silentMs >= (isFlowing && isPatient ? KEY_FRAME_PATIENCE_MS : RECONNECT_AFTER_MS)) {
      if (isFlowing) isPatient = !isPatient;
      session.close();
      ended('noFrames');
      return;
    }
    watch(silentMs < STALLED_AFTER_MS ? STALLED_AFTER_MS - silentMs : 1000);
  };

  const ended = (kind: StreamFault): void => {
    cancel?.();
    session = null;
    if (isClosed) return;
    const wasHealthy = liveFromMs !== null && lastUnitMs !== null && lastUnitMs - liveFromMs >= HEALTHY_AFTER_MS;
    liveFromMs = null;
    if (wasHealthy) backOff.reset();
    // Before anybody is told: what they throw keeps no camera from being tried again.
    cancel = clock.after(backOff.next(kind), borne(attempt));
    if (status.state !== 'stalled' || kind !== 'noFrames') {
      const isFresh = status.state === 'connecting' || status.state === 'live';
      cache.clear();
      setStatus('offline', kind, isFresh ? (lastUnitUtcMs ?? clock.nowMs()) : status.sinceMs);
    }
  };

  /** What is thrown where nobody else would catch it costs this camera its connection, and no other camera anything. */
  const borne = (call: () => void) => (): void => {
    try {
      call();
    } catch (error) {
      options.onDefect(error);
      const broken = session;
      try {
        broken?.close();
        ended('protocol');
      } catch (again) {
        options.onDefect(again);
      }
    }
  };

  const attempt = (): void => {
    startedMs = clock.monotonicMs();
    lastUnitMs = null;
    packetsSeen = 0;
    flowingMs = startedMs - RECONNECT_AFTER_MS;
    continuity.newSession();
    session = options.open({
      onFormat: (next) => {
        format = next;
        options.onFormat(next);
      },
      onAccessUnit,
      onEnd: (reason) => ended(reason.kind),
    });
    watch(STALLED_AFTER_MS);
  };

  borne(attempt)();
  return {
    status: () => status,
    format: () => format,
    kept: cache.units,
    close: () => {
      isClosed = true;
      cancel?.();
      session?.close();
      session = null;
    },
  };
};
