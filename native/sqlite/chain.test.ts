import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../electron/domain/kernel/canonical.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import { someFact } from '../../tests/support/journal-folder.ts';
import { createChainHasher, factToPayload, genesisHash, hashBytes, parseObject, payloadToFact } from './chain.ts';

const fact = someFact(1, {
  type: 'v1.NoteWritten',
  body: { z: '求助', a: [1] },
  snapshot: { schema: 1, value: { b: 'x', a: 'y' }, context: { n: 1 }, status: 'active' },
  seat: 'room-1',
  commandId: 'c-1',
});

describe('a row of the chain', () => {
  test('its payload is the canonical form of the fact with its number', () => {
    expect(factToPayload(fact, 7)).toBe(canonicalJson({ ...fact, seq: 7 }));
    expect(payloadToFact(factToPayload(fact, 7), 7)).toEqual({ ...fact, seq: 7 });
  });

  test('the number of its row counts, or reading on from a moved row would read it again for ever', () => {
    expect(payloadToFact(factToPayload(fact, 7), 8)).toEqual({ ...fact, seq: 8 });
  });

  test('only the envelope gets in', () => {
    expect(factToPayload(Object.assign({}, fact, { phone: '13800000000' }), 7)).toBe(factToPayload(fact, 7));
  });

  test('a fact recorded today has this hash for ever', () => {
    // Recorded once: were it another, every journal in the field would read as tampered with.
    const payload = factToPayload(fact, 1);
    const hash = Buffer.alloc(hashBytes);
    createChainHasher()(payload, genesisHash, hash);
    expect(hash.toString('hex')).toBe('64b8742f719cfc755afd01abe6f9d136023d7f0c61d959d0cd2531043f3221a1');
  });

  test.each(['', 'a', '求助'.repeat(20_000), '\u{1F6A8}'])(
    'its hash is SHA-256 over the bytes and the hash before: %#',
    (text) => {
      const before = createHash('sha256').update('before').digest();
      const hash = Buffer.alloc(hashBytes);
      createChainHasher()(text, before, hash);
      expect(hash).toEqual(createHash('sha256').update(text, 'utf8').update(before).digest());
    },
  );

  test.each(['', '{', '[]', 'null', '{"type":1}'])('what is no fact is damage: %s', (payload) => {
    expect(() => payloadToFact(payload, 3)).toThrow(JournalError);
  });

  test('names the place of the damage', () => {
    expect(() => parseObject('{', 'outbox 3')).toThrow('journal: damaged (outbox 3 is not JSON)');
  });
});
