import type { CameraAllowance } from '../../contract/kernel/primitives.ts';
import type { StreamFault, StreamQuality, StreamState } from '../../contract/kernel/video-wire.ts';

/** One camera as the media worker needs it. Passwords travel in memory only, never on a command line or in a log. */
export interface VideoSource {
  readonly cameraId: string;
  /** RTSP address without credentials. */
  readonly mainUrl: string;
  readonly subUrl: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** What is allowed although it is less safe; nothing where it is left out. */
  readonly allows?: readonly CameraAllowance[];
}

/** What the media worker saw of one stream. */
export interface StreamReport {
  readonly cameraId: string;
  readonly quality: StreamQuality;
  readonly state: StreamState;
  /** UTC milliseconds. */
  readonly sinceMs: number;
  readonly fault: StreamFault | null;
  readonly codec: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** The way to the video listener for one seat: valid once, for 60 seconds. */
export interface VideoTicket {
  readonly port: number;
  readonly ticket: string;
}

/**
 * The media worker: takes in streams and serves them to seats on a listener of its own.
 * A camera that is configured is watched at its sub-stream (or main, where there is none) even when no seat looks, so that its loss is
 * noticed; further streams are opened on demand, one connection per camera and quality.
 */
export interface VideoPort {
  /** Replaces the set of cameras. Streams whose source did not change are left alone. */
  configure(sources: readonly VideoSource[]): void;
  /** A way in for a seat. `holder` stands for its session: what is opened with the ticket lives no longer than that. */
  issueTicket(holder: string): Promise<VideoTicket>;
  /** Ends everything that was opened for this holder, at once, and makes its unused tickets worthless. */
  dismiss(holder: string): void;
  /** Calls back on every change of a stream's state; returns the way to stop listening. */
  onReport(listener: (report: StreamReport) => void): () => void;
  close(): Promise<void>;
}
