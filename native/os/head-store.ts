/**
 * What is kept of the journal outside the database: the signed head, and a trace of every sealed row.
 *
 * `head.json` is replaced as a whole. `trace.bin` holds the first 16 bytes of each sealed row's hash at (seq - 1) * 16; the signed head is
 * what proves, the trace only tells where a rewritten chain begins to differ, and that rows were there which are gone.
 */
import { parseJson } from '../../electron/domain/kernel/json.ts';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '../../electron/domain/kernel/canonical.ts';
import { replaceFile } from './atomic-file.ts';
import { isSignedBy, type Signer } from './signing.ts';

/** Bytes of each row in the trace. */
export const traceBytes = 16;

export interface Head {
  readonly seq: number;
  /** Of that row, hexadecimal; zeros for an empty journal. */
  readonly hash: string;
  /** UTC milliseconds of the sealing. */
  readonly atMs: number;
  /** The station was shut down in order: no row can come after. */
  readonly closed: boolean;
}

export interface HeadStore {
  /** Where it is kept, so that a worker can open it too. */
  readonly folder: string;
  /** The text of the newest head, or `null` when there is none. Throws what the file system throws. */
  readonly readHead: () => string | null;
  readonly writeHead: (text: string) => void;
  /** The whole trace; empty when there is none. */
  readonly readTrace: () => Buffer;
  /** Writes the trace of the rows from `firstSeq` on: 16 bytes each. Safe to repeat. */
  readonly writeTrace: (firstSeq: number, hashes: Uint8Array) => void;
}

/** Both files in one folder, which is made when it is missing. */
export const createHeadStore = (folder: string): HeadStore => {
  const headFile = path.join(folder, 'head.json');
  const traceFile = path.join(folder, 'trace.bin');
  const read = (file: string): Buffer | null => {
    try {
      return readFileSync(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  };
  return {
    folder,
    readHead: () => read(headFile)?.toString('utf8') ?? null,
    writeHead: (text) => {
      replaceFile(headFile, text, 0o600);
    },
    readTrace: () => read(traceFile) ?? Buffer.alloc(0),
    writeTrace: (firstSeq, hashes) => {
      mkdirSync(folder, { recursive: true });
      // 'a' creates the file where 'r+' would not, and cannot write in the middle: hence two steps.
      closeSync(openSync(traceFile, 'a', 0o600));
      const handle = openSync(traceFile, 'r+');
      try {
        for (let done = 0; done < hashes.length;) {
          done += writeSync(handle, hashes, done, hashes.length - done, (firstSeq - 1) * traceBytes + done);
        }
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
  };
};

const signedBytes = (head: Head): Buffer => Buffer.from(canonicalJson({ ...head, v: 1 }), 'utf8');

/** The head with its signature, as it stands in `head.json`. */
export const headToText = (head: Head, signer: Signer): string =>
  `${canonicalJson({ ...head, v: 1, signature: Buffer.from(signer.sign(signedBytes(head))).toString('base64url') })}\n`;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The head, when the text is one and the signature is that key's; otherwise `null`. */
export const textToHead = (text: string, publicKeyPem: string): Head | null => {
  const value = parseJson(text);
  if (!isRecord(value) || value['v'] !== 1) return null;
  const { seq, hash, atMs, closed, signature } = value;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0 || typeof atMs !== 'number') return null;
  if (typeof hash !== 'string' || typeof closed !== 'boolean' || typeof signature !== 'string') return null;
  const head = { seq, hash, atMs, closed };
  return isSignedBy(publicKeyPem, signedBytes(head), Buffer.from(signature, 'base64url')) ? head : null;
};
