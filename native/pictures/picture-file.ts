/**
 * One picture as it lies on the disk: `GRP1`, the length of the sealed key (2 bytes, little endian), the sealed key, the nonce, ciphertext and tag.
 * Each picture has a key of its own, sealed by the vault under the picture's subject: forget the subject, and nothing opens it. Inside stands what
 * the picture is (JSON behind its length), and its bytes. The work is the thread pool's, not the core thread's.
 */
import { webcrypto } from 'node:crypto';
import { z } from 'zod';
import type { SubjectId } from '../../electron/domain/kernel/ids.ts';
import type { Picture, PictureName } from '../../electron/station/ports/pictures.port.ts';
import { nonceBytes } from '../os/secrets-cipher.ts';

const { subtle } = webcrypto;
const mark = Buffer.from('GRP1', 'latin1');
/** Bytes before the sealed key, and before the description inside. */
const headBytes = mark.length + 2;
const lengthBytes = 2;

const described = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('jpeg') }),
  z.strictObject({
    form: z.literal('keyFrame'),
    codec: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
  }),
]);

const sizeOf = (bytes: number): Buffer => {
  const size = Buffer.alloc(lengthBytes);
  size.writeUInt16LE(bytes);
  return size;
};

/** Bound to the ciphertext: a picture is not taken for another subject's. */
const cipherOf = (nonce: Uint8Array, subject: SubjectId) => ({
  name: 'AES-GCM',
  iv: new Uint8Array(nonce),
  additionalData: new TextEncoder().encode(`picture\n${subject}`),
});

const importKey = (key: Uint8Array, use: 'encrypt' | 'decrypt') =>
  subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, [use]);

/** The name of a picture whose file holds these bytes. */
export const nameOf = async (file: Uint8Array): Promise<PictureName> =>
  Buffer.from(await subtle.digest('SHA-256', new Uint8Array(file))).toString('hex');

/** What a picture's file is made of. */
export interface PictureKey {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** The same key as the vault has sealed it under the subject. */
  readonly sealedKey: string;
  /** 12 bytes, used once. */
  readonly nonce: Uint8Array;
}

/** The file of a picture. */
export const toFile = async (
  subject: SubjectId,
  picture: Picture,
  { key, sealedKey, nonce }: PictureKey,
): Promise<Buffer> => {
  const { bytes, ...what } = picture;
  const text = Buffer.from(JSON.stringify(what), 'utf8');
  const plain = Buffer.concat([sizeOf(text.length), text, bytes]);
  const cipher = await subtle.encrypt(cipherOf(nonce, subject), await importKey(key, 'encrypt'), plain);
  const sealedBytes = Buffer.from(sealedKey, 'utf8');
  return Buffer.concat([mark, sizeOf(sealedBytes.length), sealedBytes, nonce, Buffer.from(cipher)]);
};

const pictureIn = (plain: Buffer): Picture => {
  const end = lengthBytes + plain.readUInt16LE(0);
  const what = described.parse(JSON.parse(plain.toString('utf8', lengthBytes, end)));
  return { ...what, bytes: plain.subarray(end) };
};

/** The sealed key in a file, `null` where it is none of ours. */
const sealedKeyIn = (file: Buffer): string | null => {
  if (file.length < headBytes || !file.subarray(0, mark.length).equals(mark)) return null;
  return file.toString('utf8', headBytes, headBytes + file.readUInt16LE(mark.length));
};

/** The picture in a file, `null` where a single bit is another, or the key does not open. `openKey` answers the 32 bytes that were sealed. */
export const fromFile = async (
  subject: SubjectId,
  file: Buffer,
  openKey: (sealedKey: string) => Uint8Array | null,
): Promise<Picture | null> => {
  const sealedKey = sealedKeyIn(file);
  const key = sealedKey === null ? null : openKey(sealedKey);
  if (sealedKey === null || key === null) return null;
  const start = headBytes + Buffer.byteLength(sealedKey);
  const nonce = file.subarray(start, start + nonceBytes);
  try {
    const box = new Uint8Array(file.subarray(start + nonceBytes));
    return pictureIn(Buffer.from(await subtle.decrypt(cipherOf(nonce, subject), await importKey(key, 'decrypt'), box)));
  } catch {
    // Whatever is wrong with it: it is not what was kept.
    return null;
  }
};
