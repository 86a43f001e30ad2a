/** One suite for identifiers, on the system's randomness and on the ones that count. */
import { describe, expect, it } from 'vitest';
import { createSystemIds } from '../../../native/os/system-ids.ts';
import { createCountingIds } from '../../support/fake-ids.ts';

/** Ids of a process whose clock goes on by a millisecond at each look. */
const real = () => {
  let nowMs = Date.UTC(2026, 10, 21);
  return createSystemIds(() => (nowMs += 1));
};

describe.each([
  ['counting', createCountingIds],
  ['from randomness', real],
] as const)('ids port: %s', (_name, open) => {
  it('gives UUIDs of version 7 that are never the same and sort by time', () => {
    const ids = open();
    const given = Array.from({ length: 1000 }, ids.next);
    expect(given.filter((id) => !/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id))).toEqual(
      [],
    );
    expect(new Set(given).size).toBe(1000);
    expect(given).toEqual(given.toSorted());
  });

  it('gives tokens of 256 bits in base64url that are never the same', () => {
    const ids = open();
    const given = Array.from({ length: 1000 }, ids.token);
    expect(
      given.filter((token) => !/^[\w-]{43}$/.test(token) || Buffer.from(token, 'base64url').length !== 32),
    ).toEqual([]);
    expect(new Set(given).size).toBe(1000);
    // Not hexadecimal, which would hold half as much.
    expect(new Set(given.join('')).size).toBe(64);
  });

  it('hashes with SHA-256 over UTF-8, in hexadecimal', () => {
    const ids = open();
    // FIPS 180-2, appendix B.1; the second by `printf '值守' | sha256sum`.
    expect(ids.hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(ids.hash('值守')).toBe('5ab93c57a310b1211726882abcf53f57d72f1a3568f2acb406b5db113ac16809');
  });
});
