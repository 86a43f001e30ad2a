/** What the seat's screens know of the video engine. */
import type { StreamQuality, StreamState } from '../../electron/contract/kernel/video-wire.ts';
import type { TileFault } from './liveness.rules.ts';

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
  /** Which stream is painted now; differs from the wanted one while that is warming up. */
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
  /** Shows a camera in `container`, an element the caller puts nothing else into. */
  attach(container: HTMLElement, options: TileOptions): TileHandle;
  /** Every tile that shows this camera. */
  subscribe(cameraId: string, listener: (snapshot: TileSnapshot) => void): () => void;
  /** The station answers again: a lost video link is tried at once instead of after its back-off. */
  retryNow(): void;
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
