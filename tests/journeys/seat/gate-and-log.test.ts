/** A gate that stands open, a gate that does not move, and a log that says what was. */
import type { Page } from 'playwright';
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
const MINUTE = 60_000;
const small = { ...usual, width: 1366, height: 768 };
const gate = '[data-screen="gate"] [data-barrier="gate-north"]';
const reminder = '[data-alarm-card]';

const open = async (...given: [look?: Parameters<typeof openSeat>[1], options?: Parameters<typeof openSeat>[2]]) => {
  seat = await openSeat(built, ...given);
  return seat;
};

/** Whether the whole element is within the window, without scrolling. */
const aboveTheFold = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });

/** A call that has come to the question of the gate. */
const askForGate = async ({ page, station }: Pick<OpenSeat, 'page' | 'station'>): Promise<void> => {
  station.press();
  await pressOn(page.locator('[data-action="claimIncident"]'));
  for (const [step, answer] of [
    ['reach', 'answered'],
    ['needAmbulance', 'yes'],
    ['call120', 'called'],
  ] as const) {
    await page.locator(`[data-step="${step}"]`).waitFor();
    await pressOn(page.locator(`[data-step="${step}"] [data-action="answerStep"][data-answer="${answer}"]`));
  }
  await page.locator('[data-step="openGate"]').waitFor();
};

describe('a gate that stands open', () => {
  it('is said after five minutes, with who opened it and for what, until it is seen closed', async () => {
    const { page, station } = await open(small);
    await station.give('p-chen', 'openBarrier', { barrierId: 'gate-north', reason: 'delivery', note: null });
    await station.moveTime(4 * MINUTE);
    expect(await page.locator(reminder).count()).toBe(0);
    await station.moveTime(MINUTE + 10_000);
    await page.locator(reminder).waitFor();
    const card = await page.locator(reminder).innerText();
    expect(card).toContain('北门开着没关');
    expect(card).toContain('陈门岗开的，原因：送货');
    expect(await aboveTheFold(page, '[data-action="keepBarrierOpen"]')).toBe(true);
    station.armSeen('closed');
    await expect.poll(() => page.locator(reminder).innerText(), soon).toContain('已经过去');
  });

  it('is left in peace where somebody wants it open, and says until when', async () => {
    const { page, station, goTo } = await open(small);
    station.armSeen('open');
    await station.moveTime(5 * MINUTE + 1000);
    await page.locator(reminder).waitFor();
    expect(await page.locator(reminder).innerText()).toContain('不是从值守台开的');
    await settled(page);
    await pressOn(page.locator('[data-action="keepBarrierOpen"][data-answer="30"]'));
    await goTo('gate');
    await expect.poll(() => page.locator(gate).innerText(), soon).toContain('李阿姨让它开着到');
    expect(station.facts('v1.BarrierKeptOpen')).toMatchObject([{ actor: 'p-li' }]);
  });
});

describe('the question of the gate', () => {
  it('shows nothing of a command that was given for something else, before it was asked', async () => {
    const { page, station } = await open(small);
    await station.give('p-chen', 'openBarrier', { barrierId: 'gate-north', reason: 'delivery', note: null });
    await station.moveTime(5000);
    await station.give('p-chen', 'closeBarrier', { barrierId: 'gate-north', reason: 'afterPassage', note: null });
    await station.moveTime(5000);
    await askForGate({ page, station });
    const stages = page.locator('[data-step="openGate"] [data-stage]');
    expect(await stages.evaluateAll((all) => all.map((stage) => stage.dataset['reached']))).toEqual([
      'false',
      'false',
      'false',
    ]);
    for (let taps = 0; taps < 2; taps += 1)
      await pressOn(page.locator('[data-step="openGate"] [data-action="openBarrier"]'));
    await station.moveTime(4000);
    await expect
      .poll(() => page.locator('[data-step="openGate"] [data-stage="seen"]').getAttribute('data-reached'), soon)
      .toBe('true');
  });

  it('takes "it is open" for an answer only when an arm was seen up, by a sensor or by the person who looks', async () => {
    const { page, station } = await open(small);
    station.world.barriers.setStuck('gate-north', true);
    await askForGate({ page, station });
    const opened = page.locator(
      '[data-step="openGate"] [data-action="answerStep"][data-answer="opened"]:not([aria-disabled="true"])',
    );
    const offered = () => opened.count();
    expect(await offered()).toBe(0);
    for (let taps = 0; taps < 2; taps += 1)
      await pressOn(page.locator('[data-step="openGate"] [data-action="openBarrier"]'));
    await page.locator('[data-step="openGate"] [data-command-state="accepted"]').waitFor({ state: 'attached' });
    expect(await offered()).toBe(0);
    expect(await page.locator('[data-step="openGate"] [data-answer="cannot"]').getAttribute('aria-disabled')).not.toBe(
      'true',
    );
    await station.moveTime(10_000);
    await pressOn(page.locator('[data-step="openGate"] [data-action="confirmBarrier"]'));
    await expect.poll(offered, soon).toBe(1);
    station.armSeen('open');
    station.armSeen('closed');
    await expect.poll(offered, soon).toBe(0);
    station.armSeen('open');
    await expect.poll(offered, soon).toBe(1);
  });
});

describe('a gate that does not move', () => {
  it.each([
    { ...small, name: 'Chinese' },
    { ...small, print: 'large' as const, name: 'Chinese, large print' },
    { ...small, lang: 'en' as const, print: 'large' as const, name: 'English, large print' },
  ])('says so above the fold, and asks where the arm is without answering it by itself ($name)', async (look) => {
    const { page, station, goTo } = await open(look);
    station.world.barriers.setStuck('gate-north', true);
    await goTo('gate');
    await station.moveTime(2 * MINUTE);
    await pressOn(page.locator('[data-action="askOpen"]'));
    await pressOn(page.locator('[data-action="openBarrier"][data-answer="ambulance"]'));
    await page.locator(`${gate}[data-command-state="accepted"]`).waitFor();
    await station.moveTime(3500);
    // The arm had its time: the buttons are back, though the last word is not spoken.
    await expect
      .poll(() => page.locator('[data-action="askOpen"]').getAttribute('aria-disabled'), soon)
      .not.toBe('true');
    await station.moveTime(5000);
    await page.locator(`${gate}[data-command-state="unconfirmed"]`).waitFor();
    expect(await aboveTheFold(page, `${gate} [data-trouble="unconfirmed"]`)).toBe(true);
    expect(await aboveTheFold(page, '[data-action="confirmBarrier"][data-answer="open"]')).toBe(true);
    expect(await page.locator(`${gate} [data-known]`).getAttribute('data-known')).toBe('asked');
    expect(await page.locator(`${gate} [data-arm-position]`).getAttribute('data-arm-position')).toBe('unknown');
  });
});

describe('the log', () => {
  it('says who was called, folds what says nothing new, and lacks no number', async () => {
    const { page, station, goTo } = await open(small, { signedInAs: 'p-zhang' });
    station.press();
    await pressOn(page.locator('[data-action="claimIncident"]'));
    const [opened] = station.facts('v1.IncidentOpened');
    await station.give('p-li', 'recordCall', {
      incidentId: opened?.entityId ?? '',
      contactId: 'c-2',
      outcome: 'onTheWay',
    });
    await goTo('log');
    await page.locator('[data-log-type="v1.CallRecorded"]').waitFor();
    expect(await page.locator('[data-log-type="v1.CallRecorded"] p').first().innerText()).toBe(
      '李阿姨给3栋楼长打电话：正赶过来。',
    );
    expect(await page.locator('li[data-log-type="v1.AlarmRaised"]').count()).toBe(0);
    const shown = await page.locator('li[data-log-seq]').evaluateAll((lines) =>
      lines.flatMap((line) => {
        const many = line.querySelector<HTMLElement>('[data-from]');
        const from = Number(many?.dataset['from'] ?? line.dataset['logSeq']);
        const to = Number(many?.dataset['to'] ?? line.dataset['logSeq']);
        return Array.from({ length: to - from + 1 }, (_, index) => from + index);
      }),
    );
    const newest = station.world.journal.lastSeq();
    const numbers = shown.toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => newest - numbers.length + 1 + index));
    await pressOn(page.locator('[data-log-type="v1.IncidentOpened"] [data-action="logShowSame"]'));
    expect(await page.locator('[data-log-type="v1.IncidentOpened"] .log-also').innerText()).toContain('按了求助按钮');
  });

  it('marks a time that was given later, and keeps the line where its number is', async () => {
    const { page, station, goTo } = await open(small);
    const { clock } = station.world;
    await goTo('log');
    await page.locator('[data-log-seq]').first().waitFor();
    const notes = page.locator('[data-log-type="v1.NoteAdded"]');
    expect(await notes.locator('[data-late]').count()).toBe(0);
    const before = clock.nowMs() - 3 * 86_400_000;
    await station.giveAt('p-wang', before, 'addNote', { text: '三天前的事' });
    const late = page.locator('[data-log-type="v1.NoteAdded"]', { hasText: '三天前的事' });
    await late.waitFor();
    expect(await late.locator('[data-late]').innerText()).toMatch(/▲ \d\d:\d\d:\d\d 才记下/);
    expect(await page.locator('li[data-log-seq]').first().getAttribute('data-log-seq')).toBe(
      await late.getAttribute('data-log-seq'),
    );
  });

  it('is sealed up to a line, and no further', async () => {
    const { page, station, goTo } = await open(small);
    await goTo('log');
    await pressOn(page.locator('[data-action="verifyJournal"]'));
    await page.locator('[data-seal="verified"]').waitFor();
    const seq = Number(await page.locator('[data-seal]').getAttribute('data-checked-seq'));
    expect(seq).toBe(station.world.journal.lastSeq());
    const code = await page.locator('.seal [data-head-code]').getAttribute('data-head-code');
    expect(code).toMatch(/^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$/);
    await station.give('p-wang', 'addNote', { text: '巡查了一圈' });
    await page.locator('[data-seal="behind"]').waitFor();
    expect(await page.locator('.seal').innerText()).toContain(`第 1 到 ${seq} 条完整`);
    expect(await page.locator('.seal [data-head-code]').getAttribute('data-head-code')).toBe(code);
  });
});
