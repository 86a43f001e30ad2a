/** One suite for encryption at rest, under a key file, under a key from the keychain, and in the fake that only looks encrypted. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Secrets } from '../../../electron/station/ports/vault.port.ts';
import { createDeviceKeySecrets, createKeyFileSecrets } from '../../../native/os/secrets.ts';
import { createFakeSecrets } from '../../support/fake-vault.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const makeFolder = temporaryFolders();

/** Secrets of one installation, as a second start of it has them, and of another installation. */
interface Bench {
  readonly secrets: Secrets;
  readonly restarted: Secrets;
  readonly elsewhere: Secrets;
}

const fake = (): Bench => ({
  secrets: createFakeSecrets('here'),
  restarted: createFakeSecrets('here'),
  elsewhere: createFakeSecrets('elsewhere'),
});

const keyFile = (): Bench => {
  const folder = makeFolder();
  const at = (name: string): Secrets => createKeyFileSecrets(path.join(folder, name));
  return { secrets: at('here.key'), restarted: at('here.key'), elsewhere: at('elsewhere.key') };
};

const keychain = (): Bench => {
  const [here, elsewhere] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  return {
    secrets: createDeviceKeySecrets(here),
    restarted: createDeviceKeySecrets(here),
    elsewhere: createDeviceKeySecrets(elsewhere),
  };
};

describe.each([
  ['in memory', fake],
  ['key file', keyFile],
  ['keychain', keychain],
] as const)('secrets port: %s', (_name, open) => {
  it.each(['', 'p@ss', '摄像头密码 \u{1F6A8}', 'x'.repeat(10_000)])(
    'decrypts what it encrypted, after a restart too: %#',
    (plain) => {
      const { secrets, restarted } = open();
      const cipher = secrets.encrypt(plain);
      expect([secrets.decrypt(cipher), restarted.decrypt(cipher)]).toEqual([plain, plain]);
    },
  );

  it('shows nothing of the text', () => {
    const cipher = open().secrets.encrypt('camera-secret-1');
    expect(
      [cipher, Buffer.from(cipher.slice(cipher.indexOf('.') + 1), 'base64url').toString('latin1')].join(),
    ).not.toContain('camera-secret-1');
  });

  it('gives null for what another key encrypted and for what is damaged, and never throws', () => {
    const { secrets, elsewhere } = open();
    const cipher = secrets.encrypt('camera-secret-1');
    expect(elsewhere.decrypt(cipher)).toBeNull();
    const flipped = cipher.slice(0, -3) + (cipher.at(-3) === 'A' ? 'B' : 'A') + cipher.slice(-2);
    for (const wrong of [
      flipped,
      `x${cipher.slice(1)}`,
      cipher.slice(0, -4),
      cipher.slice(3),
      `${cipher}AAAA`,
      '',
      '.',
      'k1.',
      'fake.',
      'camera-secret-1',
    ]) {
      expect(secrets.decrypt(wrong)).toBeNull();
    }
  });
});
