import { describe, expect, it } from 'vitest';
import { serviceAddress, streamAddress } from './addresses.ts';

const device = 'http://192.0.2.7:8080/onvif/device_service';

describe('addresses that a device tells', () => {
  it.each([
    ['http://192.0.2.7/onvif/media', 'http://192.0.2.7/onvif/media'],
    ['http://192.0.2.7:81/onvif/media?x=1', 'http://192.0.2.7:81/onvif/media?x=1'],
    ['http://10.0.0.5/onvif/media', 'http://192.0.2.7:8080/onvif/media'],
    ['http://evil.example:9/steal', 'http://192.0.2.7:8080/steal'],
    ['http://admin:pw@192.0.2.7/x', 'http://192.0.2.7/x'],
    ['https://192.0.2.7/x', 'https://192.0.2.7/x'],
    ['ftp://192.0.2.7/x', null],
    ['nonsense', null],
    [undefined, null],
  ])('service %s is asked at %s', (told, asked) => {
    expect(serviceAddress(told, device)).toBe(asked);
  });

  it('a device asked over TLS is not asked without', () => {
    expect(serviceAddress('http://192.0.2.7/onvif/media', 'https://192.0.2.7/onvif/device_service')).toBe(
      'https://192.0.2.7/onvif/media',
    );
  });

  it.each([
    ['rtsp://192.0.2.7:554/live?a=1&b=2', 'rtsp://192.0.2.7:554/live?a=1&b=2'],
    ['rtsp://10.0.0.5/live', 'rtsp://192.0.2.7/live'],
    ['rtsp://user:p%40ss@192.0.2.7:8554/live', 'rtsp://192.0.2.7:8554/live'],
    ['RTSP://[fe80::1]:554', 'rtsp://192.0.2.7:554/'],
    ['rtsps://192.0.2.7/x', 'rtsps://192.0.2.7/x'],
    ['http://192.0.2.7/live', null],
    ['', null],
  ])('stream %s is read at %s', (told, read) => {
    expect(streamAddress(told, device)).toBe(read);
  });
});
