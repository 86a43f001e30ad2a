/** Two calls for help at once: neither hides the other, whatever the hand does. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressOn, settled } from '../../support/presses.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type OpenSeat } from './seat-page.ts';

let built: BuiltSeat;
let seat: OpenSeat | null = null;
beforeAll(async () => {
  built = await buildSeat();
});
afterEach(async () => {
  expect(seat?.errors ?? []).toEqual([]);
  await seat?.close();
  seat = null;
});
afterAll(() => built.close());

const soon = { timeout: 20_000 };
const other = '[data-alarm][data-action="chooseAlarm"]';

/** The share of an element that is really in sight: not scrolled away, not covered. */
const inSight = ({ page }: OpenSeat, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const points = [
        [(left + right) / 2, top + 4],
        [(left + right) / 2, bottom - 4],
      ] as const;
      return points.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
    });

const taken = async (look: Parameters<typeof openSeat>[1]): Promise<OpenSeat> => {
  seat = await openSeat(built, look);
  seat.station.press();
  await pressOn(seat.page.locator('[data-action="claimIncident"]'));
  await seat.page.locator('[data-step="reach"]').waitFor();
  return seat;
};

const cameraSays = ({ station }: OpenSeat, state: 'live' | 'offline', cameraId = 'cam-12'): void =>
  station.world.video.report({
    cameraId,
    quality: 'main',
    state,
    sinceMs: station.world.clock.nowMs(),
    fault: state === 'live' ? null : 'unreachable',
    codec: 'h264',
    width: 640,
    height: 360,
  });

describe.each([
  { ...usual, width: 1366, height: 768, name: '1366' },
  { ...usual, width: 1366, height: 768, print: 'large' as const, name: '1366, large print' },
  { ...usual, lang: 'en' as const, width: 1366, height: 768, print: 'large' as const, name: '1366, large, English' },
  { ...usual, name: '1920' },
])('a second call ($name)', (look) => {
  it('is in sight while the hand rests on the card of the first, and says that nobody has it', async () => {
    const opened = await taken(look);
    const { page, station } = opened;
    await page.locator('[data-step="reach"]').hover();
    station.press('help-201');
    await page.locator(other).waitFor();
    await settled(page);
    expect(await inSight(opened, other)).toBe(true);
    expect(await page.locator(other).locator('[data-tone="nobody"]').count()).toBe(1);
    expect(await page.locator(other).getAttribute('data-priority')).toBe('life');
  });
});

describe('two calls', () => {
  it('say who has each and since when, and change places with one press', async () => {
    const { page, station } = await taken(usual);
    station.press('help-201');
    await page.locator(other).waitFor();
    const mine = page.locator('.alarm-row-current [data-tone="mine"]');
    expect(await mine.innerText()).toMatch(/由你处理 · \d\d:\d\d 起/);
    await pressOn(page.locator(other));
    await page.locator('[data-incident][data-work="open"]').waitFor();
    expect(await page.locator(`${other} [data-tone="mine"]`).count()).toBe(1);
  });

  it('have frames of their own on the wall, each with its place', async () => {
    const { page, station } = await taken(usual);
    expect(await page.locator('[data-frame="current"]').count()).toBeGreaterThan(0);
    expect(await page.locator('[data-frame="other"]').count()).toBe(0);
    station.press('help-201');
    // Both buttons see the same two cameras here: the frame names both places.
    await expect
      .poll(() => page.locator('[data-frame="current"] .tile-frame-whose').first().innerText(), soon)
      .toMatch(/ · /);
  });

  it('stay when the button of the one that was taken is restored', async () => {
    const { page, station } = await taken(usual);
    const restored = { zone: '1', code: 'QR', protocol: 'SIA-DCS', meaning: 'help', restored: true } as const;
    expect(station.world.panels.sendEvent({ account: '4F39', ...restored })).toBe('ACK');
    await page.locator('.alarm-row-current[data-active="false"]').waitFor();
    expect(await page.locator('[data-incident]').count()).toBe(1);
    expect(await page.locator('[data-step="reach"]').count()).toBe(1);
  });
});

describe('what has recovered', () => {
  it('says so and steps back behind what is still there', async () => {
    const opened = await openSeat(built, usual);
    seat = opened;
    const { page, station } = opened;
    cameraSays(opened, 'offline');
    await station.moveTime(180_000);
    await page.locator('[data-priority][data-alarm]').first().waitFor();
    cameraSays(opened, 'live');
    await page.locator('[data-active="false"]').first().waitFor(soon);
    expect(await page.locator('[data-tone="over"]').first().innerText()).toMatch(/已过去/);
    station.press();
    await page.locator('[data-incident]').waitFor();
    expect(await page.locator(other).getAttribute('data-active')).toBe('false');
  });
});

describe('a press on the row of another alarm', () => {
  /** Presses as a hand does that leaves the mouse where it was: straight from one place to the other, nothing in between. */
  const pressRow = async ({ page }: OpenSeat): Promise<string | null> => {
    await settled(page);
    const row = page.locator(other).first();
    const wanted = await row.getAttribute('data-alarm');
    const box = await row.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    return wanted;
  };
  const current = ({ page }: OpenSeat) => page.locator('.alarm-row-current').getAttribute('data-alarm');

  it.each([
    { ...usual, name: '1920' },
    { ...usual, lang: 'en' as const, width: 1366, height: 768, print: 'large' as const, name: '1366, large, English' },
  ])('is heard, there and back, though the card shrank away from under the hand ($name)', async (look) => {
    const opened = await openSeat(built, look);
    seat = opened;
    const { page, station } = opened;
    cameraSays(opened, 'offline');
    await station.moveTime(40_000);
    await page.locator('[data-alarm-card]').waitFor();
    cameraSays(opened, 'offline', 'cam-13');
    await station.moveTime(40_000);
    await page.locator(other).first().waitFor();
    await pressOn(page.locator('.column-card [data-action="acknowledgeAlarm"]'));
    await page.locator('.column-card [data-action="acknowledgeAlarm"]').waitFor({ state: 'detached' });
    const second = await pressRow(opened);
    await expect.poll(() => current(opened)).toBe(second);
    await pressOn(page.locator('.column-card [data-action="acknowledgeAlarm"]'));
    await page.locator('.column-card [data-action="acknowledgeAlarm"]').waitFor({ state: 'detached' });
    const first = await pressRow(opened);
    expect(first).not.toBe(second);
    await expect.poll(() => current(opened)).toBe(first);
  });
});
