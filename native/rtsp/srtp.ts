import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/** How the packets of one track are protected, as its description says (RFC 4568). */
export interface SrtpPolicy {
  readonly cipher: 'aes-128-ctr' | 'aes-256-ctr';
  readonly masterKey: Buffer;
  readonly masterSalt: Buffer;
  /** Bytes of the tag behind each packet. */
  readonly tagBytes: number;
  /** Bytes of the key's number in front of the tag; 0 where there is none. */
  readonly keyNumberBytes: number;
  readonly isEncrypted: boolean;
}

const SALT_BYTES = 14;
const RTP_HEADER_BYTES = 12;
/** AES in counter mode with HMAC-SHA1 (RFC 4568 section 6.2, RFC 6188 section 2). */
const suite = /^(?:SRTP_)?AES_?(?:CM_)?(128|256)_(?:CM_)?(?:HMAC_SHA1)_(80|32)$/i;

/** Reads the value of one `a=crypto`, or `null` when it is of a kind that is not known. */
export const parseCrypto = (value: string): SrtpPolicy | null => {
  const [, name = '', keys = '', ...parameters] = value.trim().split(/\s+/);
  const found = suite.exec(name);
  const [text = '', ...more] = (/^inline:([^;]+)/i.exec(keys)?.[1] ?? '').split('|');
  const secret = Buffer.from(text, 'base64');
  const keyBytes = Number(found?.[1] ?? 0) / 8;
  if (found === null || secret.length < keyBytes + SALT_BYTES) return null;
  const keyNumber = more.map((one) => /^\d+:(\d{1,3})$/.exec(one)?.[1]).find((one) => one !== undefined);
  const says = (word: string): boolean => parameters.some((one) => one.toUpperCase() === word);
  return {
    cipher: found[1] === '256' ? 'aes-256-ctr' : 'aes-128-ctr',
    masterKey: secret.subarray(0, keyBytes),
    masterSalt: secret.subarray(keyBytes, keyBytes + SALT_BYTES),
    tagBytes: says('UNAUTHENTICATED_SRTP') ? 0 : Number(found[2]) / 8,
    keyNumberBytes: Math.min(128, Number(keyNumber ?? 0)),
    isEncrypted: !says('UNENCRYPTED_SRTP'),
  };
};

/** One key derived from the master key (RFC 3711 section 4.3.1, key derivation rate 0). */
const derive = (policy: SrtpPolicy, label: number, bytes: number): Buffer => {
  const counter = Buffer.concat([policy.masterSalt, Buffer.alloc(2)]);
  counter[7] = (counter[7] ?? 0) ^ label;
  return createCipheriv(policy.cipher, policy.masterKey, counter).update(Buffer.alloc(bytes));
};

/** Opens the packets of one track. */
export interface SrtpOpener {
  /** The plain packet `buffer[start, end)` stands for, or `null` when it is not what the camera signed. */
  readonly open: (buffer: Buffer, start: number, end: number) => Buffer | null;
}

/** Opens protected RTP packets (RFC 3711 section 3.3). The count of sequence number rounds begins at 0, as with each session. */
export const createSrtpOpener = (policy: SrtpPolicy): SrtpOpener => {
  const cipherKey = derive(policy, 0, policy.masterKey.length);
  const signingKey = derive(policy, 1, 20);
  const salt = derive(policy, 2, SALT_BYTES);
  let rounds = 0;
  let highest = -1;

  /** The round a sequence number belongs to (RFC 3711 appendix A). */
  const roundOf = (sequence: number): number => {
    if (highest < 0x8000) return highest >= 0 && sequence - highest > 0x8000 ? Math.max(0, rounds - 1) : rounds;
    return highest - 0x8000 > sequence ? rounds + 1 : rounds;
  };

  const isSigned = (buffer: Buffer, start: number, to: number, tagAt: number, round: number): boolean => {
    const roundBytes = Buffer.alloc(4);
    roundBytes.writeUInt32BE(round >>> 0);
    const tag = createHmac('sha1', signingKey).update(buffer.subarray(start, to)).update(roundBytes).digest();
    return timingSafeEqual(tag.subarray(0, policy.tagBytes), buffer.subarray(tagAt, tagAt + policy.tagBytes));
  };

  return {
    open: (buffer, start, end) => {
      const tagAt = end - policy.tagBytes;
      const to = tagAt - policy.keyNumberBytes;
      const first = buffer[start] ?? 0;
      let from = start + RTP_HEADER_BYTES + (first & 0x0f) * 4;
      if ((first & 0x10) !== 0 && from + 4 <= to) from += 4 + buffer.readUInt16BE(from + 2) * 4;
      if (from > to) return null;
      const sequence = buffer.readUInt16BE(start + 2);
      const round = roundOf(sequence);
      if (policy.tagBytes > 0 && !isSigned(buffer, start, to, tagAt, round)) return null;
      if (round > rounds || (round === rounds && sequence > highest)) {
        rounds = round;
        highest = sequence;
      }
      const plain = Buffer.allocUnsafe(to - start);
      buffer.copy(plain, 0, start, to);
      if (!policy.isEncrypted) return plain;
      const counter = Buffer.concat([salt, Buffer.alloc(2)]);
      const mixed = Buffer.alloc(10);
      buffer.copy(mixed, 0, start + 8, start + 12);
      mixed.writeUInt32BE(round >>> 0, 4);
      mixed.writeUInt16BE(sequence, 8);
      for (const [index, byte] of mixed.entries()) counter[4 + index] = (counter[4 + index] ?? 0) ^ byte;
      createCipheriv(policy.cipher, cipherKey, counter)
        .update(plain.subarray(from - start))
        .copy(plain, from - start);
      return plain;
    },
  };
};
