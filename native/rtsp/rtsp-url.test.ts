import { expect, test } from 'vitest';
import { resolveControl } from './rtsp-url.ts';

test.each([
  ['rtsp://c/live/', 'trackID=1', 'rtsp://c/live/trackID=1'],
  ['rtsp://c/live', 'trackID=1', 'rtsp://c/live/trackID=1'],
  ['rtsp://c/live?x=1', 'trackID=1', 'rtsp://c/live?x=1/trackID=1'],
  ['rtsp://c:8554/live', '/other/track', 'rtsp://c:8554/other/track'],
  ['rtsp://c/live', 'rtsp://guard:secret@c/live/t', 'rtsp://c/live/t'],
  ['rtsp://c/live', '?ctype=video', 'rtsp://c/live?ctype=video'],
  ['rtsp://c/live/', '?ctype=video', 'rtsp://c/live/?ctype=video'],
  ['rtsp://c/live?user=1', '?ctype=video', 'rtsp://c/live?ctype=video'],
  ['rtsp://c:8554/a/live', '../b/track', 'rtsp://c:8554/b/track'],
  ['rtsp://c:8554/a/live', './track?x=../y', 'rtsp://c:8554/a/track?x=../y'],
  ['rtsp://c/live', '//other/track', 'rtsp://other/track'],
  ['rtsp://c/live', '#part', 'rtsp://c/live'],
  ['rtsp://c/live', 'track 1\0', 'rtsp://c/live/track%201%00'],
  ['rtsp://c/live', '*', 'rtsp://c/live'],
  ['rtsp://c/live', '', 'rtsp://c/live'],
])('control of %s with %s', (base, control, expected) => {
  expect(resolveControl(base, control)).toBe(expected);
});
