/** Every screen in every look: no serious accessibility violation, nothing cut off, targets large enough, nothing on the console. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { buildSeat, openSeat, type BuiltSeat, type Look, type OpenSeat } from './seat-page.ts';

let built: BuiltSeat;
beforeAll(async () => {
  built = await buildSeat();
});
afterAll(() => built.close());

const looks: readonly (Look & { readonly named: string })[] = [
  { named: 'Chinese, dark, 1920', lang: 'zh-CN', theme: 'dark', print: 'normal' },
  { named: 'English, light, 1366', lang: 'en', theme: 'light', print: 'normal', width: 1366, height: 768 },
  {
    named: 'Chinese, light, large print, 1366',
    lang: 'zh-CN',
    theme: 'light',
    print: 'large',
    width: 1366,
    height: 768,
  },
  { named: 'English, dark, large print, 1920', lang: 'en', theme: 'dark', print: 'large' },
];

const seriousOn = async ({ page }: OpenSeat, where: string): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${where}: ${id} ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(' | ')}`,
    );
};

/** Words that do not fit the button they stand on, and buttons that reach out of the window sideways. */
const cutOff = ({ page }: OpenSeat, where: string): Promise<string[]> =>
  page.evaluate(
    (place) =>
      [...document.querySelectorAll<HTMLElement>('.button, h1, h2, h3, h4, .alarm-row, .choice-option')]
        .filter((element) => element.getBoundingClientRect().width > 2)
        .filter(
          (element) =>
            element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > innerWidth + 1,
        )
        .map((element) => `${place}: ${element.textContent.slice(0, 60)}`),
    where,
  );

/** Letters below `least` px, and buttons lower than `target` px. */
const tooSmall = ({ page }: OpenSeat, where: string, least: number, target: number): Promise<string[]> =>
  page.evaluate(
    ([place, letters, height]) => {
      const visible = (element: Element): boolean => element.getBoundingClientRect().height > 2;
      const texts = [...document.querySelectorAll<HTMLElement>('#seat *')].filter(
        (element) =>
          visible(element) &&
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== ''),
      );
      const small = texts.filter(
        (element) =>
          Number.parseFloat(getComputedStyle(element).fontSize) < letters &&
          element.closest('.video-tile, svg') === null,
      );
      const low = [...document.querySelectorAll<HTMLElement>('.button, .alarm-row, .choice-option')].filter(
        (element) => visible(element) && element.getBoundingClientRect().height < height - 0.5,
      );
      return [...new Set([...small, ...low])].map(
        (element) => `${place}: ${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`,
      );
    },
    [where, least, target] as const,
  );

const places = ['room', 'gate', 'visitors', 'takeover', 'roster', 'log', 'people', 'signIn'] as const;

describe.each(looks)('$named', (look) => {
  const least = look.print === 'large' ? 18 : 16;
  const target = look.print === 'large' ? 60 : 44;
  const examine = async (seat: OpenSeat, where: string): Promise<string[]> => [
    // Large print has the colours and the structure of the other looks: only its sizes are its own.
    ...(look.print === 'large' ? [] : await seriousOn(seat, where)),
    ...(await cutOff(seat, where)),
    ...(await tooSmall(seat, where, least, target)),
  ];

  it('holds on every screen', async () => {
    const seat = await openSeat(built, look, { signedInAs: 'p-zhang' });
    const found: string[] = [];
    for (const place of places) {
      await seat.goTo(place);
      found.push(...(await examine(seat, place)));
    }
    for (const kind of ['people', 'contacts', 'cameras', 'barriers', 'helpPoints']) {
      await seat.goTo('people');
      await pressOn(seat.page.locator(`[data-action="show-${kind}"]`));
      await pressOn(seat.page.locator(`[data-action="new-${kind}"]`));
      await seat.page.locator('form.form').waitFor();
      found.push(...(await examine(seat, `form of ${kind}`)));
    }
    await pressOn(seat.page.locator('[data-action="show-seats"]'));
    await pressOn(seat.page.locator('[data-action="edit-seats"]').first());
    await seat.page.locator('form.form').waitFor();
    found.push(...(await examine(seat, 'form of seats')));
    for (const [key, dialog] of [
      ['n', 'note'],
      ['p', 'phoneList'],
      ['?', 'help'],
      ['Control+k', 'find'],
    ] as const) {
      await seat.goTo('room');
      await seat.key(key);
      await seat.page.locator(`[data-dialog="${dialog}"]`).waitFor();
      found.push(...(await examine(seat, dialog)));
      await seat.page.keyboard.press('Escape');
      await seat.page.locator(`[data-dialog="${dialog}"]`).waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
    expect(seat.errors).toEqual([]);
    await seat.close();
  });

  it('holds through a call for help, with the gate unknown, and without a station', async () => {
    const seat = await openSeat(built, look);
    const { page, station } = seat;
    const found: string[] = [];
    station.press();
    await page.locator('[data-incident]').waitFor();
    found.push(...(await examine(seat, 'new call')));
    await pressOn(page.locator('[data-action="claimIncident"]'));
    for (const [step, answer] of [
      ['reach', 'answered'],
      ['needAmbulance', 'yes'],
      ['call120', 'called'],
      ['openGate', 'unsure'],
      ['sendSomebody', 'onTheWay'],
    ] as const) {
      await page.locator(`[data-step="${step}"]`).waitFor();
      found.push(...(await examine(seat, step)));
      await pressOn(page.locator(`[data-action="answerStep"][data-answer="${answer}"]`));
    }
    await page.locator('[data-step="seen"]').waitFor();
    await pressOn(page.locator('[data-action="answerStep"][data-answer="seenSafe"]'));
    await page.locator('[data-resolve]').waitFor();
    found.push(...(await examine(seat, 'resolve')));
    station.armSeen('unknown');
    await seat.goTo('gate');
    await page.locator('[data-barrier][data-position="unknown"]').waitFor();
    found.push(...(await examine(seat, 'gate unknown')));
    await pressOn(page.locator('[data-action="askOpen"]'));
    found.push(...(await examine(seat, 'reasons')));
    station.cut();
    await page.locator('.header[data-station="silent"]').waitFor();
    found.push(...(await examine(seat, 'silent')));
    expect(found).toEqual([]);
    expect(seat.errors).toEqual([]);
    await seat.close();
  });

  it('holds while nothing has been set up', async () => {
    const seat = await openSeat(built, look, { empty: true });
    const { page } = seat;
    const found = await examine(seat, 'setup');
    await pressOn(page.locator('[data-action="setUpOwn"]'));
    found.push(...(await examine(seat, 'own community')));
    expect(found).toEqual([]);
    expect(seat.errors).toEqual([]);
    await seat.close();
  });
});
