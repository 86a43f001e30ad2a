/** The station's Ed25519 key pair: signs the head of the journal. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createFile } from './atomic-file.ts';
import { DataFileError, readDataFile } from './data-file-error.ts';

export interface Signer {
  /** SPKI, PEM: what an inspector needs to check a signature, and may keep elsewhere. */
  readonly publicKeyPem: string;
  /** 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

const exportPublic = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

export interface KeyPairFiles {
  readonly privateKey: string;
  readonly publicKey: string;
}

export interface KeyPairOptions {
  /** Whether a missing pair may be made: only where nothing was ever signed. Default `true`. */
  readonly mayMake?: boolean;
  /** Whether what was signed before fits this public key (SPKI, PEM); asked where the public key's file is gone. */
  readonly fits?: (publicKeyPem: string) => boolean;
}

const readPrivate = (file: string): KeyObject => {
  const bytes = readDataFile(file, (path) => readFileSync(path));
  try {
    const key = createPrivateKey(bytes);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new DataFileError(file, 'damaged', { cause: error });
  }
  throw new DataFileError(file, 'damaged');
};

/** The public key in this file as we would write it, whatever its line ends; `null` when it is none. */
const readPublic = (file: string): string | null => {
  const bytes = readDataFile(file, (path) => readFileSync(path));
  try {
    return exportPublic(createPublicKey(bytes));
  } catch {
    return null;
  }
};

/** The private key in this file (PKCS #8, PEM) with its public key (SPKI, PEM). Throws `DataFileError`. */
export const readKeyPair = (file: string): { readonly privateKeyPem: string; readonly publicKeyPem: string } => {
  const key = readPrivate(file);
  return {
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: exportPublic(createPublicKey(key)),
  };
};

/**
 * Opens the key pair, and makes one at the first start: the private key (PKCS #8, PEM, mode 0600; on Windows the data folder's access
 * list protects it) and the public key beside it. A lost public key is written again when what was signed fits it. Throws `DataFileError` when
 * a key is gone, damaged, or not the other's: neither is ever replaced, for whoever kept a copy could not tell that from a forgery.
 */
export const createSigner = (
  files: KeyPairFiles,
  { mayMake = true, fits = () => true }: KeyPairOptions = {},
): Signer => {
  const hasPublic = existsSync(files.publicKey);
  if (mayMake && !hasPublic && !existsSync(files.privateKey)) {
    createFile(
      files.privateKey,
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      0o600,
    );
  }
  const privateKey = readPrivate(files.privateKey);
  const publicKeyPem = exportPublic(createPublicKey(privateKey));
  if (hasPublic && readPublic(files.publicKey) !== publicKeyPem) throw new DataFileError(files.publicKey, 'foreign');
  if (!hasPublic) {
    if (!fits(publicKeyPem)) throw new DataFileError(files.privateKey, 'foreign');
    createFile(files.publicKey, publicKeyPem, 0o600);
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

/** Whether both are the same public key, however their text is broken into lines. What is no key is none. */
export const isSameKey = (onePem: string, otherPem: string): boolean => {
  const derOf = (pem: string): Buffer => createPublicKey(pem).export({ type: 'spki', format: 'der' });
  try {
    return derOf(onePem).equals(derOf(otherPem));
  } catch {
    return false;
  }
};
