/** When nobody acts: after a minute the station itself sounds, outside any page, until somebody takes the call. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDemoRoom, type DemoRoom } from '../support/demo-room.ts';

let folder = '';
let room: DemoRoom | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guardroom player '));
});
afterEach(async () => {
  await room?.close();
  room = null;
  rmSync(folder, { recursive: true });
});

/** A player that writes down what it was asked to play and plays for a second: a loudspeaker that can be read. */
const writePlayer = (): { readonly command: string; readonly played: () => readonly string[] } => {
  const notes = path.join(folder, 'played.txt');
  const script = path.join(folder, 'player.mjs');
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(notes)}, process.argv.at(-1) + '\\n');\nsetTimeout(() => {}, 1000);\n`,
  );
  return {
    command: JSON.stringify([process.execPath, script]),
    played: () => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []),
  };
};

it('sounds the siren after a minute, and stops it when somebody takes the call', async () => {
  const player = writePlayer();
  room = await openDemoRoom({ lang: 'zh-CN', env: { GUARDROOM_PLAYER: player.command } });
  const { page, press, cause, errors } = room;
  await page.locator('[data-screen="room"]').waitFor();
  await cause('press', { residence: '3-2-201' });
  await page.locator('[data-incident]').first().waitFor({ timeout: 15_000 });
  expect(player.played()).toEqual([]);
  await expect.poll(player.played, { timeout: 90_000, interval: 500 }).not.toEqual([]);
  expect(player.played().every((file) => file.endsWith('life.wav'))).toBe(true);
  const sounding = page.locator('[data-tone="sounding"]');
  await expect.poll(() => sounding.count(), { timeout: 10_000 }).toBeGreaterThan(0);
  await press('claimIncident');
  await page.locator('[data-step="reach"]').waitFor();
  // The seat shows what the sounder says of its player, and not what was asked of it.
  await expect.poll(() => sounding.count(), { timeout: 20_000 }).toBe(0);
  expect(errors).toEqual([]);
});
