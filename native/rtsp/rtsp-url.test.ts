import { describe, expect, test } from 'vitest';
import { parseRtspUrl, resolveControl } from './rtsp-url.ts';

describe('addresses', () => {
  test.each([
    ['rtsp://10.0.0.5/live', '10.0.0.5', 554, 'rtsp://10.0.0.5/live', null, null],
    ['RTSP://guard:p%40ss@cam.lan:8554/a?b=c&d', 'cam.lan', 8554, 'rtsp://cam.lan:8554/a?b=c&d', 'guard', 'p@ss'],
    ['rtsp://guard:p@ss:w@cam/', 'cam', 554, 'rtsp://cam/', 'guard', 'p@ss:w'],
    ['rtsp://guard@cam', 'cam', 554, 'rtsp://cam', 'guard', ''],
    ['rtsp://guard:100%@cam/x', 'cam', 554, 'rtsp://cam/x', 'guard', '100%'],
    ['rtsps://[fe80::1]/x', 'fe80::1', 322, 'rtsps://[fe80::1]/x', null, null],
  ])('%s', (text, host, port, url, username, password) => {
    expect(parseRtspUrl(text)).toEqual({
      ok: true,
      value: { secure: /^rtsps/i.test(text), host, port, url, username, password },
    });
  });

  test.each([
    '',
    'http://cam/',
    'rtsp://',
    'rtsp://cam:0/',
    'rtsp://cam:99999/',
    'rtsp://a b/',
    `rtsp://cam/${'x'.repeat(3000)}`,
  ])('not an address: %s', (text) => {
    expect(parseRtspUrl(text)).toEqual({ ok: false, error: { kind: 'badUrl' } });
  });
});

test.each([
  ['rtsp://c/live/', 'trackID=1', 'rtsp://c/live/trackID=1'],
  ['rtsp://c/live', 'trackID=1', 'rtsp://c/live/trackID=1'],
  ['rtsp://c/live?x=1', 'trackID=1', 'rtsp://c/live?x=1/trackID=1'],
  ['rtsp://c:8554/live', '/other/track', 'rtsp://c:8554/other/track'],
  ['rtsp://c/live', 'rtsp://guard:secret@c/live/t', 'rtsp://c/live/t'],
  ['rtsp://c/live', '*', 'rtsp://c/live'],
  ['rtsp://c/live', '', 'rtsp://c/live'],
])('control of %s with %s', (base, control, expected) => {
  expect(resolveControl(base, control)).toBe(expected);
});
