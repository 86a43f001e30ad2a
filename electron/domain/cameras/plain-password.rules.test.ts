import { expect, test } from 'vitest';
import { holdsPlainPassword } from './plain-password.rules.ts';

test.each([
  'rtsp://admin:Pa@ssW0rd1@192.0.2.1/live',
  // What a cut at the first `@` left of it.
  'rtsp://ssW0rd1@192.0.2.1/live',
  'rtsp://admin:Pa/ssW0rd1@192.0.2.1/live',
  'rtsp://192.0.2.1/user=admin&password=ssW0rd1&channel=1&stream=0.sdp',
  'rtsp://192.0.2.1/user=admin_password=ssW0rd1_channel=1_stream=0.sdp',
  'rtsp://192.0.2.1:554/live?username=admin&pwd=1',
  'http://192.0.2.1/onvif?psw=x',
])('a password is seen in %s', (address) => {
  expect(holdsPlainPassword(address)).toBe(true);
});

test.each([
  'rtsp://192.0.2.1/live',
  'rtsp://192.0.2.1/user=admin&password=&channel=1',
  'rtsp://192.0.2.1/bypass/1?compass=north',
  'http://[2001:db8::1]:8080/onvif/device_service?profile=a@b',
  'sealed:s1.device:camera-1.AAAA',
  '',
])('none is seen in %j', (address) => {
  expect(holdsPlainPassword(address)).toBe(false);
});
