/** What the page and its decode worker say to each other. Both are built together, so nothing is decoded here. */
import type { StreamQuality, VideoStatus } from '../../electron/contract/kernel/video-wire.ts';
import type { WantedTile } from './channels.rules.ts';

export type SinkTransfer =
  | { readonly kind: 'track'; readonly writable: WritableStream<VideoFrame> }
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas };

export type PageToDecoder =
  | { readonly t: 'start'; readonly release: 'common' | 'none' }
  /** Where slot `slot` is painted; sent once per slot, before a plan names it. */
  | { readonly t: 'sink'; readonly slot: number; readonly sink: SinkTransfer }
  /** The complete set of pictures wanted now. */
  | { readonly t: 'plan'; readonly tiles: readonly WantedTile[] }
  /** Try the socket now, should it be waiting for its next attempt. */
  | { readonly t: 'retry' }
  /** The answer to `ticketWanted`: the socket's URL with its ticket, `null` when there is none just now. */
  | { readonly t: 'ticket'; readonly url: string | null };

/** One row per painted slot, four times a second. */
export interface SlotReport {
  readonly slot: number;
  readonly epoch: number;
  /** Frames painted by the canvas sink; 0 for a track, which is counted at the `<video>`. */
  readonly drawn: number;
  readonly keyFramesOnly: boolean;
  /** Milliseconds between key frames, 0 when unknown. */
  readonly keyGapMs: number;
  /** Add to a frame's stamp (milliseconds) for the time the frame arrived at the station. */
  readonly arrivalOffsetMs: number;
}

export type DecoderToPage =
  | { readonly t: 'ticketWanted' }
  | { readonly t: 'link'; readonly up: boolean }
  | { readonly t: 'status'; readonly slot: number; readonly epoch: number; readonly status: VideoStatus }
  /** The first frame of an epoch, of a new quality or of a new size was handed to the sink. */
  | {
      readonly t: 'picture';
      readonly slot: number;
      readonly epoch: number;
      readonly stampUs: number;
      readonly width: number;
      readonly height: number;
      readonly quality: StreamQuality;
    }
  | { readonly t: 'report'; readonly level: number; readonly tickHz: number; readonly rows: readonly SlotReport[] };
