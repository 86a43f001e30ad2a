/** Keeps the signed head outside the database, and never over a head that no longer fits: that would wipe out the evidence. */
import type { Log } from '../../electron/station/ports/clock.port.ts';
import { headToText, textToHead, traceBytes, type Head, type HeadStore } from '../os/head-store.ts';
import type { Signer } from '../os/signing.ts';
import { genesisHash } from './chain.ts';
import type { Db } from './database.ts';
import type { Tail } from './journal-reader.ts';

export interface Sealer {
  /** Signs `tail`; does nothing, and logs it, while the head that is kept does not fit the chain. Throws what the file system throws. */
  readonly seal: (tail: Tail, atMs: number, closed: boolean) => void;
}

/** Rows put into the trace with one write. */
const traceChunk = 4096;

export const createSealer = (db: Db, headStore: HeadStore, signer: Signer, log: Log | null): Sealer => {
  const hashAt = db.prepare<[number], { hash: Buffer }>('SELECT hash FROM journal WHERE seq = ?');
  const hashesAfter = db.prepare<[number, number], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
  );

  const hashOf = (seq: number): string | null =>
    seq === 0 ? genesisHash.toString('hex') : (hashAt.get(seq)?.hash.toString('hex') ?? null);

  /** Why the kept head does not allow a newer one, or `null` with what it says. */
  const kept = (tail: Tail): { readonly problem: string } | { readonly head: Head | null } => {
    const text = headStore.readHead();
    if (text === null) return tail.seq === 0 ? { head: null } : { problem: 'the signed head is missing' };
    const head = textToHead(text, signer.publicKeyPem);
    if (head === null) return { problem: 'the signed head does not carry our signature' };
    return hashOf(head.seq) === head.hash ? { head } : { problem: `row ${head.seq} is not the one that was sealed` };
  };

  const extendTrace = (after: number): void => {
    for (let from = after; ;) {
      const rows = hashesAfter.all(from, traceChunk);
      const last = rows.at(-1);
      if (last === undefined) return;
      headStore.writeTrace(from + 1, Buffer.concat(rows.map(({ hash }) => hash.subarray(0, traceBytes))));
      from = last.seq;
    }
  };

  return {
    seal: (tail, atMs, closed) => {
      const before = kept(tail);
      if ('problem' in before) {
        log?.error('journal head not sealed', { problem: before.problem, seq: tail.seq });
        return;
      }
      if (before.head?.closed === true && before.head.seq < tail.seq) {
        log?.error('journal head not sealed', {
          problem: 'rows were added while the station was shut down',
          seq: tail.seq,
        });
        return;
      }
      extendTrace(before.head?.seq ?? 0);
      headStore.writeHead(headToText({ seq: tail.seq, hash: tail.hash.toString('hex'), atMs, closed }, signer));
    },
  };
};
