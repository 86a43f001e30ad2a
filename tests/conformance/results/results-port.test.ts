/** One suite for the files of jobs, in memory and in a folder. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createResultFiles } from '../../../native/os/result-files.ts';
import { createFakeResults } from '../../support/fake-results.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const temporaryFolder = temporaryFolders();
const inFolder = () =>
  createResultFiles({ folder: path.join(temporaryFolder(), 'results'), clock: createManualClock() });

const textOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));

describe.each([
  ['in memory', createFakeResults],
  ['in a folder', inFolder],
] as const)('result store port: %s', (_name, open) => {
  it('gives a file out once, for a ticket of its own', async () => {
    const results = open();
    const writer = await results.open('a');
    await writer.write('龙');
    expect(results.ticket('a')).toBeNull();
    await writer.write('湾');
    expect(await writer.close()).toBe(6);
    const [first, second] = [results.ticket('a') ?? '', results.ticket('a') ?? ''];
    expect(first).not.toBe(second);
    expect(textOf(await results.redeem('made up'))).toBeNull();
    expect(textOf(await results.redeem(first))).toBe('龙湾');
    expect(textOf(await results.redeem(first))).toBeNull();
    expect(textOf(await results.redeem(second))).toBeNull();
    expect(results.ticket('a')).toBeNull();
    await results.close();
  });

  it('keeps nothing of what was discarded, and nothing when all is to go', async () => {
    const results = open();
    const writer = await results.open('a');
    await writer.write('x');
    await writer.discard();
    expect(results.ticket('a')).toBeNull();
    const other = await results.open('b');
    await other.close();
    const ticket = results.ticket('b') ?? '';
    await results.removeAll();
    expect([results.ticket('b'), await results.redeem(ticket)]).toEqual([null, null]);
    await results.close();
  });
});
