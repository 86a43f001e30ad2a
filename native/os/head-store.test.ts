import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { createHeadStore, headToText, textToHead, type Head } from './head-store.ts';
import { createSigner, isSignedBy } from './signing.ts';

const makeFolder = temporaryFolders();
const makeSigner = (folder: string) =>
  createSigner({ privateKey: path.join(folder, 'signing.key'), publicKey: path.join(folder, 'signing.pub') });
const head: Head = { seq: 5, hash: 'ab'.repeat(32), atMs: 1000, closed: false };

describe('the head', () => {
  test('comes back when our key signed it', () => {
    const signer = makeSigner(makeFolder());
    expect(textToHead(headToText(head, signer), signer.publicKeyPem)).toEqual(head);
  });

  test('does not come back with one character changed, cut, or signed by another', () => {
    const signer = makeSigner(makeFolder());
    const text = headToText(head, signer);
    const changed = [
      text.replace('"seq":5', '"seq":6'),
      text.replace('1000', '1001'),
      text.replace('false', 'true'),
      text.replace('abab', 'abac'),
    ];
    for (const wrong of [...changed, text.slice(0, -10), '', '{}', 'null', '[]', text.replace('"v":1', '"v":2')]) {
      expect(wrong).not.toBe(text);
      expect(textToHead(wrong, signer.publicKeyPem)).toBeNull();
    }
    expect(textToHead(text, makeSigner(makeFolder()).publicKeyPem)).toBeNull();
    expect(textToHead(text, 'no key')).toBeNull();
  });
});

describe('the head store', () => {
  test('is empty at first, replaces the head as a whole and leaves nothing half-written', () => {
    const folder = path.join(makeFolder(), 'heads');
    const store = createHeadStore(folder);
    expect([store.readHead(), store.readTrace().length]).toEqual([null, 0]);
    store.writeHead('one');
    store.writeHead('two');
    expect(store.readHead()).toBe('two');
    expect(readdirSync(folder)).toEqual(['head.json']);
  });

  test('keeps the trace by row, and writing it again changes nothing', () => {
    const store = createHeadStore(makeFolder());
    store.writeTrace(1, Buffer.alloc(32, 1));
    store.writeTrace(3, Buffer.alloc(16, 3));
    store.writeTrace(2, Buffer.alloc(16, 1));
    expect(store.readTrace()).toEqual(Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(16, 3)]));
  });

  test('says what is wrong with the folder', () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, 'head.json'));
    expect(() => createHeadStore(folder).readHead()).toThrow(/EISDIR/);
  });
});

describe('the key pair', () => {
  test('is made once, private, with the public key beside it', () => {
    const folder = makeFolder();
    const first = makeSigner(folder);
    const again = makeSigner(folder);
    const bytes = Buffer.from('head');
    expect(isSignedBy(again.publicKeyPem, bytes, first.sign(bytes))).toBe(true);
    expect(readFileSync(path.join(folder, 'signing.pub'), 'utf8')).toBe(first.publicKeyPem);
    expect(first.publicKeyPem).not.toContain('PRIVATE');
    // Windows has no modes: there every file reads as 0666.
    const mode = process.platform === 'win32' ? 0o666 : 0o600;
    expect(statSync(path.join(folder, 'signing.key')).mode & 0o777).toBe(mode);
  });

  test('writes a lost public key again, but only one that fits what was signed', () => {
    const folder = makeFolder();
    const files = { privateKey: path.join(folder, 'signing.key'), publicKey: path.join(folder, 'signing.pub') };
    const { publicKeyPem } = makeSigner(folder);
    rmSync(files.publicKey);
    expect(() => createSigner(files, { mayMake: false, fits: () => false })).toThrow(/signing\.key is foreign/);
    expect(existsSync(files.publicKey)).toBe(false);
    createSigner(files, { mayMake: false, fits: (pem) => pem === publicKeyPem });
    expect(readFileSync(files.publicKey, 'utf8')).toBe(publicKeyPem);
  });

  test.each([
    ['other', 'signing.pub is foreign'],
    ['', 'signing.pub is foreign'],
  ])('never replaces a public key that is another: %j', (text, said) => {
    const folder = makeFolder();
    makeSigner(folder);
    writeFileSync(path.join(folder, 'signing.pub'), text);
    expect(() => makeSigner(folder)).toThrow(said);
    expect(readFileSync(path.join(folder, 'signing.pub'), 'utf8')).toBe(text);
  });

  test('takes its own public key with the line ends of another system', () => {
    const folder = makeFolder();
    const { publicKeyPem } = makeSigner(folder);
    writeFileSync(path.join(folder, 'signing.pub'), publicKeyPem.replaceAll('\n', '\r\n'));
    expect(makeSigner(folder).publicKeyPem).toBe(publicKeyPem);
  });

  test('is not made where something was signed before, nor beside a public key that was left', () => {
    const folder = makeFolder();
    const files = { privateKey: path.join(folder, 'signing.key'), publicKey: path.join(folder, 'signing.pub') };
    expect(() => createSigner(files, { mayMake: false })).toThrow(/signing\.key is missing/);
    makeSigner(folder);
    rmSync(files.privateKey);
    expect(() => makeSigner(folder)).toThrow(/signing\.key is missing/);
    expect(existsSync(files.privateKey)).toBe(false);
  });

  test('is never replaced when the file is damaged', () => {
    const folder = makeFolder();
    makeSigner(folder);
    const file = path.join(folder, 'signing.key');
    writeFileSync(file, 'damaged');
    expect(() => makeSigner(folder)).toThrow();
    expect(readFileSync(file, 'utf8')).toBe('damaged');
  });

  test('signs nothing that another did', () => {
    const signer = makeSigner(makeFolder());
    const bytes = Buffer.from('head');
    expect(isSignedBy(signer.publicKeyPem, bytes, makeSigner(makeFolder()).sign(bytes))).toBe(false);
    expect(isSignedBy(signer.publicKeyPem, bytes, Buffer.alloc(3))).toBe(false);
  });
});

test('a trace that ends in the middle of a row is read as it is', () => {
  const folder = makeFolder();
  const store = createHeadStore(folder);
  store.writeTrace(1, Buffer.alloc(16, 1));
  appendFileSync(path.join(folder, 'trace.bin'), 'half');
  expect(store.readTrace()).toHaveLength(20);
});
