import { describe, expect, it } from 'vitest';
import { sealOf } from './seal.rules.ts';

const station = (journal: 'notVerified' | 'verified' | 'broken', at: number | null, seq: number | null) => ({
  journal,
  journalCheckedAt: at,
  journalCheckedSeq: seq,
});
const own = (ok: boolean, lastSeq: number, verifiedAt: number) => ({
  ok,
  lastSeq,
  firstBadSeq: ok ? null : 2,
  problem: ok ? null : ('edited' as const),
  verifiedAt,
});

describe('the seal of the log', () => {
  it('gives no time of a check where no line was checked', () => {
    expect(sealOf(station('verified', 400, 0), null, 12)).toMatchObject({ state: 'notVerified', checkedAt: null });
    expect(sealOf(station('notVerified', null, null), null, 12)).toMatchObject({
      state: 'notVerified',
      checkedAt: null,
    });
    expect(sealOf(null, null, 0)).toMatchObject({ state: 'notVerified', checkedAt: null });
    expect(sealOf(station('verified', 400, 0), own(true, 0, 500), 12)).toMatchObject({
      state: 'notVerified',
      checkedAt: null,
    });
  });

  it('says up to where it was checked, when, and how many lines came later', () => {
    expect(sealOf(station('verified', 400, 12), null, 12)).toMatchObject({ state: 'verified', upTo: 12, later: 0 });
    expect(sealOf(station('verified', 400, 12), null, 15)).toMatchObject({
      state: 'behind',
      upTo: 12,
      later: 3,
      checkedAt: 400,
    });
    expect(sealOf(station('broken', 400, 12), null, 15)).toMatchObject({ state: 'broken', checkedAt: 400 });
  });

  it('takes the newer of its own question and the station’s check', () => {
    expect(sealOf(station('verified', 400, 12), own(false, 15, 500), 15)).toMatchObject({
      state: 'broken',
      upTo: 15,
      checkedAt: 500,
    });
    expect(sealOf(station('verified', 600, 16), own(false, 15, 500), 16)).toMatchObject({
      state: 'verified',
      own: null,
      checkedAt: 600,
    });
  });
});
