/** Sends a source's pictures to one client as RTP and RTCP on its RTSP connection (RFC 3550). */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { picturesPerSecond } from '../pictures/clips.ts';
import { type PackedFrame } from './clip-frames.ts';
import type { Pacer, Source, Viewer } from './pacer.ts';

const clockHz = 90_000;
const ticksPerPicture = clockHz / picturesPerSecond;

/** Above this many waiting bytes a picture is left out, up to the next key frame. */
const waitingLimit = 2_000_000;
const reportEveryMs = 5000;

/** Seconds between 1900 (NTP) and 1970. */
const ntpOffset = 2_208_988_800;

const senderReport = (ssrc: number, nowMs: number, rtpTime: number, packets: number, octets: number): Buffer => {
  const cname = Buffer.from('guardroom-demo');
  const chunk = Math.ceil((4 + 2 + cname.length + 1) / 4) * 4;
  const report = Buffer.alloc(28 + 4 + chunk);
  report.writeUInt32BE(0x80c80006, 0);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE((Math.floor(nowMs / 1000) + ntpOffset) >>> 0, 8);
  report.writeUInt32BE(Math.floor(((nowMs % 1000) / 1000) * 2 ** 32) >>> 0, 12);
  report.writeUInt32BE(rtpTime, 16);
  report.writeUInt32BE(packets >>> 0, 20);
  report.writeUInt32BE(octets >>> 0, 24);
  report.writeUInt32BE(0x81ca0000 + chunk / 4, 28);
  report.writeUInt32BE(ssrc, 32);
  report[36] = 1;
  report[37] = cname.length;
  cname.copy(report, 38);
  return report;
};

export interface RtpViewer extends Viewer {
  /** Sequence number of the first packet and the RTP time of now, for `RTP-Info`. */
  readonly info: { readonly seq: number; readonly rtpTime: number };
}

export const createRtpViewer = (socket: Socket, channel: number, source: Source, pacer: Pacer): RtpViewer => {
  const ssrc = randomBytes(4).readUInt32BE();
  const timeBase = randomBytes(4).readUInt32BE();
  let seq = randomBytes(2).readUInt16BE();
  let [waitsForKey, packets, octets, reportDue, last] = [true, 0, 0, 0, 0];
  const rtpTimeOf = (ms: number): number =>
    (timeBase + Math.floor(((ms - pacer.epochMs - source.phaseMs) * clockHz) / 1000)) >>> 0;
  const info = { seq, rtpTime: rtpTimeOf(pacer.now()) };
  return {
    info,
    show: (frame: PackedFrame, n: number) => {
      const now = pacer.now();
      if (now >= reportDue && !waitsForKey) {
        const report = senderReport(ssrc, now, rtpTimeOf(now), packets, octets);
        const head = Buffer.from([0x24, channel + 1, 0, 0]);
        head.writeUInt16BE(report.length, 2);
        socket.write(Buffer.concat([head, report]));
        reportDue = now + reportEveryMs;
      }
      // After a stall, as after a jam, nothing can be decoded before the next key frame.
      if (n !== last + 1 || socket.writableLength > waitingLimit) waitsForKey = true;
      last = n;
      if (waitsForKey && !(frame.key && socket.writableLength <= waitingLimit)) return;
      waitsForKey = false;
      const bytes = Buffer.from(frame.template);
      const time = (timeBase + n * ticksPerPicture) >>> 0;
      for (const at of frame.offsets) {
        bytes[at + 1] = channel;
        bytes.writeUInt16BE(seq, at + 6);
        bytes.writeUInt32BE(time, at + 8);
        bytes.writeUInt32BE(ssrc, at + 12);
        seq = (seq + 1) & 0xffff;
      }
      packets += frame.offsets.length;
      octets += bytes.length - frame.offsets.length * 16;
      socket.write(bytes);
    },
  };
};
