/** A sealed text, `s1.<subject>.<base64url>`: AES-256-GCM under the key of its subject, bound to the subject's name. */
import { sealed, type Sealed } from '../../electron/domain/kernel/ids.ts';
import type { Secrets } from '../../electron/station/ports/vault.port.ts';
import { decryptBytes, encryptBytes, keyBytes } from '../os/secrets-cipher.ts';

/** Before every ciphertext: which scheme made it. */
const SCHEME = 's1.';

export const sealText = (subject: string, key: Buffer, nonce: Buffer, plain: string): Sealed => {
  const context = `${SCHEME}${subject}.`;
  return sealed(context + encryptBytes(key, nonce, Buffer.from(plain, 'utf8'), context).toString('base64url'));
};

/** The plain text, or `null` where there is no such key or the text is damaged. The subject's name may itself hold dots. */
export const openText = (text: string, keyOf: (subject: string) => Buffer | null): string | null => {
  const dot = text.lastIndexOf('.');
  if (!text.startsWith(SCHEME) || dot < SCHEME.length) return null;
  const key = keyOf(text.slice(SCHEME.length, dot));
  if (key === null) return null;
  const box = Buffer.from(text.slice(dot + 1), 'base64url');
  return decryptBytes(key, box, text.slice(0, dot + 1))?.toString('utf8') ?? null;
};

/** A subject's key as it is used, or `null` where it was wrapped under other secrets. */
export const unwrapKey = (secrets: Secrets, wrapped: string): Buffer | null => {
  const key = Buffer.from(secrets.decrypt(wrapped) ?? '', 'base64url');
  return key.length === keyBytes ? key : null;
};
