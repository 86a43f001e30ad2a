/** Every answer of every question is in sight with four alarms open, in the smallest window and the largest print. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpProcedure } from '../../../electron/domain/incidents/help.procedure.ts';
import { pressOn, settled } from '../../support/presses.ts';
import { buildSeat, openSeat, type BuiltSeat, type Look, type OpenSeat } from './seat-page.ts';

let built: BuiltSeat;
beforeAll(async () => {
  built = await buildSeat();
});
afterAll(() => built.close());

/** A way through the procedure that asks every question; the second way asks the one that the first leaves out. */
const ways = [
  [
    ['reach', 'noAnswer'],
    ['sendSomebody', 'nobodyFree'],
    ['call120', 'called'],
    ['openGate', 'cannot'],
    ['gateByHand', 'raised'],
    ['openDoor', 'cannot'],
    ['seen', 'unsure'],
    ['notYetSeen', 'onTheWay'],
    ['seen', 'notYet'],
    ['arrival', 'in'],
    ['seen', 'seenNeedsCare'],
    ['withPerson', 'ambulance'],
    ['closeGate', null],
  ],
  [
    ['reach', 'answered'],
    ['needAmbulance', null],
  ],
] as const;

const lose = ({ station }: OpenSeat, cameraId: string): void => {
  const nothing = { fault: 'unreachable', codec: null, width: null, height: null } as const;
  const sinceMs = station.world.clock.nowMs();
  station.world.video.report({ cameraId, quality: 'main', state: 'offline', sinceMs, ...nothing });
};

/** Answers of the present question whose upper or lower edge is covered, cut off or out of the window. */
const hidden = (seat: OpenSeat): Promise<(string | null)[]> =>
  seat.page.locator('.question .answers .button').evaluateAll((answers) => {
    const strip = document.querySelector('.more-below')?.getBoundingClientRect().top ?? innerHeight;
    return answers
      .filter((answer) => {
        const { left, right, top, bottom } = answer.getBoundingClientRect();
        const edges = [top + 3, bottom - 3].map((y) => document.elementFromPoint((left + right) / 2, y));
        return bottom > strip + 12 || !edges.every((element) => answer.contains(element));
      })
      .map((answer) => answer.getAttribute('data-answer'));
  });

const looks: readonly Look[] = [
  { lang: 'zh-CN', theme: 'dark', print: 'large', width: 1366, height: 768 },
  { lang: 'en', theme: 'light', print: 'large', width: 1366, height: 768 },
  { lang: 'en', theme: 'dark', print: 'normal', width: 1366, height: 768 },
];

/** Goes both ways and tells which answers of which question are hidden; `before` makes the screen what it is looked at as. */
const walk = async (look: Look, before: (seat: OpenSeat) => Promise<void>): Promise<string[]> => {
  const found: string[] = [];
  for (const way of ways) {
    const seat = await openSeat(built, look);
    const { page, station } = seat;
    for (const cameraId of ['cam-12', 'cam-14']) lose(seat, cameraId);
    await station.moveTime(40_000);
    station.press();
    await pressOn(page.locator('[data-action="claimIncident"]'));
    const incidentId = (await page.locator('[data-incident]').getAttribute('data-incident')) ?? '';
    station.press('help-201');
    await page.locator('.column[data-open="4"]').waitFor();
    for (const [step, answer] of way) {
      await page.locator(`[data-step="${step}"]`).waitFor();
      await before(seat);
      await settled(page);
      found.push(...(await hidden(seat)).map((name) => `${step}: ${String(name)}`));
      if (answer !== null) await station.give('p-li', 'answerStep', { incidentId, step, answer });
    }
    expect(seat.errors).toEqual([]);
    await seat.close();
  }
  return found;
};

describe('the answers', () => {
  it('of every question of the procedure are looked at', () => {
    const asked = new Set<string>(ways.flatMap((way) => way.map(([step]) => step)));
    expect(helpProcedure.steps.map(({ step }) => step).filter((step) => !asked.has(step))).toEqual([]);
  });

  it.each(looks)('are in sight in $lang, $print print, with four alarms open', async (look) => {
    expect(await walk(look, async () => undefined)).toEqual([]);
  });

  it.each(looks.slice(1))(
    'are in sight in $lang, $print print, when the call was left and the siren sounds',
    async (look) => {
      const left = async ({ page, station }: OpenSeat): Promise<void> => {
        await station.moveTime(8 * 60_000);
        await page.locator('[data-recall]').waitFor();
        await page.locator('[data-action="silenceSiren"]').waitFor();
      };
      expect(await walk(look, left)).toEqual([]);
    },
  );
});

describe('a card with room below it', () => {
  it.each(looks)('is not cut off in $lang, $print print', async (look) => {
    const seat = await openSeat(built, look);
    const { page, station } = seat;
    const cut = (): Promise<number> =>
      page.locator('.column-card').evaluate((card) => card.scrollHeight - card.clientHeight);
    lose(seat, 'cam-12');
    await station.moveTime(40_000);
    await page.locator('[data-action="acknowledgeAlarm"]').waitFor();
    const alarm = await cut();
    station.press();
    await page.locator('[data-action="claimIncident"]').waitFor();
    expect([alarm, await cut()]).toEqual([0, 0]);
    expect(await page.locator('.more-below').count()).toBe(0);
    await seat.close();
  });
});
