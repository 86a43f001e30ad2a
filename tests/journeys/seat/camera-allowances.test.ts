/** A camera that shows no picture unless something less safe is allowed: who can allow it, what is recorded, and what the form says after. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressOn, settled } from '../../support/presses.ts';
import type { StreamFault } from '../../../electron/contract/kernel/video-wire.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type OpenSeat } from './seat-page.ts';

const CAMERA = 'cam-7';

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

/** The list of cameras, while what is watched of this one has gone for each of these reasons in turn. */
const openList = async (who: 'p-zhang' | 'p-li', faults: readonly StreamFault[]): Promise<OpenSeat> => {
  seat = await openSeat(built, usual, { signedInAs: who });
  const { world } = seat.station;
  const stream = { codec: null, width: null, height: null } as const;
  for (const fault of faults)
    world.video.report({
      cameraId: CAMERA,
      quality: 'main',
      state: 'offline',
      sinceMs: world.clock.nowMs(),
      fault,
      ...stream,
    });
  await seat.goTo('people');
  await pressOn(seat.page.locator('[data-action="show-cameras"]'));
  await seat.page.locator(`[data-row="${CAMERA}"]`).waitFor();
  return seat;
};

const openForm = async ({ page }: OpenSeat): Promise<void> => {
  await pressOn(page.locator(`[data-row="${CAMERA}"] [data-action="edit-cameras"]`));
  await page.locator('[data-form="addCamera"]').waitFor();
};

const save = async ({ page }: OpenSeat): Promise<void> => {
  await pressOn(page.locator('button[data-action="addCamera"]'));
  await page.locator('[data-form="addCamera"]').waitFor({ state: 'detached' });
};

/** What the form offers to allow, and whether it is ticked. */
const offered = async ({ page }: OpenSeat): Promise<Record<string, boolean>> =>
  Object.fromEntries(
    await page
      .locator('[data-allows]')
      .evaluateAll((options) =>
        options.map((option) => [
          option.getAttribute('data-allows') ?? '',
          option.querySelector('input')?.checked === true,
        ]),
      ),
  );

/** What the station has written down of this camera last. */
const recorded = ({ station }: OpenSeat): unknown => station.facts('v1.CameraChanged').at(-1)?.body['allows'];
/** What the media worker is told. */
const inForce = ({ station }: OpenSeat): unknown =>
  station.world.video.sources().find(({ cameraId }) => cameraId === CAMERA)?.allows;

describe.each([
  { one: 'oldTls', fault: 'oldEncryption', words: '很旧的连接保护', asks: '方式太旧' },
  { one: 'plainPassword', fault: 'plainPassword', words: '不加保护地发密码', asks: '要求不加保护地发密码' },
] as const)('a manager and $one', ({ one, fault, words, asks }) => {
  it('allows it, the station records it and acts on it, the form and the log say so, and it can be taken back', async () => {
    const opened = await openList('p-zhang', [fault]);
    const { page, goTo } = opened;
    await openForm(opened);
    expect(await offered(opened)).toEqual({ [one]: false });
    await settled(page);
    await page.locator(`[data-allows="${one}"]`).click();
    expect(await offered(opened)).toEqual({ [one]: true });
    await save(opened);
    expect(recorded(opened)).toEqual([one]);
    expect(inForce(opened)).toEqual([one]);

    await openForm(opened);
    expect(await offered(opened)).toEqual({ [one]: true });
    await goTo('log');
    const line = page.locator('.log', { hasText: '修改了摄像头' }).first();
    await expect.poll(() => line.innerText()).toContain(words);

    await goTo('people');
    await pressOn(page.locator('[data-action="show-cameras"]'));
    await openForm(opened);
    await settled(page);
    await page.locator(`[data-allows="${one}"]`).click();
    await save(opened);
    expect(recorded(opened)).toEqual([]);
    expect(inForce(opened)).toEqual([]);
  });

  it('is offered it too where the camera first had no power, and only then asked', async () => {
    const opened = await openList('p-zhang', ['unreachable', fault]);
    await openForm(opened);
    expect(await offered(opened)).toEqual({ [one]: false });
    await opened.goTo('log');
    await expect.poll(() => opened.page.locator('.log').first().innerText()).toContain(asks);
  });
});

it('what was allowed stays allowed when something else is changed, though the camera plays by now', async () => {
  const opened = await openList('p-zhang', ['plainPassword']);
  const { page, station } = opened;
  await openForm(opened);
  await settled(page);
  await page.locator('[data-allows="plainPassword"]').click();
  await save(opened);
  const stream = { fault: null, codec: null, width: null, height: null } as const;
  station.world.video.report({
    cameraId: CAMERA,
    quality: 'main',
    state: 'live',
    sinceMs: station.world.clock.nowMs(),
    ...stream,
  });
  await page.locator(`[data-row="${CAMERA}"]:not([data-tone])`).waitFor();
  await openForm(opened);
  expect(await offered(opened)).toEqual({ plainPassword: true });
  await page.locator('input[name="place"]').fill('2栋后面');
  await save(opened);
  expect(recorded(opened)).toEqual(['plainPassword']);
});

it('is not offered where no camera asks for it', async () => {
  const opened = await openList('p-zhang', ['unreachable']);
  await openForm(opened);
  expect(await offered(opened)).toEqual({});
});

it('is nothing that anybody but a manager can allow', async () => {
  const opened = await openList('p-li', ['plainPassword']);
  const { page, station } = opened;
  expect(await page.locator('[data-action="edit-cameras"]').count()).toBe(0);
  const add = page.locator('[data-action="new-cameras"]');
  expect(await add.getAttribute('aria-disabled')).toBe('true');
  expect(await add.innerText()).toContain('张建国');
  const allowed = {
    name: '车棚',
    place: '2栋旁',
    onvifAddress: null,
    mainUrl: 'rtsp://192.0.2.1/7/main',
    subUrl: null,
  } as const;
  for (const personId of ['p-li', 'p-wang', 'p-chen'])
    await expect(
      station.give(personId, 'addCamera', {
        cameraId: CAMERA,
        ...allowed,
        username: null,
        password: null,
        allows: ['plainPassword'],
      }),
    ).rejects.toThrow('refused: notAllowed');
  expect(station.facts('v1.CameraChanged')).toEqual([]);
  expect(inForce(opened)).toEqual([]);
});
