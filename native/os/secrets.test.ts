import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { createFile, replaceFile } from './atomic-file.ts';
import { createDeviceKeySecrets, createKeyFileSecrets } from './secrets.ts';
import { decryptBytes, encryptBytes } from './secrets-cipher.ts';

const makeFolder = temporaryFolders();

describe('the key file', () => {
  test('is made once, private, and nothing else is left beside it', () => {
    const folder = makeFolder();
    const file = path.join(folder, 'new', 'secrets.key');
    const cipher = createKeyFileSecrets(file).encrypt('密码');
    expect(createKeyFileSecrets(file).decrypt(cipher)).toBe('密码');
    expect(readdirSync(path.dirname(file))).toEqual(['secrets.key']);
    // Windows has no modes: there every file reads as 0666.
    const mode = process.platform === 'win32' ? 0o666 : 0o600;
    expect(statSync(file).mode & 0o777).toBe(mode);
  });

  test.each(['', 'short', 'x'.repeat(100)])('is never replaced when it is damaged: %j', (text) => {
    const file = path.join(makeFolder(), 'secrets.key');
    writeFileSync(file, text);
    expect(() => createKeyFileSecrets(file)).toThrow(/secrets\.key is damaged/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('another key opens nothing; the same text is never encrypted to the same', () => {
    const folder = makeFolder();
    const one = createKeyFileSecrets(path.join(folder, 'one.key'));
    const other = createKeyFileSecrets(path.join(folder, 'other.key'));
    expect(other.decrypt(one.encrypt('x'))).toBeNull();
    expect(one.encrypt('x')).not.toBe(one.encrypt('x'));
  });
});

test('a device key from the keychain works like a key file, and must be one', () => {
  const key = Buffer.alloc(32, 7).toString('base64url');
  const cipher = createDeviceKeySecrets(key).encrypt('密码');
  expect(createDeviceKeySecrets(key).decrypt(cipher)).toBe('密码');
  expect(createDeviceKeySecrets(Buffer.alloc(32, 8).toString('base64url')).decrypt(cipher)).toBeNull();
  expect(() => createDeviceKeySecrets('short')).toThrow(/256 bits/);
});

test('the cipher is AES-256-GCM as the standard has it', () => {
  // McGrew and Viega, "The Galois/Counter Mode of Operation", test case 14: a zero key, a zero nonce, one zero block, no context.
  const box = encryptBytes(Buffer.alloc(32), Buffer.alloc(12), Buffer.alloc(16), '');
  expect(box.subarray(12).toString('hex')).toBe('cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919');
  expect(decryptBytes(Buffer.alloc(32), box, '')).toEqual(Buffer.alloc(16));
  expect(decryptBytes(Buffer.alloc(32), box, 'other context')).toBeNull();
});

describe('a file written whole', () => {
  test('is created only where there is none', () => {
    const folder = makeFolder();
    const file = path.join(folder, 'a');
    expect([createFile(file, 'one', 0o600), createFile(file, 'two', 0o600)]).toEqual([true, false]);
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['one', ['a']]);
  });

  test('is replaced only when the new one is complete', () => {
    const folder = makeFolder();
    replaceFile(path.join(folder, 'a'), 'one', 0o600);
    expect(() => {
      replaceFile(folder, 'two', 0o600);
    }).toThrow();
    expect([readFileSync(path.join(folder, 'a'), 'utf8'), readdirSync(folder)]).toEqual(['one', ['a']]);
    expect(readdirSync(path.dirname(folder)).filter((name) => name.startsWith(`${path.basename(folder)}.`))).toEqual(
      [],
    );
  });
});
