import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { createResultFiles } from './result-files.ts';

const temporaryFolder = temporaryFolders();

const start = (mostBytes?: number) => {
  const folder = path.join(temporaryFolder(), 'results');
  const clock = createManualClock();
  const files = createResultFiles({ folder, clock, ...(mostBytes === undefined ? {} : { mostBytes }) });
  const make = async (id: string, text: string): Promise<void> => {
    const writer = await files.open(id);
    await writer.write(text);
    await writer.close();
  };
  return { folder, clock, files, make };
};
const textOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));

describe('the file of a job', () => {
  it('is its owner’s alone, given out once, and gone then', async () => {
    const { folder, files, make } = start();
    await make('a', '龙湾');
    expect(readdirSync(folder)).toHaveLength(1);
    const [name = ''] = readdirSync(folder);
    expect(process.platform === 'win32' ? 0 : statSync(path.join(folder, name)).mode & 0o077).toBe(0);
    const ticket = files.ticket('a') ?? '';
    expect(textOf(await files.redeem('made up'))).toBeNull();
    expect(textOf(await files.redeem(ticket))).toBe('龙湾');
    expect(textOf(await files.redeem(ticket))).toBeNull();
    expect(files.ticket('a')).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is kept for ten minutes, and its ticket is good for one', async () => {
    const { folder, clock, files, make } = start();
    await make('a', 'x');
    const ticket = files.ticket('a') ?? '';
    clock.advance(61_000);
    expect(await files.redeem(ticket)).toBeNull();
    expect(files.ticket('a')).not.toBeNull();
    clock.advance(600_000);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    expect(files.ticket('a')).toBeNull();
  });

  it('is refused when it grows too large, and leaves nothing', async () => {
    const { folder, files } = start(4);
    const writer = await files.open('a');
    await expect(writer.write('12345')).rejects.toMatchObject({ reason: 'tooLarge' });
    await writer.discard();
    expect([readdirSync(folder), files.ticket('a')]).toEqual([[], null]);
  });

  it('is not left behind by a station that stops, nor by one that was killed', async () => {
    const { folder, files, make, clock } = start();
    await make('a', 'x');
    await files.close();
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'left.part'), 'x');
    createResultFiles({ folder, clock });
    expect(readdirSync(folder)).toEqual([]);
  });
});
