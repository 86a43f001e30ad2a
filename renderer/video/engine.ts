/**
 * The seat's video engine, in the page: which camera is wanted in which tile, which picture of the pool shows it, and whether
 * it lives. Decoding is in a worker (`decode-hub.ts`); React is not needed here (`tile.tsx` is a thin layer over it).
 */
import { createListeners, type Listeners } from '../../electron/domain/kernel/listeners.ts';
import type { StreamQuality } from '../../electron/contract/kernel/video-wire.ts';
import type { TileRank, WantedTile } from './channels.rules.ts';
import type {
  EngineHealth,
  TileHandle,
  TileOptions,
  TileSnapshot,
  VideoEngine,
  VideoEngineDeps,
} from './engine-api.ts';
import type { DecoderToPage, PageToDecoder } from './messages.ts';
import { POLL_CREDIT_MS } from './liveness.rules.ts';
import { createPaintings, LINGER_MS } from './paintings.ts';
import type { Painting } from './paintings.ts';
import { qualityFor } from './quality.rules.ts';
import { createSurfacePool } from './surfaces.ts';

/** Frames are counted, and tiles judged, this often. */
const POLL_MS = 250;

/** A worker reports four times a second; one that was silent for so long, while the page itself was awake, is dead. */
const WORKER_SILENT_MS = 10_000;

/** Latency is looked at on every fourth poll: a frame callback makes the page do a frame of its own. */
const LATENCY_EVERY = 4;

interface Tile {
  readonly container: HTMLElement;
  readonly listeners: Listeners<[snapshot: TileSnapshot]>;
  options: TileOptions;
  painting: Painting<Tile> | null;
  onScreen: boolean;
  autoQuality: StreamQuality;
  frames: number;
  snapshot: TileSnapshot;
}

const rankOf = ({ focus, alarmed }: TileOptions): TileRank => {
  if (focus) return 'focus';
  return alarmed ? 'alarmed' : 'normal';
};

const emptySnapshot = (nowMs: number): TileSnapshot => ({
  state: 'connecting',
  sinceMs: nowMs,
  fault: null,
  frames: 0,
  width: 0,
  height: 0,
  quality: 'sub',
  keyFramesOnly: false,
  latencyMs: null,
});

const snapshotOf = (tile: Tile): TileSnapshot => {
  const { painting, frames } = tile;
  if (painting === null) return { ...tile.snapshot, state: 'connecting', fault: 'pool', frames };
  const { state, sinceMs, fault } = painting.liveness;
  const { width, height, latencyMs, report, quality } = painting;
  return {
    state,
    sinceMs,
    fault,
    frames,
    width,
    height,
    quality,
    latencyMs,
    keyFramesOnly: report?.keyFramesOnly ?? false,
  };
};

/** Whether two flat objects of one type hold the same. */
const isSame = <T extends object>(a: T, b: T): boolean => {
  const before = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b).every(([key, value]) => before.get(key) === value);
};

/** Starts the engine and its worker; one per page. */
export const createVideoEngine = (deps: VideoEngineDeps): VideoEngine => {
  const startWorker = (): Worker => {
    const started = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'video' });
    started.addEventListener('message', (event: MessageEvent<DecoderToPage>) => receive(event.data));
    return started;
  };
  let worker = startWorker();
  let workerSilentMs = 0;
  const send = (message: PageToDecoder, transfer: Transferable[] = []): void =>
    worker.postMessage(message, { transfer });
  const pool = createSurfacePool(deps.poolSize ?? 32, deps.surface ?? 'auto', (slot, sink) =>
    send({ t: 'sink', slot, sink }, [sink.kind === 'track' ? sink.writable : sink.canvas]),
  );
  const paintings = createPaintings<Tile>(pool, deps.now);
  const tiles = new Set<Tile>();
  const tileByContainer = new Map<Element, Tile>();
  const listenersByCamera = new Map<string, Listeners<[snapshot: TileSnapshot]>>();
  const healthListeners = createListeners<[health: EngineHealth]>();
  let health: EngineHealth = { linkUp: false, level: 0, tickHz: 0, pictures: 0 };
  let polls = 0;
  let polledMs = performance.now();
  let isPlanned = false;

  const setHealth = (change: Partial<EngineHealth>): void => {
    const next = { ...health, ...change };
    if (isSame(health, next)) return;
    health = next;
    healthListeners.tell(next);
  };

  const tell = (tile: Tile): void => {
    const next = snapshotOf(tile);
    if (isSame(tile.snapshot, next)) return;
    tile.snapshot = next;
    tile.listeners.tell(next);
    listenersByCamera.get(tile.options.cameraId)?.tell(next);
  };

  const wantedOf = (painting: Painting<Tile>): WantedTile => {
    const { tile, surface, epoch, cameraId } = painting;
    if (tile !== null) {
      painting.wantedQuality = tile.options.quality === 'auto' ? tile.autoQuality : tile.options.quality;
    }
    const rank = tile === null ? 'normal' : rankOf(tile.options);
    return { slot: surface.slot, epoch, cameraId, quality: painting.wantedQuality, rank };
  };

  const sendPlan = (): void => {
    isPlanned = false;
    for (const painting of paintings.all()) {
      const watched = !document.hidden && (painting.tile?.onScreen ?? true);
      if (watched && !painting.watched) painting.server = null;
      painting.watched = watched;
    }
    const wanted = paintings.all().filter(({ watched }) => watched);
    send({ t: 'plan', tiles: wanted.map(wantedOf) });
    setHealth({ pictures: wanted.length });
  };

  /** Once for all changes of one task. */
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    queueMicrotask(sendPlan);
  };

  const dress = (tile: Tile): void => {
    const painting = paintings.take(tile.options.cameraId);
    tile.painting = painting;
    if (painting === null) return;
    painting.tile = tile;
    painting.surface.moveTo(tile.container);
    plan();
  };

  const undress = (tile: Tile): void => {
    if (tile.painting === null) return;
    paintings.leave(tile.painting);
    tile.painting = null;
    setTimeout(sweep, LINGER_MS + 10);
    plan();
  };

  const sweep = (): void => {
    paintings.sweep();
    for (const tile of tiles) if (tile.painting === null) dress(tile);
    plan();
  };

  const answerTicket = async (): Promise<void> => {
    try {
      send({ t: 'ticket', url: await deps.requestTicket() });
    } catch {
      // The link asks again, later and later; the tiles say meanwhile that there is no connection.
      send({ t: 'ticket', url: null });
    }
  };

  /** A dead worker takes its socket, its decoders and the ends of all tracks with it: everything is made anew but the elements. */
  const replaceWorker = (): void => {
    worker.terminate();
    worker = startWorker();
    workerSilentMs = 0;
    pool.renew();
    setHealth({ linkUp: false });
    send({ t: 'start', release: deps.release ?? 'common' });
    plan();
  };

  const receive = (message: DecoderToPage): void => {
    workerSilentMs = 0;
    if (message.t === 'ticketWanted') void answerTicket();
    else if (message.t === 'picture') paintings.picture(message);
    else if (message.t === 'status') {
      const painting = paintings.bySlot(message.slot, message.epoch);
      if (painting !== undefined) painting.server = message.status;
    } else if (message.t === 'link') {
      for (const painting of paintings.all()) painting.server = null;
      setHealth({ linkUp: message.up });
    } else {
      for (const row of message.rows) {
        const painting = paintings.bySlot(row.slot, row.epoch);
        if (painting === undefined) continue;
        painting.report = row;
        painting.surface.noteDrawn(row.drawn);
      }
      setHealth({ level: message.level, tickHz: message.tickHz });
    }
  };

  const poll = (): void => {
    const nowMs = performance.now();
    const elapsedMs = nowMs - polledMs;
    const paintedBy = paintings.look(elapsedMs, health.linkUp);
    polledMs = nowMs;
    workerSilentMs += Math.min(elapsedMs, POLL_CREDIT_MS);
    if (workerSilentMs > WORKER_SILENT_MS) replaceWorker();
    polls += 1;
    for (const [painting, painted] of paintedBy) {
      if (painting.tile !== null) painting.tile.frames += painted;
      if (painted > 0 && polls % LATENCY_EVERY === 0) paintings.measure(painting);
    }
    for (const tile of tiles) tell(tile);
  };

  const onScreen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const tile = tileByContainer.get(target);
      if (tile !== undefined) tile.onScreen = isIntersecting;
    }
    plan();
  });

  const sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const tile = tileByContainer.get(target);
      if (tile !== undefined) tile.autoQuality = qualityFor(tile.autoQuality, contentRect.height * devicePixelRatio);
    }
    plan();
  });

  const attach = (container: HTMLElement, options: TileOptions): TileHandle => {
    const tile: Tile = {
      container,
      listeners: createListeners(),
      options,
      painting: null,
      onScreen: true,
      autoQuality: qualityFor('sub', container.clientHeight * devicePixelRatio),
      frames: 0,
      snapshot: emptySnapshot(deps.now()),
    };
    tiles.add(tile);
    tileByContainer.set(container, tile);
    dress(tile);
    tile.snapshot = snapshotOf(tile);
    onScreen.observe(container);
    sizes.observe(container);
    return {
      update: (next) => {
        const isOther = next.cameraId !== tile.options.cameraId;
        tile.options = next;
        if (isOther) {
          undress(tile);
          tile.frames = 0;
          dress(tile);
          tell(tile);
        }
        plan();
      },
      snapshot: () => tile.snapshot,
      subscribe: tile.listeners.add,
      detach: () => {
        if (!tiles.delete(tile)) return;
        tileByContainer.delete(container);
        onScreen.unobserve(container);
        sizes.unobserve(container);
        undress(tile);
      },
    };
  };

  const retryNow = (): void => send({ t: 'retry' });
  document.addEventListener('visibilitychange', plan);
  window.addEventListener('online', retryNow);
  const polling = setInterval(poll, POLL_MS);
  send({ t: 'start', release: deps.release ?? 'common' });

  return {
    attach,
    subscribe: (cameraId, listener) => {
      const listeners = listenersByCamera.get(cameraId) ?? createListeners();
      listenersByCamera.set(cameraId, listeners);
      return listeners.add(listener);
    },
    retryNow,
    health: () => health,
    subscribeHealth: healthListeners.add,
    dispose: () => {
      clearInterval(polling);
      document.removeEventListener('visibilitychange', plan);
      window.removeEventListener('online', retryNow);
      onScreen.disconnect();
      sizes.disconnect();
      worker.terminate();
      pool.dispose();
    },
  };
};
