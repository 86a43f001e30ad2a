/**
 * The keys of a station in one file under its recovery code: a line that says how it was locked, the locked bytes, and a sum over both, so that
 * a file that was cut or damaged is told from a wrong code.
 */
import { parseJson } from '../../electron/domain/kernel/json.ts';
import { createHash, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { decryptBytes, encryptBytes, keyBytes, nonceBytes, systemRandomness } from './secrets-cipher.ts';

/** 64 MB and about 0.2 s a try on an office PC (scrypt, RFC 7914); the code itself has 80 bits. */
const COST = { N: 65_536, r: 8, p: 1 } as const;
/** The most that a file may ask of this machine's memory, bytes. */
const MOST_MEMORY = 512 * 1024 * 1024;
const SUM_BYTES = 32;
const NEWLINE = 0x0a;

const header = z.strictObject({
  format: z.literal('guardroom keys'),
  v: z.literal(1),
  n: z.int().min(2).max(1_048_576),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(4),
  salt: z.string().min(22).max(100),
  madeAt: z.int(),
});

const content = z.strictObject({
  /** 256 bits, base64url: what opens device passwords, PINs and the wrapped keys below. */
  secretsKey: z.string(),
  /** PKCS #8, PEM. */
  signingKey: z.string(),
  /** Each subject with its wrapped key; `null`: forgotten. */
  people: z.array(z.tuple([z.string(), z.string().nullable()])),
  /** SHA-256, hexadecimal, of each other file of the backup. */
  files: z.record(z.string(), z.string()),
});

export type StationKeys = z.infer<typeof content>;

export interface OpenedKeys extends StationKeys {
  /** When the backup was made, UTC milliseconds. */
  readonly madeAt: number;
}

const sumOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const keyFrom = (code: string, { n, r, p, salt }: z.infer<typeof header>): Buffer =>
  scryptSync(code, Buffer.from(salt, 'base64url'), keyBytes, { N: n, r, p, maxmem: MOST_MEMORY });

/** Locks them under a normalised recovery code. */
export const lockKeys = (keys: StationKeys, code: string, madeAt: number): Buffer => {
  const how: z.infer<typeof header> = {
    format: 'guardroom keys',
    v: 1,
    n: COST.N,
    r: COST.r,
    p: COST.p,
    salt: randomBytes(16).toString('base64url'),
    madeAt,
  };
  const line = JSON.stringify(how);
  const plain = Buffer.from(JSON.stringify(keys), 'utf8');
  const box = encryptBytes(keyFrom(code, how), systemRandomness.bytes(nonceBytes), plain, line);
  const body = Buffer.concat([Buffer.from(`${line}\n`, 'utf8'), box]);
  return Buffer.concat([body, sumOf(body)]);
};

/** Why they do not open: locked under another code, which was valid at this time (UTC milliseconds), or, with `null`, the file is not whole. */
export interface NotOpened {
  readonly madeAt: number | null;
}

const damaged = err<NotOpened>({ madeAt: null });

/** Opens them with a normalised recovery code. */
export const openLockedKeys = (bytes: Buffer, code: string): Result<OpenedKeys, NotOpened> => {
  const body = bytes.subarray(0, -SUM_BYTES);
  const end = body.indexOf(NEWLINE);
  if (end === -1 || !sumOf(body).equals(bytes.subarray(-SUM_BYTES))) return damaged;
  const line = body.subarray(0, end).toString('utf8');
  const how = header.safeParse(parseJson(line));
  if (!how.success || 128 * how.data.n * how.data.r > MOST_MEMORY / 2) return damaged;
  const plain = decryptBytes(keyFrom(code, how.data), body.subarray(end + 1), line);
  if (plain === null) return err({ madeAt: how.data.madeAt });
  const keys = content.safeParse(parseJson(plain.toString('utf8')));
  return keys.success ? ok({ ...keys.data, madeAt: how.data.madeAt }) : damaged;
};
