import { describe, expect, it } from 'vitest';
import { serviceAddress, streamAddress, toldPort } from './addresses.ts';

const device = 'http://192.0.2.7:8080/onvif/device_service';

describe('addresses that a device tells', () => {
  it.each([
    ['http://192.0.2.7/onvif/media', 'http://192.0.2.7/onvif/media'],
    ['http://192.0.2.7:81/onvif/media?x=1', 'http://192.0.2.7:81/onvif/media?x=1'],
    ['http://10.0.0.5/onvif/media', 'http://192.0.2.7:8080/onvif/media'],
    ['http://evil.example:9/steal', 'http://192.0.2.7:9/steal'],
    ['http://10.0.0.5:1024/event-0_1024', 'http://192.0.2.7:1024/event-0_1024'],
    ['http:///onvif/media', 'http://192.0.2.7:8080/onvif/media'],
    ['http://:8000/onvif/media', 'http://192.0.2.7:8000/onvif/media'],
    ['/onvif/media', 'http://192.0.2.7:8080/onvif/media'],
    ['http://0.0.0.0/onvif/media', 'http://192.0.2.7:8080/onvif/media'],
    ['http://[fe80::1]:2020/onvif/media', 'http://192.0.2.7:2020/onvif/media'],
    [' http://192.0.2.7/onvif/media\n', 'http://192.0.2.7/onvif/media'],
    ['http://admin:pw@192.0.2.7/x', 'http://192.0.2.7/x'],
    ['https://192.0.2.7/x', 'https://192.0.2.7/x'],
    ['ftp://192.0.2.7/x', null],
    ['nonsense', null],
    [undefined, null],
  ])('service %s is asked at %s', (told, asked) => {
    expect(serviceAddress(told, device)).toBe(asked);
  });

  it('a subscription on a port of its own keeps it where the device was added by name', () => {
    const byName = 'http://camera.home:2020/onvif/device_service';
    expect(serviceAddress('http://192.168.1.9:1024/event-0_1024', byName, '2020')).toBe(
      'http://camera.home:1024/event-0_1024',
    );
  });

  it('the port that the device calls its own is the one it was reached at', () => {
    const forwarded = 'http://198.51.100.3:8081/onvif/device_service';
    expect(serviceAddress('http://192.168.1.64:80/onvif/events', forwarded, '80')).toBe(
      'http://198.51.100.3:8081/onvif/events',
    );
    expect(serviceAddress('http://192.168.1.64:8899/onvif/events', forwarded, '8899')).toBe(
      'http://198.51.100.3:8081/onvif/events',
    );
    expect(toldPort('http://192.168.1.64/onvif/device_service')).toBe('80');
    expect(toldPort('http:///onvif/device_service')).toBe('80');
    expect(toldPort('nonsense')).toBeNull();
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
    ['rtsp:///live/0', 'rtsp://192.0.2.7/live/0'],
    ['rtsp://:8554/live/0', 'rtsp://192.0.2.7:8554/live/0'],
    ['rtsp://user:p@ss/word@192.0.2.7:8554/live', 'rtsp://192.0.2.7:8554/live'],
    ['rtsp://admin:12/34@10.0.0.1:554/live', 'rtsp://192.0.2.7:554/live'],
    ['rtsp://192.0.2.7/user@home/live', 'rtsp://192.0.2.7/user@home/live'],
    ['http://192.0.2.7/live', null],
    ['', null],
  ])('stream %s is read at %s', (told, read) => {
    expect(streamAddress(told, device)).toBe(read);
  });
});
