import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSdp } from './sdp.ts';

const lines = (...text: string[]): string =>
  `${['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', ...text].join('\r\n')}\r\n`;

describe('descriptions of real makes', () => {
  test('Hikvision: empty sprop-parameter-sets, G.711 beside it', () => {
    const text = lines(
      'a=control:rtsp://10.0.0.5/live/',
      'm=video 0 RTP/AVP 96',
      'a=control:rtsp://10.0.0.5/live/trackID=1',
      'a=rtpmap:96 H264/90000',
      'a=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets=',
      'm=audio 0 RTP/AVP 8',
      'a=control:trackID=2',
    );
    expect(parseSdp(text)).toEqual({
      ok: true,
      value: {
        control: 'rtsp://10.0.0.5/live/',
        video: {
          codec: 'h264',
          payloadType: 96,
          clockRate: 90_000,
          control: 'rtsp://10.0.0.5/live/trackID=1',
          parameterSets: [],
          hasDecodingOrder: false,
          protection: null,
          isSecureProfile: false,
        },
        audio: [{ encoding: 'pcma', payloadType: 8, clockRate: 8000 }],
      },
    });
  });

  test('H.265 with all three sets, payload type 105, AAC', () => {
    const text = lines(
      'm=audio 0 RTP/AVP 104',
      'a=rtpmap:104 mpeg4-generic/16000/1',
      'm=video 0 RTP/AVP 105',
      'a=rtpmap:105 H265/90000',
      'a=fmtp:105 sprop-vps=QAEMAf//AWAAAA==; sprop-sps=QgEBAWAAAA==;sprop-pps=RAHBcrRiQA==; sprop-max-don-diff=2',
    );
    const result = parseSdp(text);
    expect(result).toMatchObject({
      ok: true,
      value: {
        video: { codec: 'h265', payloadType: 105, hasDecodingOrder: true },
        audio: [{ encoding: 'mpeg4-generic' }],
      },
    });
    expect(result.ok && result.value.video.parameterSets.map((set) => set[0])).toEqual([0x40, 0x42, 0x44]);
  });

  test('two pictures: the first that can be played', () => {
    const text = lines(
      'm=video 0 RTP/AVP 26',
      'm=video 0 RTP/AVP 98',
      'a=rtpmap:98 H264/90000',
      'a=control:two',
      'm=video 0 RTP/AVP 99',
      'a=rtpmap:99 H265/90000',
    );
    expect(parseSdp(text)).toMatchObject({ ok: true, value: { video: { payloadType: 98, control: 'two' } } });
  });
});

test('what cannot be played says why', () => {
  expect(parseSdp('')).toEqual({ ok: false, error: { kind: 'empty' } });
  expect(parseSdp(lines('m=audio 0 RTP/AVP 0'))).toEqual({ ok: false, error: { kind: 'noVideo' } });
  expect(parseSdp(lines('m=video 0 RTP/AVP 26'))).toEqual({ ok: false, error: { kind: 'codec', name: 'jpeg' } });
  expect(parseSdp('a=x\r\n'.repeat(60_000))).toEqual({ ok: false, error: { kind: 'tooLarge' } });
});

test('any text is read without throwing', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            'm=video 0 RTP/AVP 96',
            'a=rtpmap:96 H264/0',
            'a=fmtp:96 ;;=;sprop-parameter-sets=,,',
            'a=',
            'm=',
          ),
          fc.string(),
        ),
      ),
      (parts) => {
        const result = parseSdp(parts.join('\n'));
        expect(result.ok ? result.value.video.clockRate : 1).toBeGreaterThan(0);
      },
    ),
    fuzz(100, 50_000),
  );
});

describe('parameter sets in the description, as cameras write them (retina 42, FFmpeg 181, mediamtx 231)', () => {
  const sets = (line: string): string[] => {
    const text = `v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n${line}\r\n`;
    const read = parseSdp(text);
    return read.ok ? read.value.video.parameterSets.map((set) => Buffer.from(set).toString('base64')) : [];
  };
  test.each([
    ['a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0IAHg==,aM48gA==', ['Z0IAHg==', 'aM48gA==']],
    [
      'a=fmtp:96 packetization-mode=1 profile-level-id=42c01e sprop-parameter-sets=Z0IAHg==, aM48gA==',
      ['Z0IAHg==', 'aM48gA=='],
    ],
    ['a=fmtp:96 sprop-parameter-sets="Z0IAHg==,aM48gA=="; packetization-mode=1', ['Z0IAHg==', 'aM48gA==']],
    ['a=fmtp:96 packetization-mode=1\r\na=fmtp:96 sprop-parameter-sets=Z0IAHg==,', ['Z0IAHg==']],
    ['a=fmtp:96 packetization-mode=1;sprop-parameter-sets=', []],
  ])('%s', (line, expected) => {
    expect(sets(line)).toEqual(expected);
  });
});
