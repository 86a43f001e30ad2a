/**
 * The seat's video engine, in the page: which camera is wanted in which tile, which picture of the pool shows it, and whether
 * it lives. Decoding is in a worker (`decode-hub.ts`); React is not needed here (`tile.tsx` is a thin layer over it).
 */
import type { TileHandle, TileOptions, VideoEngine, VideoEngineDeps } from './engine-api.ts';
import { createDecoderHost } from './decoder-host.ts';
import { createHealthBoard } from './engine-health.ts';
import type { DecoderToPage } from './messages.ts';
import { createPaintings, LINGER_MS } from './paintings.ts';
import { createPlanner } from './planner.ts';
import { createSurfacePool } from './surfaces.ts';
import { createTileTable, newTile, snapshotOf, type Tile } from './tiles.ts';

/** Frames are counted, and tiles judged, this often. */
const POLL_MS = 250;

/** Latency is looked at on every fourth poll: a frame callback makes the page do a frame of its own. */
const LATENCY_EVERY = 4;

/** A ticket, or `null`: the link asks again, later and later, and the tiles say meanwhile that there is no connection. */
const ticketFrom = async ({ requestTicket }: VideoEngineDeps): Promise<string | null> => {
  try {
    return await requestTicket();
  } catch {
    return null;
  }
};

/** Starts the engine and its worker; one per page. */
export const createVideoEngine = (deps: VideoEngineDeps): VideoEngine => {
  const decoder = createDecoderHost(
    (message) => receive(message),
    () => {
      // It took its socket, its decoders and the ends of all tracks with it: everything is made anew but the elements.
      pool.renew();
      health.set({ linkUp: false });
      send({ t: 'start', release: deps.release ?? 'common' });
      plan();
    },
  );
  const { send } = decoder;
  const pool = createSurfacePool(deps.poolSize ?? 32, deps.surface ?? 'auto', (slot, sink) =>
    send({ t: 'sink', slot, sink }, [sink.kind === 'track' ? sink.writable : sink.canvas]),
  );
  const paintings = createPaintings<Tile>(pool, deps.now);
  const tiles = createTileTable(() => plan());
  const health = createHealthBoard();
  let polls = 0;
  let polledMs = performance.now();

  const plan = createPlanner(paintings, send, (pictures) => health.set({ pictures }));

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
    for (const tile of tiles.all()) if (tile.painting === null) dress(tile);
    plan();
  };

  const receive = (message: DecoderToPage): void => {
    if (message.t === 'ticketWanted') void ticketFrom(deps).then((url) => send({ t: 'ticket', url }));
    else if (message.t === 'picture') paintings.picture(message);
    else if (message.t === 'status') {
      const painting = paintings.bySlot(message.slot, message.epoch);
      if (painting !== undefined) painting.server = message.status;
    } else if (message.t === 'link') {
      for (const painting of paintings.all()) painting.server = null;
      health.set({ linkUp: message.up });
    } else {
      for (const row of message.rows) {
        const painting = paintings.bySlot(row.slot, row.epoch);
        if (painting === undefined) continue;
        painting.report = row;
        painting.surface.noteDrawn(row.drawn);
      }
      health.set({ level: message.level, tickHz: message.tickHz });
    }
  };

  const poll = (): void => {
    const nowMs = performance.now();
    const elapsedMs = nowMs - polledMs;
    const paintedBy = paintings.look(elapsedMs, health.get().linkUp);
    polledMs = nowMs;
    decoder.passed(elapsedMs);
    polls += 1;
    for (const [painting, painted] of paintedBy) {
      if (painting.tile !== null) painting.tile.frames += painted;
      if (painted > 0 && polls % LATENCY_EVERY === 0) paintings.measure(painting);
    }
    for (const tile of tiles.all()) tiles.tell(tile);
  };

  const attach = (container: HTMLElement, options: TileOptions): TileHandle => {
    const tile = newTile(container, options, deps.now());
    tiles.add(tile);
    dress(tile);
    tile.snapshot = snapshotOf(tile);
    return {
      update: (next) => {
        const isOther = next.cameraId !== tile.options.cameraId;
        tile.options = next;
        if (isOther) {
          undress(tile);
          tile.frames = 0;
          dress(tile);
          tiles.tell(tile);
        }
        plan();
      },
      snapshot: () => tile.snapshot,
      subscribe: tile.listeners.add,
      detach: () => {
        if (!tiles.remove(tile)) return;
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
    subscribe: tiles.subscribe,
    retryNow,
    health: health.get,
    subscribeHealth: health.subscribe,
    dispose: () => {
      clearInterval(polling);
      document.removeEventListener('visibilitychange', plan);
      window.removeEventListener('online', retryNow);
      tiles.dispose();
      decoder.dispose();
      pool.dispose();
    },
  };
};
