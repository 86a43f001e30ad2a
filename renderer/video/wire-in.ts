/** One message of the video socket, decoded once and bounded; everything behind it is typed. */
import { parseJson } from '../../electron/domain/kernel/json.ts';
import {
  readVideoHeader,
  VIDEO_HEADER_BYTES,
  videoConfig,
  videoFlag,
  videoKind,
  videoStatus,
} from '../../electron/contract/kernel/video-wire.ts';
import type { VideoConfig, VideoStatus } from '../../electron/contract/kernel/video-wire.ts';
import type { ArrivedFrame } from './channel.ts';

/** More than any camera's key frame (4K has about 2 MB). */
const MOST_FRAME_BYTES = 16 * 1024 * 1024;

/** Config and status are a hundred bytes. */
const MOST_JSON_BYTES = 4096;

export type WireIn =
  | { readonly kind: 'frame'; readonly channel: number; readonly frame: ArrivedFrame }
  | { readonly kind: 'config'; readonly channel: number; readonly config: VideoConfig }
  | { readonly kind: 'status'; readonly channel: number; readonly status: VideoStatus };

const readJson = (bytes: Uint8Array): unknown =>
  bytes.byteLength > MOST_JSON_BYTES ? undefined : parseJson(new TextDecoder().decode(bytes));

/** The message, or `null` when it is not one of ours: too short, too long, of another version or of the wrong shape. */
export const decodeWire = (data: ArrayBuffer): WireIn | null => {
  const header = readVideoHeader(new DataView(data));
  if (header === null || data.byteLength > MOST_FRAME_BYTES) return null;
  const { channel, flags, sequence, arrivedAtMs } = header;
  const payload = new Uint8Array(data, VIDEO_HEADER_BYTES);
  if (header.kind === videoKind.frame) {
    if (payload.byteLength === 0) return null;
    const key = (flags & videoFlag.key) !== 0;
    const discontinuity = (flags & videoFlag.discontinuity) !== 0;
    return { kind: 'frame', channel, frame: { key, discontinuity, sequence, data: payload, arrivedAtMs } };
  }
  if (header.kind === videoKind.config) {
    const config = videoConfig.safeParse(readJson(payload));
    return config.success ? { kind: 'config', channel, config: config.data } : null;
  }
  const status = videoStatus.safeParse(readJson(payload));
  return status.success ? { kind: 'status', channel, status: status.data } : null;
};
