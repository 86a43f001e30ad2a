/** One suite for the vault port, on the real one (SQLite and a key file) and the one in memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sealed, subjectId } from '../../../electron/domain/kernel/ids.ts';
import { SubjectForgottenError, type Vault } from '../../../electron/station/ports/vault.port.ts';
import { createKeyFileSecrets } from '../../../native/os/secrets.ts';
import { systemRandomness } from '../../../native/os/secrets-cipher.ts';
import { openVault } from '../../../native/sqlite/vault.ts';
import { createFakeVault } from '../../support/fake-vault.ts';

const visitor = subjectId('visitor.7');
const resident = subjectId('resident-3-1-502');
const name = '王奶奶 13800000000';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-vault-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const realVault = (): Vault => {
  const masterSecret = createKeyFileSecrets(path.join(folder, 'secrets.key'));
  return openVault({ path: path.join(folder, 'keys.db'), masterSecret, randomness: systemRandomness });
};

describe.each([
  ['on SQLite', realVault],
  ['in memory', createFakeVault],
])('vault %s', (_name, make) => {
  let vault: Vault;
  beforeEach(() => {
    vault = make();
  });
  afterEach(() => vault.close());

  test.each(['', name, 'x'.repeat(100_000), '.s1.', '\u{1F6A8}'])('opens what it sealed: %#', (plain) => {
    const text = vault.seal(visitor, plain);
    expect(text).toMatch(/^s1\.visitor\.7\.[\w-]+$/);
    expect(vault.open(text)).toBe(plain);
  });

  test('the ciphertext shows nothing of the text', () => {
    expect(vault.seal(visitor, name)).not.toContain('13800000000');
  });

  test('what is forgotten never opens again, for that subject only', async () => {
    const gone = vault.seal(visitor, name);
    const kept = vault.seal(resident, name);
    await vault.forget([visitor]);
    await vault.forget([visitor]);
    expect([vault.open(gone), vault.open(kept)]).toEqual([null, name]);
    expect([vault.isForgotten(visitor), vault.isForgotten(resident)]).toEqual([true, false]);
    expect(() => vault.seal(visitor, 'again')).toThrow(SubjectForgottenError);
    expect(vault.open(gone)).toBeNull();
  });

  test('a subject can be forgotten before anything was sealed', async () => {
    await vault.forget([visitor]);
    expect(vault.isForgotten(visitor)).toBe(true);
    expect(() => vault.seal(visitor, name)).toThrow(SubjectForgottenError);
  });

  test('it is forgotten at once, before the bytes are gone from the files', async () => {
    const text = vault.seal(visitor, name);
    const done = vault.forget([visitor]);
    expect([vault.open(text), vault.isForgotten(visitor)]).toEqual([null, true]);
    expect(() => vault.seal(visitor, name)).toThrow(SubjectForgottenError);
    await done;
  });

  test('many are forgotten in one go, whoever is sealed or forgotten meanwhile', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => subjectId(`visit:${index}`));
    const texts = many.map((subject) => vault.seal(subject, name));
    const kept = vault.seal(resident, name);
    const all = vault.forget(many.slice(0, 900));
    const others = vault.forget(many.slice(800, 990));
    const late = vault.seal(subjectId('late'), name);
    await Promise.all([all, others, vault.forget([])]);
    expect(many.filter(vault.isForgotten)).toEqual(many.slice(0, 990));
    expect(texts.filter((text) => vault.open(text) === name)).toEqual(texts.slice(990));
    expect([vault.open(kept), vault.open(late)]).toEqual([name, name]);
  });

  test('a damaged, moved or foreign ciphertext does not open', () => {
    const text = vault.seal(visitor, name);
    vault.seal(resident, name);
    const flipped = text.slice(0, -3) + (text.at(-3) === 'A' ? 'B' : 'A') + text.slice(-2);
    const moved = text.replace(visitor, resident);
    for (const wrong of [
      flipped,
      moved,
      '',
      's1.',
      's1..',
      's1.nobody.AAAA',
      `s1.${visitor}.AAAA`,
      'plain text',
      text.slice(3),
    ]) {
      expect(vault.open(sealed(wrong))).toBeNull();
    }
  });
});
