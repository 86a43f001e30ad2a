/** A drawn clip, cut into pictures and packed for RTP over the RTSP connection (RFC 6184, RFC 2326 section 10.12). */
import { readFileSync } from 'node:fs';
import type { DemoLanguage } from '../community/community.ts';
import { type Clip, clipFile } from '../pictures/clips.ts';

/** Bytes before each RTP payload in a template: `$`, channel, length (2), RTP header (12). */
export const packetHead = 16;

const payloadBytes = 1400;

/** One picture: its packets one after the other, headers still to be filled in at the offsets. */
export interface PackedFrame {
  readonly key: boolean;
  readonly template: Buffer;
  readonly offsets: readonly number[];
}

export interface ClipFrames {
  readonly frames: readonly PackedFrame[];
  readonly sps: Buffer;
  readonly pps: Buffer;
}

/** The NAL units of an Annex B byte stream. */
export const splitNals = (stream: Buffer): Buffer[] => {
  const nals: Buffer[] = [];
  const mark = Buffer.from([0, 0, 1]);
  let at = stream.indexOf(mark);
  while (at >= 0) {
    const next = stream.indexOf(mark, at + 3);
    let end = next < 0 ? stream.length : next;
    while (end > at + 3 && stream[end - 1] === 0) end -= 1;
    if (end > at + 3) nals.push(stream.subarray(at + 3, end));
    at = next;
  }
  return nals;
};

const packNal = (nal: Buffer): Buffer[] => {
  if (nal.length <= payloadBytes) return [nal];
  const [header = 0] = nal;
  const parts: Buffer[] = [];
  for (let at = 1; at < nal.length; at += payloadBytes - 2) {
    const piece = nal.subarray(at, at + payloadBytes - 2);
    const start = at === 1 ? 0x80 : 0;
    const end = at + piece.length >= nal.length ? 0x40 : 0;
    parts.push(Buffer.concat([Buffer.from([(header & 0xe0) | 28, start | end | (header & 0x1f)]), piece]));
  }
  return parts;
};

const packFrame = (nals: readonly Buffer[]): PackedFrame => {
  const payloads = nals.flatMap(packNal);
  const offsets: number[] = [];
  let size = 0;
  for (const payload of payloads) {
    offsets.push(size);
    size += packetHead + payload.length;
  }
  const template = Buffer.alloc(size);
  payloads.forEach((payload, k) => {
    const at = offsets[k] ?? 0;
    template[at] = 0x24;
    template.writeUInt16BE(12 + payload.length, at + 2);
    template[at + 4] = 0x80;
    template[at + 5] = 96 | (k === payloads.length - 1 ? 0x80 : 0);
    payload.copy(template, at + packetHead);
  });
  return { key: nals.some((nal) => ((nal[0] ?? 0) & 0x1f) === 5), template, offsets };
};

const cache = new Map<string, ClipFrames>();

/** Reads a clip once. Throws where the file is missing or holds no picture. */
export const readClip = (clip: Clip, quality: 'main' | 'sub', language: DemoLanguage): ClipFrames => {
  const file = clipFile(clip, quality, language);
  const known = cache.get(file);
  if (known) return known;
  const frames: PackedFrame[] = [];
  let [pending, sps, pps]: [Buffer[], Buffer | undefined, Buffer | undefined] = [[], undefined, undefined];
  for (const nal of splitNals(readFileSync(file))) {
    const type = (nal[0] ?? 0) & 0x1f;
    pending.push(nal);
    if (type === 7) sps ??= nal;
    if (type === 8) pps ??= nal;
    // Each picture of the clips is one slice (x264 with one thread), so a slice closes its picture.
    if (type === 1 || type === 5) {
      frames.push(packFrame(pending));
      pending = [];
    }
  }
  if (!sps || !pps || frames.length === 0) throw new Error(`${file} holds no pictures`);
  const read = { frames, sps, pps };
  cache.set(file, read);
  return read;
};
