import { expect, test } from 'vitest';
import type { StreamReport, VideoSource } from '../../electron/station/ports/video.port.ts';
import { createFakeSessions } from '../../tests/support/rtsp-fake-session.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { createStreamHub, LINGER_MS, type StreamSink } from './stream-hub.ts';

const camera = (cameraId: string, more: Partial<VideoSource> = {}): VideoSource => ({
  cameraId,
  mainUrl: `rtsp://${cameraId}/main`,
  subUrl: `rtsp://${cameraId}/sub`,
  username: null,
  password: null,
  ...more,
});

const startHub = () => {
  const clock = createManualClock();
  const sessions = createFakeSessions(clock);
  const opened: string[] = [];
  const reports: StreamReport[] = [];
  const hub = createStreamHub({
    clock,
    random: () => 0.5,
    open: (address, handlers) => {
      opened.push(address.url);
      return sessions.open(handlers);
    },
    onReport: (report) => reports.push(report),
  });
  const openNow = (): string[] => opened.filter((_, index) => sessions.all[index]?.isClosed() === false);
  return { clock, sessions, opened, openNow, reports, hub };
};

const createSink = () => {
  const seen: string[] = [];
  const sink: StreamSink = {
    onStatus: ({ state, fault }) => seen.push(fault === null ? state : `${state}/${fault}`),
    onFormat: ({ width }) => seen.push(`format ${width}`),
    onUnit: (unit) => seen.push(unit.key ? 'K' : 'p'),
  };
  return { seen, sink };
};

test('the sub-stream of each camera is held without anybody looking, and of one without, the main one', () => {
  const { openNow, hub, reports, sessions } = startHub();
  hub.configure([camera('a'), camera('b', { subUrl: null })]);
  expect(openNow()).toEqual(['rtsp://a/sub', 'rtsp://b/main']);
  sessions.all[0]?.format(320);
  sessions.all[0]?.unit(true);
  expect(reports.at(-1)).toMatchObject({
    cameraId: 'a',
    quality: 'sub',
    state: 'live',
    fault: null,
    codec: 'avc1.42c01e',
    width: 320,
    height: 352,
  });
});

test('one connection per camera and quality, however many look; the main stream goes 5 s after the last look', () => {
  const { clock, openNow, opened, hub } = startHub();
  hub.configure([camera('a')]);
  const cancels = ['main', 'main', 'sub', 'sub'].map((quality) =>
    hub.watch('a', quality === 'main' ? 'main' : 'sub', createSink().sink),
  );
  expect(opened).toEqual(['rtsp://a/sub', 'rtsp://a/main']);
  for (const cancel of cancels) cancel();
  clock.advance(LINGER_MS - 1);
  expect(openNow()).toEqual(['rtsp://a/sub', 'rtsp://a/main']);
  hub.watch('a', 'main', createSink().sink)();
  clock.advance(LINGER_MS - 1);
  expect(openNow()).toHaveLength(2);
  clock.advance(1);
  expect(openNow()).toEqual(['rtsp://a/sub']);
});

test('who comes later gets state, format and the kept group at once', () => {
  const { sessions, hub } = startHub();
  hub.configure([camera('a')]);
  sessions.last().format();
  for (const isKey of [true, false, false]) sessions.last().unit(isKey);
  const { seen, sink } = createSink();
  const cancel = hub.watch('a', 'sub', sink);
  expect(seen).toEqual(['live', 'format 640', 'K', 'p', 'p']);
  sessions.last().unit(false);
  cancel();
  sessions.last().unit(false);
  expect(seen).toEqual(['live', 'format 640', 'K', 'p', 'p', 'p']);
});

test('a new configuration leaves alone what did not change, and moves those who look', () => {
  const { clock, sessions, opened, openNow, hub } = startHub();
  hub.configure([camera('a'), camera('b')]);
  const a = createSink();
  const b = createSink();
  hub.watch('a', 'sub', a.sink);
  hub.watch('b', 'sub', b.sink);
  hub.configure([camera('a', { mainUrl: 'rtsp://a/other' }), camera('b', { password: 'new' })]);
  expect(opened).toEqual(['rtsp://a/sub', 'rtsp://b/sub', 'rtsp://b/sub']);
  expect(openNow()).toHaveLength(2);
  sessions.last().unit(true);
  expect(b.seen).toEqual(['connecting', 'connecting', 'live', 'K']);
  expect(a.seen).toEqual(['connecting']);
  hub.configure([camera('a', { subUrl: null })]);
  expect(a.seen).toEqual(['connecting', 'connecting']);
  expect(b.seen.at(-1)).toBe('offline/noSuchStream');
  clock.advance(LINGER_MS + 1);
  expect(openNow()).toEqual(['rtsp://a/main']);
  hub.close();
  expect(openNow()).toEqual([]);
});

test('a camera nobody configured is said to be none, and comes when it is', () => {
  const { sessions, hub } = startHub();
  const { seen, sink } = createSink();
  hub.watch('late', 'main', sink);
  hub.configure([camera('late')]);
  sessions.last().unit(true);
  expect(seen).toEqual(['offline/noSuchStream', 'connecting', 'live', 'K']);
});

test('a report that throws for one camera keeps no other from being opened, and names its camera', () => {
  const clock = createManualClock();
  const sessions = createFakeSessions(clock);
  const opened: string[] = [];
  const defects: (string | null)[] = [];
  const hub = createStreamHub({
    clock,
    random: () => 0.5,
    open: ({ cameraId }, handlers) => {
      opened.push(cameraId);
      return sessions.open(handlers);
    },
    onReport: ({ cameraId }) => {
      if (cameraId === 'touchy') throw new Error('as the test says');
    },
    onDefect: (_error, cameraId) => defects.push(cameraId),
  });
  hub.configure([camera('touchy'), camera('calm')]);
  expect(opened).toEqual(['touchy', 'calm']);
  clock.advance(60_000);
  expect(new Set(defects)).toEqual(new Set(['touchy']));
  hub.close();
});
