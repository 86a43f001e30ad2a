import type { StreamReport, VideoSource } from '../../electron/station/ports/video.port.ts';

/** What the media worker is started with. */
export interface MediaWorkerData {
  /** 0 at the first start; the port it had, at a restart. */
  readonly port: number;
  readonly seatBufferBytes: number;
}

/** Station to media worker. */
export type ToMediaWorker =
  | { readonly t: 'configure'; readonly sources: readonly VideoSource[] }
  | { readonly t: 'ticket'; readonly id: number; readonly origins: readonly string[]; readonly holder: string }
  | { readonly t: 'dismiss'; readonly holder: string }
  | { readonly t: 'close' };

/** Media worker to station. */
export type FromMediaWorker =
  | { readonly t: 'ready'; readonly port: number }
  | { readonly t: 'ticket'; readonly id: number; readonly ticket: string }
  | { readonly t: 'report'; readonly report: StreamReport }
  /** Something was thrown while this camera, or a seat, was served, and was borne. */
  | { readonly t: 'defect'; readonly of: string; readonly problem: string };
