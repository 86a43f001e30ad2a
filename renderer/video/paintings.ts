/** The pictures of the pool at work: each belongs to one camera, and to a tile or, for a moment, to none. */
import type { StreamQuality, VideoStatus } from '../../electron/contract/kernel/video-wire.ts';
import { judge, newLiveness } from './liveness.rules.ts';
import type { Liveness } from './liveness.rules.ts';
import type { DecoderToPage, SlotReport } from './messages.ts';
import type { Surface, SurfacePool } from './surfaces.ts';

/** A detached picture goes on this long: a tile that moves to another place in the page takes it along, still moving. */
export const LINGER_MS = 300;

export interface Painting<T> {
  readonly surface: Surface;
  readonly cameraId: string;
  /** Tells this use of the surface from those before it. */
  readonly epoch: number;
  tile: T | null;
  lingersUntilMs: number;
  /** Somebody can see it. */
  watched: boolean;
  server: VideoStatus | null;
  wantedQuality: StreamQuality;
  /** Of what is painted now. */
  quality: StreamQuality;
  width: number;
  height: number;
  liveness: Liveness;
  paintedBefore: number;
  report: SlotReport | null;
  latencyMs: number | null;
  /** A frame of this camera has reached the compositor. */
  shown: boolean;
}

export interface Paintings<T> {
  all(): readonly Painting<T>[];
  bySlot(slot: number, epoch: number): Painting<T> | undefined;
  /** A picture for the camera: one of it that has just lost its tile and still moves, or a new one; `null` when the pool is empty. */
  take(cameraId: string): Painting<T> | null;
  /** Its tile is gone; after `LINGER_MS` it may be swept. */
  leave(painting: Painting<T>): void;
  /** Gives what has lingered long enough back to the pool. */
  sweep(): void;
  picture(message: DecoderToPage & { t: 'picture' }): void;
  /** Judges every picture; answers the frames painted since the last time. */
  look(elapsedMs: number, linkUp: boolean): ReadonlyMap<Painting<T>, number>;
  /** Measures the delay of the next frame. */
  measure(painting: Painting<T>): void;
}

export const createPaintings = <T>(pool: SurfacePool, now: () => number): Paintings<T> => {
  const paintings = new Set<Painting<T>>();
  let epochs = 0;

  const retire = (painting: Painting<T>): void => {
    paintings.delete(painting);
    pool.give(painting.surface);
  };

  const lingering = (): Painting<T>[] => [...paintings].filter(({ tile }) => tile === null);

  const takeSurface = (): Surface | null => {
    const surface = pool.take();
    const spare = lingering().toSorted((a, b) => a.lingersUntilMs - b.lingersUntilMs)[0];
    if (surface !== null || spare === undefined) return surface;
    retire(spare);
    return pool.take();
  };

  const create = (cameraId: string): Painting<T> | null => {
    const surface = takeSurface();
    if (surface === null) return null;
    epochs += 1;
    const painting: Painting<T> = {
      surface,
      cameraId,
      epoch: epochs,
      tile: null,
      lingersUntilMs: 0,
      watched: false,
      server: null,
      wantedQuality: 'sub',
      quality: 'sub',
      width: 0,
      height: 0,
      liveness: newLiveness(now()),
      paintedBefore: surface.painted(),
      report: null,
      latencyMs: null,
      shown: false,
    };
    paintings.add(painting);
    return painting;
  };

  /** Shows the picture once a frame of this camera, and not of the one before, has come to the compositor. */
  const showFrom = (painting: Painting<T>, stampUs: number): void =>
    painting.surface.nextFrame((seenUs) => {
      if (!paintings.has(painting)) return;
      // The media time is a double of seconds; a microsecond may be lost on the way.
      if (seenUs < stampUs - 2) return showFrom(painting, stampUs);
      painting.shown = true;
      painting.surface.setShown(true);
    });

  const bySlot = (slot: number, epoch: number): Painting<T> | undefined =>
    [...paintings].find((painting) => painting.surface.slot === slot && painting.epoch === epoch);

  const paintedSince = (painting: Painting<T>): number => {
    const total = painting.surface.painted();
    const painted = painting.shown ? Math.max(0, total - painting.paintedBefore) : 0;
    painting.paintedBefore = total;
    return painted;
  };

  return {
    all: () => [...paintings],
    bySlot,
    take: (cameraId) => lingering().find((spare) => spare.cameraId === cameraId) ?? create(cameraId),
    leave: (painting) => {
      painting.tile = null;
      painting.lingersUntilMs = performance.now() + LINGER_MS;
      pool.park(painting.surface);
    },
    sweep: () => {
      const nowMs = performance.now();
      for (const painting of lingering()) {
        if (painting.lingersUntilMs <= nowMs) retire(painting);
      }
    },
    picture: ({ slot, epoch, width, height, quality, stampUs }) => {
      const painting = bySlot(slot, epoch);
      if (painting === undefined) return;
      Object.assign(painting, { width, height, quality });
      if (!painting.shown) showFrom(painting, stampUs);
    },
    look: (elapsedMs, linkUp) => {
      const nowMs = now();
      const paintedBy = new Map<Painting<T>, number>();
      for (const painting of paintings) {
        const painted = paintedSince(painting);
        const { watched, server, report } = painting;
        const expectedGapMs = report?.keyFramesOnly === true ? report.keyGapMs : 0;
        const sample = { nowMs, elapsedMs, painted, watched, linkUp, server, expectedGapMs };
        painting.liveness = judge(painting.liveness, sample);
        paintedBy.set(painting, painted);
      }
      return paintedBy;
    },
    measure: (painting) => {
      const { report } = painting;
      if (report === null) return;
      painting.surface.nextFrame((stampUs) => {
        const delayMs = now() - (stampUs / 1000 + report.arrivalOffsetMs);
        painting.latencyMs = delayMs >= 0 && delayMs < 60_000 ? Math.round(delayMs) : null;
      });
    },
  };
};
