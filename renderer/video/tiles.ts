/** The tiles of the page: where each stands, what is wanted of it, and who is told what is true of it. */
import { createListeners, type Listeners } from '../../electron/domain/kernel/listeners.ts';
import type { StreamQuality } from '../../electron/contract/kernel/video-wire.ts';
import type { TileRank, WantedTile } from './channels.rules.ts';
import type { TileOptions, TileSnapshot } from './engine-api.ts';
import type { Painting } from './paintings.ts';
import { qualityFor } from './quality.rules.ts';

export interface Tile {
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

export const newTile = (container: HTMLElement, options: TileOptions, nowMs: number): Tile => ({
  container,
  listeners: createListeners(),
  options,
  painting: null,
  onScreen: true,
  autoQuality: qualityFor('sub', container.clientHeight * devicePixelRatio),
  frames: 0,
  snapshot: emptySnapshot(nowMs),
});

export const snapshotOf = (tile: Tile): TileSnapshot => {
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
export const isSame = <T extends object>(a: T, b: T): boolean => {
  const before = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b).every(([key, value]) => before.get(key) === value);
};

/** What the decoder is asked for one picture; notes the quality that is wanted now. */
export const wantedOf = (painting: Painting<Tile>): WantedTile => {
  const { tile, surface, epoch, cameraId } = painting;
  if (tile !== null) {
    painting.wantedQuality = tile.options.quality === 'auto' ? tile.autoQuality : tile.options.quality;
  }
  const rank = tile === null ? 'normal' : rankOf(tile.options);
  return { slot: surface.slot, epoch, cameraId, quality: painting.wantedQuality, rank };
};

export interface TileTable {
  readonly all: () => Iterable<Tile>;
  readonly add: (tile: Tile) => void;
  /** Whether it was there. */
  readonly remove: (tile: Tile) => boolean;
  /** Tells whoever listens to the tile or to its camera, if anything has changed. */
  readonly tell: (tile: Tile) => void;
  readonly subscribe: (cameraId: string, listener: (snapshot: TileSnapshot) => void) => () => void;
  readonly dispose: () => void;
}

/** Keeps the tiles, and notes which are on screen and how large; `changed` when another plan is needed. */
export const createTileTable = (changed: () => void): TileTable => {
  const tiles = new Set<Tile>();
  const byContainer = new Map<Element, Tile>();
  const listenersByCamera = new Map<string, Listeners<[snapshot: TileSnapshot]>>();

  const onScreen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const tile = byContainer.get(target);
      if (tile !== undefined) tile.onScreen = isIntersecting;
    }
    changed();
  });

  const sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const tile = byContainer.get(target);
      if (tile !== undefined) tile.autoQuality = qualityFor(tile.autoQuality, contentRect.height * devicePixelRatio);
    }
    changed();
  });

  return {
    all: () => tiles,
    add: (tile) => {
      tiles.add(tile);
      byContainer.set(tile.container, tile);
      onScreen.observe(tile.container);
      sizes.observe(tile.container);
    },
    remove: (tile) => {
      if (!tiles.delete(tile)) return false;
      // Where another tile has its place by now, that one is still looked at.
      if (byContainer.get(tile.container) !== tile) return true;
      byContainer.delete(tile.container);
      onScreen.unobserve(tile.container);
      sizes.unobserve(tile.container);
      return true;
    },
    tell: (tile) => {
      const next = snapshotOf(tile);
      if (isSame(tile.snapshot, next)) return;
      tile.snapshot = next;
      tile.listeners.tell(next);
      listenersByCamera.get(tile.options.cameraId)?.tell(next);
    },
    subscribe: (cameraId, listener) => {
      const listeners = listenersByCamera.get(cameraId) ?? createListeners();
      listenersByCamera.set(cameraId, listeners);
      return listeners.add(listener);
    },
    dispose: () => {
      onScreen.disconnect();
      sizes.disconnect();
    },
  };
};
