/** One suite for the store of pictures, on files under a real vault and in memory. */
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { subjectId } from '../../../electron/domain/kernel/ids.ts';
import type { Result } from '../../../electron/domain/kernel/result.ts';
import { MOST_PICTURE_BYTES, type Picture, type PictureStore } from '../../../electron/station/ports/pictures.port.ts';
import type { Vault } from '../../../electron/station/ports/vault.port.ts';
import { createKeyFileSecrets } from '../../../native/os/secrets.ts';
import { systemRandomness } from '../../../native/os/secrets-cipher.ts';
import { createPictureStore } from '../../../native/pictures/picture-store.ts';
import { openVault } from '../../../native/sqlite/vault.ts';
import { createFakePictures } from '../../support/fake-pictures.ts';
import { createFakeVault } from '../../support/fake-vault.ts';
import { createMemoryLog } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const makeFolder = temporaryFolders();
const call = subjectId('incident:1');
const day = subjectId('day:2026-11-25');
const visit = subjectId('visit:7');
/** Room for ten pictures of this size, and what is around them. */
const pieceBytes = 100_000;
const mostBytes = 10.5 * pieceBytes;

interface Opened {
  readonly vault: Vault;
  readonly store: PictureStore;
}

const realStore = (): Opened => {
  const folder = makeFolder();
  const masterSecret = createKeyFileSecrets(path.join(folder, 'secrets.key'));
  const vault = openVault({ path: path.join(folder, 'keys.db'), masterSecret, randomness: systemRandomness });
  const store = createPictureStore({
    folder: path.join(folder, 'pictures'),
    vault,
    randomness: systemRandomness,
    log: createMemoryLog(),
    mostBytes,
    reserveBytes: 0,
  });
  return { vault, store };
};

const fakeStore = (): Opened => {
  const vault = createFakeVault();
  return { vault, store: createFakePictures(vault, { mostBytes }) };
};

const jpeg = (fill: number, length = pieceBytes): Picture => ({
  form: 'jpeg',
  bytes: new Uint8Array(length).fill(fill),
});
const keyFrame: Picture = {
  form: 'keyFrame',
  codec: 'hev1.1.6.L93.B0',
  width: 1920,
  height: 1080,
  bytes: Uint8Array.from([0, 0, 0, 1, 0x40, 1, 0, 0, 0, 1, 0x26]),
};
const valueOf = <T>(result: Result<T, { readonly kind: string }>): T => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};
/** What came out, in a form that does not tell a buffer from an array. */
const saidOf = (result: Result<Picture, { readonly kind: string }>): unknown =>
  result.ok ? { ...result.value, bytes: [...result.value.bytes] } : result.error.kind;
const plain = (picture: Picture): unknown => ({ ...picture, bytes: [...picture.bytes] });
const kindOf = (result: Result<unknown, { readonly kind: string }>): string => (result.ok ? 'ok' : result.error.kind);

describe.each([
  ['in a folder', realStore],
  ['in memory', fakeStore],
])('pictures %s', (_name, make) => {
  let vault: Vault;
  let store: PictureStore;
  beforeEach(() => {
    ({ vault, store } = make());
  });
  afterEach(async () => {
    await store.close();
    await vault.close();
  });

  test.each([
    ['a JPEG', jpeg(7, 3000)],
    ['a key frame', keyFrame],
    ['nothing at all', jpeg(0, 0)],
  ])('come out as they went in: %s', async (_what, picture) => {
    const name = valueOf(await store.keep(call, picture));
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(saidOf(await store.look(call, name))).toEqual(plain(picture));
  });

  test('have a name each, also when they are the same', async () => {
    const names = await Promise.all([
      store.keep(call, keyFrame),
      store.keep(call, keyFrame),
      store.keep(day, keyFrame),
    ]);
    expect(new Set(names.map(valueOf)).size).toBe(3);
  });

  test('belong to their subject, and to no other', async () => {
    const name = valueOf(await store.keep(call, keyFrame));
    expect(kindOf(await store.look(visit, name))).toBe('missing');
    expect(kindOf(await store.look(call, 'f'.repeat(64)))).toBe('missing');
    expect(kindOf(await store.look(call, '../../keys.db'))).toBe('missing');
  });

  test('are refused when they are too large', async () => {
    store.lock(new Set());
    expect(kindOf(await store.keep(call, jpeg(1, MOST_PICTURE_BYTES + 1)))).toBe('tooLarge');
  });

  test('the oldest make room, and what is locked does not', async () => {
    store.lock(new Set([call]));
    const first = valueOf(await store.keep(call, jpeg(0)));
    const names: string[] = [];
    for (let count = 1; count <= 12; count += 1) names.push(valueOf(await store.keep(day, jpeg(count))));
    expect(kindOf(await store.look(call, first))).toBe('ok');
    const there = await Promise.all(names.map((name) => store.look(day, name)));
    expect(there.map(kindOf)).toEqual(names.map((_, index) => (index < 3 ? 'missing' : 'ok')));
    store.lock(new Set());
    valueOf(await store.keep(day, jpeg(13)));
    expect(kindOf(await store.look(call, first))).toBe('missing');
  });

  test('nothing makes room where all of it is locked, or nobody has said yet what is', async () => {
    const names: string[] = [];
    for (let count = 0; count < 10; count += 1) names.push(valueOf(await store.keep(call, jpeg(count))));
    expect(kindOf(await store.keep(day, jpeg(10)))).toBe('noRoom');
    store.lock(new Set([call]));
    expect(kindOf(await store.keep(day, jpeg(10)))).toBe('noRoom');
    expect((await Promise.all(names.map((name) => store.look(call, name)))).map(kindOf)).toEqual(names.map(() => 'ok'));
    store.lock(new Set([day]));
    expect(kindOf(await store.keep(day, jpeg(10)))).toBe('ok');
  });

  test('of who was forgotten are not shown from that moment on, and none are kept any more', async () => {
    const gone = valueOf(await store.keep(visit, keyFrame));
    const kept = valueOf(await store.keep(day, keyFrame));
    const forgotten = vault.forget([visit]);
    expect(kindOf(await store.look(visit, gone))).toBe('forgotten');
    expect(kindOf(await store.keep(visit, keyFrame))).toBe('forgotten');
    await forgotten;
    await store.forget([visit]);
    await store.forget([visit, subjectId('visit:never')]);
    expect(saidOf(await store.look(day, kept))).toEqual(plain(keyFrame));
  });

  test('what makes room is forgotten with its subject: its bytes are free', async () => {
    store.lock(new Set([call, visit]));
    for (let count = 0; count < 5; count += 1) valueOf(await store.keep(visit, jpeg(count)));
    for (let count = 0; count < 5; count += 1) valueOf(await store.keep(call, jpeg(count)));
    expect(kindOf(await store.keep(call, jpeg(5)))).toBe('noRoom');
    await vault.forget([visit]);
    await store.forget([visit]);
    for (let count = 5; count < 10; count += 1) valueOf(await store.keep(call, jpeg(count)));
    expect(kindOf(await store.keep(call, jpeg(10)))).toBe('noRoom');
  });

  test('once closed nothing is kept, shown or forgotten; what was asked for before is done', async () => {
    const before = store.keep(call, keyFrame);
    await store.close();
    expect(kindOf(await before)).toBe('ok');
    expect(kindOf(await store.keep(call, keyFrame))).toBe('failed');
    expect(kindOf(await store.look(call, 'f'.repeat(64)))).toBe('failed');
    await expect(store.forget([call])).rejects.toThrow('closed');
    await store.close();
  });
});
