import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { someFact } from '../../tests/support/journal-folder.ts';
import { traceBytes, type Head } from '../os/head-store.ts';
import { createChainHasher, factToPayload, genesisHash, hashBytes } from './chain.ts';
import { verifyChain, type ChainRow, type Seals } from './verify-chain.ts';

const hashOf = createChainHasher();
const link = (seq: number, payload: string, prevHash: Buffer): ChainRow => {
  const hash = Buffer.alloc(hashBytes);
  hashOf(payload, prevHash, hash);
  return { seq, payload: Buffer.from(payload), prevHash, hash };
};

/** A chain of `count` rows; `story` makes it another chain. */
const chainOf = (count: number, story = ''): ChainRow[] => {
  const rows: ChainRow[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    rows.push(link(seq, factToPayload(someFact(`${story}${seq}`), seq), rows.at(-1)?.hash ?? genesisHash));
  }
  return rows;
};
const headOf = (rows: readonly ChainRow[], closed = false): Head => ({
  seq: rows.length,
  hash: (rows.at(-1)?.hash ?? genesisHash).toString('hex'),
  atMs: 0,
  closed,
});
const sealsOf = (rows: readonly ChainRow[], closed = false): Seals => ({
  publicKeyPem: 'no key at all',
  head: headOf(rows, closed),
  trace: Buffer.concat(rows.map(({ hash }) => hash.subarray(0, traceBytes))),
});
const untraced = (seals: Seals): Seals => ({ ...seals, trace: Buffer.alloc(0) });
const verify = (rows: Iterable<ChainRow>, seals: Seals) =>
  verifyChain(rows, seals, (error) => error instanceof RangeError);
const at = (rows: readonly ChainRow[], seq: number): ChainRow =>
  rows.find((row) => row.seq === seq) ?? link(0, '', genesisHash);
/** The rows with one replaced. */
const changed = (rows: readonly ChainRow[], seq: number, more: Partial<ChainRow>): ChainRow[] =>
  rows.map((row) => (row.seq === seq ? Object.assign({}, row, more) : row));
const renumbered = (rows: readonly ChainRow[], from: number, by: number): ChainRow[] =>
  rows.map((row) => (row.seq >= from ? Object.assign({}, row, { seq: row.seq + by }) : row));

const rows = chainOf(8);
const seals = sealsOf(rows);

describe('an honest chain', () => {
  test('holds, sealed at its end, before its end, or not yet', () => {
    expect(verify(rows, seals)).toEqual({ ok: true, lastSeq: 8, headSeq: 8 });
    expect(verify(rows, sealsOf(rows.slice(0, 5)))).toEqual({ ok: true, lastSeq: 8, headSeq: 5 });
    expect(verify(rows, sealsOf([]))).toEqual({ ok: true, lastSeq: 8, headSeq: 0 });
    expect(verify([], sealsOf([], true))).toEqual({ ok: true, lastSeq: 0, headSeq: 0 });
  });

  test('holds when the trace is lost, short or damaged: the signature proves it', () => {
    const damaged = Buffer.from(seals.trace);
    damaged.fill(7, 0, 40);
    for (const trace of [Buffer.alloc(0), seals.trace.subarray(0, 40), damaged])
      expect(verify(rows, { ...seals, trace }).ok).toBe(true);
  });
});

describe.each([
  ['with the trace', seals],
  ['without the trace', untraced(seals)],
])('what was done to it is told, %s', (_name, kept) => {
  const bad = (problem: string, firstBadSeq: number) => ({ ok: false, problem, firstBadSeq });

  test.each([1, 4, 8])('an edited row: %i', (seq) => {
    expect(verify(changed(rows, seq, { payload: Buffer.from('{"seq":4}') }), kept)).toMatchObject(bad('edited', seq));
    expect(verify(changed(rows, seq, { payload: Buffer.from('') }), kept)).toMatchObject(bad('edited', seq));
    expect(verify(changed(rows, seq, { hash: Buffer.alloc(hashBytes) }), kept)).toMatchObject(bad('edited', seq));
    expect(verify(changed(rows, seq, { prevHash: Buffer.alloc(hashBytes, 1) }), kept)).toMatchObject(
      bad('edited', seq),
    );
  });

  test.each([1, 4, 7])('an edited row whose own hash was made to fit: %i', (seq) => {
    const forged = link(seq, factToPayload(someFact('forged'), seq), at(rows, seq).prevHash);
    expect(verify(changed(rows, seq, forged), kept)).toMatchObject(bad('edited', seq));
  });

  test.each([1, 4, 7])('a removed row: %i', (seq) => {
    const left = rows.filter((row) => row.seq !== seq);
    expect(verify(left, kept)).toMatchObject(bad('missing', seq));
    expect(verify(renumbered(left, seq, -1), kept)).toMatchObject(bad('missing', seq));
  });

  test.each([1, 4, 8])('an inserted row: before %i', (seq) => {
    const made = link(seq, factToPayload(someFact('forged'), seq), at(rows, seq).prevHash);
    const put = (row: ChainRow): ChainRow[] => [
      ...rows.slice(0, seq - 1),
      row,
      ...renumbered(rows.slice(seq - 1), 1, 1),
    ];
    expect(verify(put(made), kept)).toMatchObject(bad('inserted', seq));
    expect(verify(put({ ...made, hash: Buffer.alloc(hashBytes) }), kept)).toMatchObject(bad('inserted', seq));
    expect(verify(put({ ...made, prevHash: Buffer.alloc(hashBytes) }), kept)).toMatchObject(bad('inserted', seq));
  });

  test('rows before the first', () => {
    expect(verify([link(0, '{}', genesisHash), ...rows], kept)).toMatchObject(bad('inserted', 0));
    expect(verify([link(-3, '{}', genesisHash), ...rows], kept)).toMatchObject(bad('inserted', -3));
  });

  test('a copy of the last row behind it', () => {
    expect(verify([...rows, { ...at(rows, 8), seq: 9 }], kept)).toMatchObject(bad('inserted', 9));
  });

  test('nonsense behind the last row', () => {
    expect(
      verify([...rows, { seq: 9, payload: Buffer.from('{}'), prevHash: genesisHash, hash: genesisHash }], kept),
    ).toMatchObject(bad('inserted', 9));
  });

  test.each([0, 3, 7])('a cut tail: %i rows are left', (left) => {
    expect(verify(rows.slice(0, left), kept)).toEqual({
      ok: false,
      lastSeq: left,
      problem: 'cutTail',
      firstBadSeq: left + 1,
    });
  });

  test('a head that is missing or not ours', () => {
    expect(verify(rows, { ...kept, head: null })).toEqual({
      ok: false,
      lastSeq: 8,
      problem: 'headUnsigned',
      firstBadSeq: 1,
    });
  });

  test('a file that cannot be read on', () => {
    const breaking = function* breaking() {
      yield* rows.slice(0, 3);
      throw new RangeError('bad page');
    };
    expect(verify(breaking(), kept)).toEqual({ ok: false, lastSeq: 2, problem: 'unreadable', firstBadSeq: 4 });
  });
});

describe('a chain written anew, whole and consistent', () => {
  const forged = (from: number): ChainRow[] => {
    const made = rows.slice(0, from - 1);
    for (let seq = from; seq <= rows.length; seq += 1) {
      made.push(
        link(seq, factToPayload(someFact(seq === from ? 'forged' : seq), seq), made.at(-1)?.hash ?? genesisHash),
      );
    }
    return made;
  };

  test.each([1, 5, 8])('is told from the signed head, and the trace names the row: %i', (from) => {
    expect(verify(forged(from), seals)).toEqual({ ok: false, lastSeq: 8, problem: 'rewritten', firstBadSeq: from });
  });

  test('without the trace it is told at the sealed row', () => {
    expect(verify(forged(5), untraced(seals))).toMatchObject({ problem: 'rewritten', firstBadSeq: 8 });
  });

  test('is told when the old head was put back and only the trace remembers', () => {
    const old = { ...seals, head: headOf(rows.slice(0, 4)) };
    expect(verify(forged(6), old)).toMatchObject({ problem: 'rewritten', firstBadSeq: 6 });
    expect(verify(rows.slice(0, 6), old)).toMatchObject({ problem: 'cutTail', firstBadSeq: 7 });
  });

  test('rows added after an orderly shutdown are told, however well they fit', () => {
    expect(verify(chainOf(10), sealsOf(rows, true))).toMatchObject({ ok: false, problem: 'inserted', firstBadSeq: 9 });
    const halfForged = { seq: 9, payload: Buffer.from('{"seq":9}'), prevHash: at(rows, 8).hash, hash: genesisHash };
    expect(verify([...rows, halfForged], sealsOf(rows, true))).toMatchObject({
      ok: false,
      problem: 'inserted',
      firstBadSeq: 9,
    });
    expect(verify([...rows, { ...at(chainOf(12), 12) }], sealsOf(rows, true))).toMatchObject({
      ok: false,
      problem: 'inserted',
      firstBadSeq: 12,
    });
  });
});

test('no change of one byte, no removal, no swap passes', () => {
  const flip = (bytes: Uint8Array, where: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy[where % copy.length] = (copy[where % copy.length] ?? 0) ^ 1;
    return copy;
  };
  const field = fc.constantFrom('payload', 'prevHash', 'hash');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), field, fc.nat(1000), fc.boolean(), (seq, name, where, traced) => {
      const row = at(rows, seq);
      const verdict = verify(changed(rows, seq, { [name]: flip(row[name], where) }), traced ? seals : untraced(seals));
      expect(verdict).toMatchObject({ ok: false, firstBadSeq: seq });
    }),
    fuzz(100, 50_000),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 2, maxLength: 2 }),
      ([one = 0, other = 0]) => {
        const swapped = changed(changed(rows, one, { ...at(rows, other), seq: one }), other, {
          ...at(rows, one),
          seq: other,
        });
        expect(verify(swapped, seals)).toMatchObject({ ok: false, firstBadSeq: Math.min(one, other) });
      },
    ),
    fuzz(100, 50_000),
  );
});
