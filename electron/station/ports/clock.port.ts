export type { Clock } from '../../domain/kernel/clock.ts';

/** Identifiers and randomness. */
export interface Ids {
  /** A UUID, version 7 where it can be (sorted by time). */
  readonly next: () => string;
  /** A token of 256 bits, base64url. */
  readonly token: () => string;
  /** SHA-256, hexadecimal. */
  readonly hash: (text: string) => string;
  /** A new pair of Ed25519 keys (RFC 8032): base64url of the DER of SPKI and PKCS #8. */
  readonly keyPair: () => { readonly publicKey: string; readonly privateKey: string };
}

/** Slow hashing of PINs and recovery codes (scrypt). Signs that mean the same are the same: wide digits are digits (NFKC). */
export interface PinHasher {
  /** Salted: the same PIN never gives the same text twice. */
  readonly hash: (pin: string) => Promise<string>;
  /** False as well for what is no whole hash. */
  readonly verify: (pin: string, stored: string) => Promise<boolean>;
}

/** Structured log lines for the installer. No personal field, no password ever goes in. */
export interface Log {
  readonly info: (message: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void;
  readonly error: (message: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void;
}
