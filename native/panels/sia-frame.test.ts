import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16Arc } from './crc16.ts';
import { decodeSiaFrame, encodeSiaAnswer, encodeSiaBody, siaTime, type SiaFrame } from './sia-frame.ts';

/** Frames seen on the wire (FACTS, "Alarm inputs"): body, checksum, length. */
const vectors = [
  ['"NULL"0000L0#1409[]_20:38:07,08-27-2026', 'EA74', '0027'],
  ['"ACK"0000L0#1409[]', '5989', '0012'],
  ['"NULL"0001L#7303658550[]_15:39:38,06-07-2019', 'BB86', '002C'],
] as const;

const decode = (body: string) => decodeSiaFrame(encodeSiaBody(body).subarray(1, -1));
const decoded = (body: string): SiaFrame => {
  const result = decode(body);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};

describe('SIA DC-09 frames', () => {
  it.each(vectors)('counts checksum and length of %s', (body, crc, length) => {
    expect(crc16Arc(Buffer.from(body)).toString(16).toUpperCase()).toBe(crc);
    expect(Buffer.from(encodeSiaBody(body)).toString('latin1')).toBe(`\n${crc}${length}${body}\r`);
  });

  it('reads a supervision message with and without a line number', () => {
    expect(decoded(vectors[0][0])).toEqual({
      id: 'NULL',
      encrypted: false,
      sequence: '0000',
      receiver: null,
      prefix: '0',
      account: '1409',
      data: '',
      extended: [],
      panelAtMs: Date.UTC(2026, 7, 27, 20, 38, 7),
      intact: true,
      checksum: 'hex',
    });
  });

  it('reads the third vector, whose prefix is empty', () => {
    expect(decoded(vectors[2][0])).toMatchObject({ prefix: '', account: '7303658550', sequence: '0001' });
  });

  it('keeps receiver, prefix, data and extended data apart', () => {
    expect(decoded('"SIA-DCS"0042R3L7#4f39[#4F39|Nri1/MA05][H caf\xe9 \x80][X1]_01:02:03,11-21-2026')).toMatchObject({
      receiver: '3',
      prefix: '7',
      account: '4f39',
      data: '#4F39|Nri1/MA05',
      extended: ['H café €', 'X1'],
    });
  });

  it('tells a wrong checksum and a wrong length, and still reads the fields', () => {
    const bytes = Buffer.from(encodeSiaBody('"NULL"0007L0#1409[]').subarray(1, -1));
    const wrongSum = Buffer.concat([Buffer.from('0000'), bytes.subarray(4)]);
    const wrongLength = Buffer.concat([bytes.subarray(0, 4), Buffer.from('0099'), bytes.subarray(8)]);
    for (const wrong of [wrongSum, wrongLength]) {
      expect(decodeSiaFrame(wrong)).toMatchObject({ ok: true, value: { intact: false, account: '1409' } });
    }
  });

  it('leaves ciphertext unread', () => {
    expect(decoded('"*SIA-DCS"0003L0#1409[00FFAB12')).toMatchObject({
      encrypted: true,
      id: 'SIA-DCS',
      data: '',
      sequence: '0003',
    });
  });

  it('does not make up a moment the calendar has not', () => {
    expect(decoded('"NULL"0000L0#1409[]_25:61:00,13-40-2026').panelAtMs).toBeNull();
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeSiaFrame(bytes)).toHaveProperty('ok');
      }),
      fuzz(100, 50_000),
    );
    const letters = fc.constantFrom(
      '"',
      '*',
      'NULL',
      'SIA-DCS',
      '0001',
      'R',
      'L',
      '#',
      '[',
      ']',
      '_',
      '|',
      '20:38:07,08-27-2026',
      'é',
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 30 }), (parts) => {
        expect(decode(parts.join(''))).toHaveProperty('ok');
      }),
      fuzz(100, 50_000),
    );
  });
});

describe('answers', () => {
  const now = Date.UTC(2026, 10, 21, 9, 5, 7);
  const answer = (kind: 'ACK' | 'NAK' | 'DUH', frame: SiaFrame | null) =>
    Buffer.from(encodeSiaAnswer(kind, frame, now))
      .toString('latin1')
      .slice(9, -1);

  it('echo sequence and account and leave R out where the panel did', () => {
    expect(Buffer.from(encodeSiaAnswer('ACK', decoded(vectors[0][0]), now)).toString('latin1')).toBe(
      '\n59890012"ACK"0000L0#1409[]\r',
    );
    expect(answer('ACK', decoded('"NULL"0009R12L3#AB[]'))).toBe('"ACK"0009R12L3#AB[]');
    expect(answer('DUH', decoded('"*NULL"0009L#AB[12'))).toBe('"DUH"0009L#AB[]');
  });

  it('NAK carries our time', () => {
    expect(siaTime(now)).toBe('_09:05:07,11-21-2026');
    expect(answer('NAK', decoded('"NULL"0002L0#1409[]'))).toBe('"NAK"0002L0#1409[]_09:05:07,11-21-2026');
    expect(answer('NAK', null)).toBe('"NAK"0000R0L0A0[]_09:05:07,11-21-2026');
  });
});
