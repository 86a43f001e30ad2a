/**
 * One side of the intake measure, in a process of its own: `ours` (the media worker) or `discard` (the handshake, then every byte is thrown away).
 * Told over IPC what to read; answers each `sample` with CPU, memory and bytes.
 */
import { connect } from 'node:net';
import type { VideoSource } from '../../electron/station/ports/video.port.ts';
import { createAuthenticator } from '../../native/rtsp/authenticator.ts';
import { createMediaWorker } from '../../native/video/create-media-worker.ts';

export interface IntakeJob {
  readonly side: 'ours' | 'discard';
  readonly sources: readonly VideoSource[];
}

export interface IntakeSample {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly live: number;
}

/** One request and its whole answer, headers and body, over a plain socket. */
const readStream = (source: VideoSource, onLive: () => void): void => {
  const url = new URL(source.subUrl ?? source.mainUrl);
  const uri = url.href;
  const auth = createAuthenticator(source.username, source.password);
  const socket = connect(Number(url.port || 554), url.hostname);
  let cseq = 0;
  let session = '';
  let control = uri;
  const send = (method: string, target: string, headers: readonly string[]): void => {
    cseq += 1;
    const authorization = auth.authorization(method, target);
    const lines = [
      `${method} ${target} RTSP/1.0`,
      `CSeq: ${cseq}`,
      ...headers,
      ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  };
  const describe = (): void => send('DESCRIBE', uri, ['Accept: application/sdp']);
  let text = '';
  const onData = (chunk: Buffer): void => {
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < end + 4 + length) return;
    const answer = text;
    text = '';
    if (answer.startsWith('RTSP/1.0 401')) {
      auth.challenged([...answer.matchAll(/www-authenticate: *([^\r]+)/gi)].map((match) => match[1] ?? ''));
      describe();
    } else if (control === uri && answer.includes('m=video')) {
      const media = answer.slice(answer.indexOf('m=video'));
      const path = /a=control:([^\r\n]+)/.exec(media)?.[1] ?? '';
      control = path.startsWith('rtsp://') ? path : `${uri.replace(/\/$/, '')}/${path}`;
      send('SETUP', control, ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1']);
    } else if (session === '') {
      session = /session: *([^;\r]+)/i.exec(answer)?.[1] ?? '-';
      send('PLAY', uri, [`Session: ${session}`]);
      socket.off('data', onData);
      onLive();
      socket.on('data', () => undefined);
    }
  };
  socket.on('data', onData);
  socket.on('connect', describe);
  socket.on('error', (error) => process.stderr.write(`discard: ${error.message}\n`));
};

const begin = (job: IntakeJob): (() => number) => {
  if (job.side === 'discard') {
    let live = 0;
    for (const source of job.sources) readStream(source, () => (live += 1));
    return () => live;
  }
  const live = new Set<string>();
  const worker = createMediaWorker({ allowedOrigins: [] });
  worker.onReport((report) => {
    if (report.state === 'live') live.add(report.cameraId);
    else live.delete(report.cameraId);
  });
  worker.configure(job.sources);
  return () => live.size;
};

let liveCount = (): number => 0;
process.on('message', (message: IntakeJob | 'sample') => {
  if (message !== 'sample') {
    liveCount = begin(message);
    return;
  }
  const { user, system } = process.cpuUsage();
  const sample: IntakeSample = {
    cpuMs: (user + system) / 1000,
    rssBytes: process.memoryUsage.rss(),
    live: liveCount(),
  };
  process.send?.(sample);
});
process.on('disconnect', () => process.exit(0));
