/** The station's Ed25519 key pair: signs the head of the journal. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createFile, replaceFile } from './atomic-file.ts';

export interface Signer {
  /** SPKI, PEM: what an inspector needs to check a signature, and may keep elsewhere. */
  readonly publicKeyPem: string;
  /** 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

const exportPublic = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

/**
 * Opens the key pair, and makes one at the first start: the private key (PKCS #8, PEM, mode 0600; on Windows the profile's own access
 * list protects it) and the public key beside it. Throws when the private key's file is not an Ed25519 key: it is never replaced.
 */
export const createSigner = (files: { readonly privateKey: string; readonly publicKey: string }): Signer => {
  if (!existsSync(files.privateKey)) {
    createFile(
      files.privateKey,
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      0o600,
    );
  }
  const privateKey = createPrivateKey(readFileSync(files.privateKey));
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${files.privateKey} is not an Ed25519 key`);
  const publicKeyPem = exportPublic(createPublicKey(privateKey));
  if (!createFile(files.publicKey, publicKeyPem, 0o600) && readFileSync(files.publicKey, 'utf8') !== publicKeyPem) {
    replaceFile(files.publicKey, publicKeyPem, 0o600);
  }
  return { publicKeyPem, sign: (bytes) => sign(null, bytes, privateKey) };
};

/** Whether `signature` is that key's over these bytes. A key or signature that is none is simply `false`. */
export const isSignedBy = (publicKeyPem: string, bytes: Uint8Array, signature: Uint8Array): boolean => {
  try {
    return verify(null, bytes, createPublicKey(publicKeyPem), signature);
  } catch {
    return false;
  }
};
