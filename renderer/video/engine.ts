/**
 * The seat's video engine, in the page: which camera is wanted in which tile, which picture of the pool shows it, and whether
 * it lives. Decoding is in a worker (`decode-hub.ts`); React is not needed here (`tile.tsx` is a thin layer over it).
 */
import type { StreamQuality, StreamState, VideoStatus } from '../../electron/contract/video-wire.ts';
import type { TileRank, WantedTile } from './channels.rules.ts';
import { judge, newLiveness } from './liveness.rules.ts';
import type { Liveness, TileFault } from './liveness.rules.ts';
import type { DecoderToPage, PageToDecoder, SlotReport } from './messages.ts';
import { qualityFor } from './quality.rules.ts';
import { createSurfacePool } from './surfaces.ts';
import type { Surface } from './surfaces.ts';

export interface TileOptions {
  readonly cameraId: string;
  /** `auto`: by the tile's size on screen. */
  readonly quality: StreamQuality | 'auto';
  /** Somebody looks at it large. */
  readonly focus: boolean;
  /** It belongs to an open alarm. */
  readonly alarmed: boolean;
}

/** What is true of a tile now; a new object for every change. */
export interface TileSnapshot {
  readonly state: StreamState;
  /** Since when, UTC milliseconds; for `stalled` the time of the last painted frame. */
  readonly sinceMs: number;
  readonly fault: TileFault | null;
  /** Frames painted in this tile since it was attached. */
  readonly frames: number;
  /** Pixels of the picture, 0 before the first. */
  readonly width: number;
  readonly height: number;
  /** Which stream is painted now; may differ from the wanted one while that is warming up. */
  readonly quality: StreamQuality;
  /** Quality was lowered because this machine cannot decode everything. */
  readonly keyFramesOnly: boolean;
  /** From arrival at the station to the compositor, milliseconds, about once a second; `null` when unknown. */
  readonly latencyMs: number | null;
}

export interface TileHandle {
  update(options: TileOptions): void;
  snapshot(): TileSnapshot;
  /** At most four calls a second. Answers how to stop. */
  subscribe(listener: (snapshot: TileSnapshot) => void): () => void;
  detach(): void;
}

export interface EngineHealth {
  readonly linkUp: boolean;
  /** 0: everything is shown in full; up to 5 as quality falls (`budget.rules.ts`). */
  readonly level: number;
  /** The common tick, 0 when frames are released at once. */
  readonly tickHz: number;
  /** Pictures decoded now. */
  readonly pictures: number;
}

export interface VideoEngine {
  attach(container: HTMLElement, options: TileOptions): TileHandle;
  /** Every tile that shows this camera. */
  subscribe(cameraId: string, listener: (snapshot: TileSnapshot) => void): () => void;
  health(): EngineHealth;
  subscribeHealth(listener: (health: EngineHealth) => void): () => void;
  dispose(): void;
}

export interface VideoEngineDeps {
  /** The complete socket URL with a fresh ticket; `null` or a rejection means "not now", and it is asked again. */
  readonly requestTicket: () => Promise<string | null>;
  /** UTC milliseconds by the station's clock, as well as this seat knows it. */
  readonly now: () => number;
  /** Pictures at a time, 32 unless said. */
  readonly poolSize?: number;
  /** `canvas` forces the fallback. */
  readonly surface?: 'auto' | 'canvas';
  /** `none` switches the common tick off, to measure what it saves. */
  readonly release?: 'common' | 'none';
}

const POLL_MS = 250;

/** Latency is looked at on every fourth poll: a frame callback makes the page do a frame of its own. */
const LATENCY_EVERY = 4;

/** A detached picture goes on this long: a tile that moves to another place in the page takes it along, still moving. */
const LINGER_MS = 300;

/** A picture of the pool at work for one camera. */
interface Painting {
  readonly surface: Surface;
  readonly cameraId: string;
  readonly epoch: number;
  tile: Tile | null;
  lingersUntilMs: number;
  watched: boolean;
  server: VideoStatus | null;
  wantedQuality: StreamQuality;
  quality: StreamQuality;
  liveness: Liveness;
  paintedBefore: number;
  width: number;
  height: number;
  report: SlotReport | null;
  latencyMs: number | null;
  shown: boolean;
}

interface Tile {
  readonly container: HTMLElement;
  readonly listeners: Set<(snapshot: TileSnapshot) => void>;
  options: TileOptions;
  painting: Painting | null;
  onScreen: boolean;
  autoQuality: StreamQuality;
  frames: number;
  snapshot: TileSnapshot;
}

const rankOf = ({ focus, alarmed }: TileOptions): TileRank => {
  if (focus) return 'focus';
  return alarmed ? 'alarmed' : 'normal';
};

export const createVideoEngine = (deps: VideoEngineDeps): VideoEngine => {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'video' });
  const send = (message: PageToDecoder, transfer: Transferable[] = []): void => worker.postMessage(message, { transfer });
  const pool = createSurfacePool(deps.poolSize ?? 32, deps.surface ?? 'auto', (slot, sink) =>
    send({ t: 'sink', slot, sink }, [sink.kind === 'track' ? sink.writable : sink.canvas]),
  );
  const tiles = new Set<Tile>();
  const paintings = new Set<Painting>();
  const tileByContainer = new Map<Element, Tile>();
  const byCamera = new Map<string, Set<(snapshot: TileSnapshot) => void>>();
  const healthListeners = new Set<(health: EngineHealth) => void>();
  let health: EngineHealth = { linkUp: false, level: 0, tickHz: 0, pictures: 0 };
  let epochs = 0;
  let polls = 0;
  let polledMs = performance.now();
  let planned = false;

  const setHealth = (next: EngineHealth): void => {
    if (next.linkUp === health.linkUp && next.level === health.level) {
      if (next.tickHz === health.tickHz && next.pictures === health.pictures) return;
    }
    health = next;
    for (const listener of healthListeners) listener(health);
  };

  const snapshotOf = (tile: Tile): TileSnapshot => {
    const painting = tile.painting;
    if (painting === null) return { ...tile.snapshot, state: 'connecting', fault: 'pool', frames: tile.frames };
    const { state, sinceMs, fault } = painting.liveness;
    const { width, height, latencyMs, report, quality } = painting;
    const keyFramesOnly = report?.keyFramesOnly ?? false;
    return { state, sinceMs, fault, frames: tile.frames, width, height, quality, latencyMs, keyFramesOnly };
  };

  const tell = (tile: Tile): void => {
    const next = snapshotOf(tile);
    const before = tile.snapshot;
    const same = (Object.keys(next) as (keyof TileSnapshot)[]).every((key) => next[key] === before[key]);
    if (same) return;
    tile.snapshot = next;
    for (const listener of tile.listeners) listener(next);
    for (const listener of byCamera.get(tile.options.cameraId) ?? []) listener(next);
  };

  const wantedQuality = (tile: Tile): StreamQuality =>
    tile.options.quality === 'auto' ? tile.autoQuality : tile.options.quality;

  const isWatched = (painting: Painting): boolean => !document.hidden && (painting.tile?.onScreen ?? true);

  const wantedOf = (painting: Painting): WantedTile => {
    if (painting.tile !== null) painting.wantedQuality = wantedQuality(painting.tile);
    return {
      slot: painting.surface.slot,
      epoch: painting.epoch,
      cameraId: painting.cameraId,
      quality: painting.wantedQuality,
      rank: painting.tile === null ? 'normal' : rankOf(painting.tile.options),
    };
  };

  const sendPlan = (): void => {
    planned = false;
    for (const painting of paintings) {
      const watched = isWatched(painting);
      if (watched && !painting.watched) painting.server = null;
      painting.watched = watched;
    }
    const wanted = [...paintings].filter(({ watched }) => watched);
    send({ t: 'plan', tiles: wanted.map(wantedOf) });
    setHealth({ ...health, pictures: wanted.length });
  };

  /** Once for all changes of one task. */
  const plan = (): void => {
    if (planned) return;
    planned = true;
    queueMicrotask(sendPlan);
  };

  const retire = (painting: Painting): void => {
    paintings.delete(painting);
    pool.give(painting.surface);
  };

  const lingering = (): Painting[] => [...paintings].filter(({ tile }) => tile === null);

  const newPainting = (cameraId: string): Painting | null => {
    const spare = lingering().toSorted((a, b) => a.lingersUntilMs - b.lingersUntilMs)[0];
    let surface = pool.take();
    if (surface === null && spare !== undefined) {
      retire(spare);
      surface = pool.take();
    }
    if (surface === null) return null;
    epochs += 1;
    const painting: Painting = {
      surface,
      cameraId,
      epoch: epochs,
      tile: null,
      lingersUntilMs: 0,
      watched: false,
      server: null,
      wantedQuality: 'sub',
      quality: 'sub',
      liveness: newLiveness(deps.now()),
      paintedBefore: surface.painted(),
      width: 0,
      height: 0,
      report: null,
      latencyMs: null,
      shown: false,
    };
    paintings.add(painting);
    return painting;
  };

  /** Gives the tile a picture of its camera: one that has just lost its tile and still moves, or a new one. */
  const dress = (tile: Tile): void => {
    const { cameraId } = tile.options;
    const painting = lingering().find((spare) => spare.cameraId === cameraId) ?? newPainting(cameraId);
    tile.painting = painting;
    if (painting === null) return;
    painting.tile = tile;
    painting.surface.moveTo(tile.container);
    plan();
  };

  const undress = (tile: Tile): void => {
    const { painting } = tile;
    tile.painting = null;
    if (painting === null) return;
    painting.tile = null;
    painting.lingersUntilMs = performance.now() + LINGER_MS;
    pool.park(painting.surface);
    setTimeout(sweep, LINGER_MS + 10);
    plan();
  };

  const sweep = (): void => {
    const nowMs = performance.now();
    for (const painting of lingering()) {
      if (painting.lingersUntilMs <= nowMs) retire(painting);
    }
    for (const tile of tiles) if (tile.painting === null) dress(tile);
    plan();
  };

  const bySlot = (slot: number, epoch: number): Painting | undefined =>
    [...paintings].find((painting) => painting.surface.slot === slot && painting.epoch === epoch);

  /** Shows the picture once a frame of this camera, and not of the one before, has come to the compositor. */
  const showFrom = (painting: Painting, stampUs: number): void =>
    painting.surface.nextFrame((seenUs) => {
      if (!paintings.has(painting)) return;
      // The media time is a double of seconds; a microsecond may be lost on the way.
      if (seenUs < stampUs - 2) return showFrom(painting, stampUs);
      painting.shown = true;
      painting.surface.setShown(true);
    });

  const onPicture = (message: DecoderToPage & { t: 'picture' }): void => {
    const painting = bySlot(message.slot, message.epoch);
    if (painting === undefined) return;
    painting.width = message.width;
    painting.height = message.height;
    painting.quality = message.quality;
    if (!painting.shown) showFrom(painting, message.stampUs);
  };

  const answerTicket = async (): Promise<void> => {
    try {
      send({ t: 'ticket', url: await deps.requestTicket() });
    } catch {
      send({ t: 'ticket', url: null });
    }
  };

  const receive = (message: DecoderToPage): void => {
    if (message.t === 'ticketWanted') void answerTicket();
    else if (message.t === 'picture') onPicture(message);
    else if (message.t === 'status') {
      const painting = bySlot(message.slot, message.epoch);
      if (painting !== undefined) painting.server = message.status;
    } else if (message.t === 'link') {
      for (const painting of paintings) painting.server = null;
      setHealth({ ...health, linkUp: message.up });
    } else {
      for (const row of message.rows) {
        const painting = bySlot(row.slot, row.epoch);
        if (painting === undefined) continue;
        painting.report = row;
        painting.surface.noteDrawn(row.drawn);
      }
      setHealth({ ...health, level: message.level, tickHz: message.tickHz });
    }
  };

  const lookAtLatency = (painting: Painting): void => {
    const { report } = painting;
    if (report === null) return;
    painting.surface.nextFrame((stampUs) => {
      const delayMs = deps.now() - (stampUs / 1000 + report.arrivalOffsetMs);
      painting.latencyMs = delayMs >= 0 && delayMs < 60_000 ? Math.round(delayMs) : null;
    });
  };

  const poll = (): void => {
    const nowMs = performance.now();
    const elapsedMs = nowMs - polledMs;
    polledMs = nowMs;
    polls += 1;
    for (const painting of paintings) {
      const total = painting.surface.painted();
      const painted = painting.shown ? Math.max(0, total - painting.paintedBefore) : 0;
      painting.paintedBefore = total;
      const { watched, server, report } = painting;
      painting.liveness = judge(painting.liveness, {
        nowMs: deps.now(),
        elapsedMs,
        painted,
        watched,
        linkUp: health.linkUp,
        server,
        expectedGapMs: report?.keyFramesOnly === true ? report.keyGapMs : 0,
      });
      if (painting.tile === null) continue;
      painting.tile.frames += painted;
      if (polls % LATENCY_EVERY === 0 && painted > 0) lookAtLatency(painting);
    }
    for (const tile of tiles) tell(tile);
  };

  const onScreen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const tile = tileByContainer.get(entry.target);
      if (tile !== undefined) tile.onScreen = entry.isIntersecting;
    }
    plan();
  });

  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const tile = tileByContainer.get(entry.target);
      if (tile === undefined) continue;
      tile.autoQuality = qualityFor(tile.autoQuality, entry.contentRect.height * devicePixelRatio);
    }
    plan();
  });

  const attach = (container: HTMLElement, options: TileOptions): TileHandle => {
    const tile: Tile = {
      container,
      listeners: new Set(),
      options,
      painting: null,
      onScreen: true,
      autoQuality: qualityFor('sub', container.clientHeight * devicePixelRatio),
      frames: 0,
      snapshot: {
        state: 'connecting',
        sinceMs: deps.now(),
        fault: null,
        frames: 0,
        width: 0,
        height: 0,
        quality: 'sub',
        keyFramesOnly: false,
        latencyMs: null,
      },
    };
    tiles.add(tile);
    tileByContainer.set(container, tile);
    dress(tile);
    tile.snapshot = snapshotOf(tile);
    onScreen.observe(container);
    sizes.observe(container);
    return {
      update: (next) => {
        const other = next.cameraId !== tile.options.cameraId;
        tile.options = next;
        if (other) {
          undress(tile);
          tile.frames = 0;
          dress(tile);
          tell(tile);
        }
        plan();
      },
      snapshot: () => tile.snapshot,
      subscribe: (listener) => {
        tile.listeners.add(listener);
        return () => tile.listeners.delete(listener);
      },
      detach: () => {
        if (!tiles.delete(tile)) return;
        tileByContainer.delete(container);
        onScreen.unobserve(container);
        sizes.unobserve(container);
        undress(tile);
      },
    };
  };

  worker.addEventListener('message', (event: MessageEvent<DecoderToPage>) => receive(event.data));
  document.addEventListener('visibilitychange', plan);
  const polling = setInterval(poll, POLL_MS);
  send({ t: 'start', release: deps.release ?? 'common' });

  return {
    attach,
    subscribe: (cameraId, listener) => {
      const listeners = byCamera.get(cameraId) ?? new Set();
      byCamera.set(cameraId, listeners.add(listener));
      return () => listeners.delete(listener);
    },
    health: () => health,
    subscribeHealth: (listener) => {
      healthListeners.add(listener);
      return () => healthListeners.delete(listener);
    },
    dispose: () => {
      clearInterval(polling);
      document.removeEventListener('visibilitychange', plan);
      onScreen.disconnect();
      sizes.disconnect();
      worker.terminate();
      pool.dispose();
    },
  };
};
