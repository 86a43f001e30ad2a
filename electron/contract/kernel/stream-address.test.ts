import { describe, expect, test } from 'vitest';
import { parseStreamAddress } from './stream-address.ts';

describe('addresses', () => {
  test.each([
    ['rtsp://10.0.0.5/live', '10.0.0.5', 554, 'rtsp://10.0.0.5/live', null, null],
    ['RTSP://guard:p%40ss@cam.lan:8554/a?b=c&d', 'cam.lan', 8554, 'rtsp://cam.lan:8554/a?b=c&d', 'guard', 'p@ss'],
    ['rtsp://guard:p@ss:w@cam/', 'cam', 554, 'rtsp://cam/', 'guard', 'p@ss:w'],
    ['rtsp://admin:12/34@10.0.0.1:554/live', '10.0.0.1', 554, 'rtsp://10.0.0.1:554/live', 'admin', '12/34'],
    ['rtsp://admin:a@b/c@10.0.0.1/live', '10.0.0.1', 554, 'rtsp://10.0.0.1/live', 'admin', 'a@b/c'],
    ['rtsp://admin:a#b?c@cam/live', 'cam', 554, 'rtsp://cam/live', 'admin', 'a#b?c'],
    ['rtsp://ad.min:1/2:3@[fe80::1]:8554/live', 'fe80::1', 8554, 'rtsp://[fe80::1]:8554/live', 'ad.min', '1/2:3'],
    ['rtsp://10.0.0.1:554/cam@gate/live', '10.0.0.1', 554, 'rtsp://10.0.0.1:554/cam@gate/live', null, null],
    ['rtsp://cam/user@live', 'cam', 554, 'rtsp://cam/user@live', null, null],
    ['rtsp://guard:pw@cam/user@live', 'cam', 554, 'rtsp://cam/user@live', 'guard', 'pw'],
    ['rtsp://guard@cam', 'cam', 554, 'rtsp://cam', 'guard', ''],
    ['rtsp://guard:100%@cam/x', 'cam', 554, 'rtsp://cam/x', 'guard', '100%'],
    ['rtsps://[fe80::1]/x', 'fe80::1', 322, 'rtsps://[fe80::1]/x', null, null],
  ])('%s', (text, host, port, url, username, password) => {
    expect(parseStreamAddress(text)).toEqual({
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
    'rtsp://a\0b/x',
    'rtsp://a/x\0',
    'rtsp://a/x\r\ny',
    'rtsp://gu%0d%0aard:pw@a/x',
    'rtsp://guard:p%00w@a/x',
    'rtsp://a<b/',
    'rtsp://a%00b/',
    `rtsp://cam/${'x'.repeat(3000)}`,
  ])('not an address: %s', (text) => {
    expect(parseStreamAddress(text)).toEqual({ ok: false, error: { kind: 'badUrl' } });
  });
});

test.each(['rtsp://admin:12/34@camera/live', 'rtsp://admin:12/34@cam.lan/live', 'rtsp://u:p@x/y@cam.lan/live'])(
  'what may be a password or a path is asked for apart: %s',
  (text) => {
    expect(parseStreamAddress(text)).toEqual({ ok: false, error: { kind: 'ambiguous' } });
  },
);
