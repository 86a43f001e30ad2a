import { createCipheriv, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPictureSource } from '../../tests/support/rtsp-media.ts';
import { createRtpReceiver } from './rtp-receiver.ts';
import { parseSdp } from './sdp.ts';
import { createSrtpOpener, parseCrypto } from './srtp.ts';

const key = Buffer.from('E1F97A0D3E018BE0D64FA32C06DE4139', 'hex');
const salt = Buffer.from('0EC675AD498AFEEBB6960B3AABE6', 'hex');
const inline = Buffer.concat([key, salt]).toString('base64');

/** The other side, written on its own: derives as in RFC 3711 appendix B.3 and signs. */
const seal = (packet: Buffer, round = 0, tagBytes = 10, keyNumber = Buffer.alloc(0)): Buffer => {
  const derived = (label: number, bytes: number): Buffer => {
    const iv = Buffer.concat([salt, Buffer.alloc(2)]);
    iv[7] = (iv[7] ?? 0) ^ label;
    return createCipheriv('aes-128-ctr', key, iv).update(Buffer.alloc(bytes));
  };
  const iv = Buffer.concat([derived(2, 14), Buffer.alloc(2)]);
  const index = Buffer.alloc(6);
  index.writeUInt32BE(round, 0);
  packet.copy(index, 4, 2, 4);
  for (const [at, byte] of packet.subarray(8, 12).entries()) iv[4 + at] = (iv[4 + at] ?? 0) ^ byte;
  for (const [at, byte] of index.entries()) iv[8 + at] = (iv[8 + at] ?? 0) ^ byte;
  const body = createCipheriv('aes-128-ctr', derived(0, 16), iv).update(packet.subarray(12));
  const signed = Buffer.concat([packet.subarray(0, 12), body]);
  const tag = createHmac('sha1', derived(1, 20)).update(signed).update(index.subarray(0, 4)).digest();
  return Buffer.concat([signed, keyNumber, tag.subarray(0, tagBytes)]);
};

const describing = (profile: string, crypto: string | null) =>
  parseSdp(
    [
      'v=0',
      `m=video 0 ${profile} 96`,
      ...(crypto === null ? [] : [`a=crypto:${crypto}`]),
      'a=rtpmap:96 H264/90000',
      '',
    ].join('\r\n'),
  );

/** Plays pictures of a camera whose packets are changed on the way; the sequence numbers wrap after the first few. */
const play = (profile: string, crypto: string, mangle: (packet: Buffer, round: number) => Buffer) => {
  const sdp = describing(profile, crypto);
  if (!sdp.ok) throw new Error('the description was not read');
  let shown = 0;
  const receiver = createRtpReceiver(
    sdp.value.video,
    { onFormat: () => undefined, onAccessUnit: () => (shown += 1), onTooLarge: () => undefined },
    () => 1,
  );
  const source = createPictureSource();
  let last = 0;
  let round = 0;
  for (let picture = 0; picture < 40; picture += 1) {
    for (const packet of source.next()) {
      const sequence = packet.readUInt16BE(2);
      if (sequence < last) round += 1;
      last = sequence;
      const sealed = mangle(packet, round);
      receiver.packet(sealed, 0, sealed.length);
    }
  }
  return { shown, stats: receiver.stats() };
};
const suite80 = `1 AES_CM_128_HMAC_SHA1_80 inline:${inline}`;

describe('protected pictures (go2rtc 81, UniFi)', () => {
  test.for<[string, string, (packet: Buffer, round: number) => Buffer]>([
    ['with a tag of 80 bits, beyond the wrap of the sequence numbers', suite80, (packet, round) => seal(packet, round)],
    ['of 32 bits', `1 AES_CM_128_HMAC_SHA1_32 inline:${inline}|2^48`, (packet, round) => seal(packet, round, 4)],
    [
      'with the number of the key',
      `${suite80}|2^31|1:2`,
      (packet, round) => seal(packet, round, 10, Buffer.from([0, 1])),
    ],
    ['offered but not used', suite80, (packet) => packet],
  ])('%s', ([, crypto, mangle]) => {
    expect(play('RTP/AVP', crypto, mangle)).toMatchObject({ shown: 40, stats: { sealed: 0, malformed: 0 } });
  });

  test('what was not signed by the camera is not read', () => {
    const forged = play('RTP/SAVP', suite80, (packet, round) => {
      const sealed = seal(packet, round);
      sealed[20] = (sealed[20] ?? 0) ^ 1;
      return sealed;
    });
    expect([forged.shown, forged.stats.sealed]).toEqual([0, forged.stats.packets]);
  });

  test('a description that asks for protection of another kind is said to', () => {
    for (const crypto of [null, '1 AEAD_AES_128_GCM inline:AAAA', '1 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ='])
      expect(describing('RTP/SAVP', crypto)).toEqual({ ok: false, error: { kind: 'encrypted' } });
    expect(describing('RTP/AVP', '1 unknown inline:AAAA')).toMatchObject({
      ok: true,
      value: { video: { protection: null } },
    });
  });
});

test('packets cut short are no packets', () => {
  const policy = parseCrypto(suite80);
  const opener = policy === null ? null : createSrtpOpener(policy);
  const sealed = seal(createPictureSource().next()[0] ?? Buffer.alloc(0));
  expect(opener?.open(sealed, 0, sealed.length)).not.toBeNull();
  for (let length = 12; length < sealed.length; length += 1) expect(opener?.open(sealed, 0, length)).toBeNull();
});
