/** A call that was taken and then left, and the way to rescue when nobody answers. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
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

const taken = async (look: Parameters<typeof openSeat>[1] = small): Promise<OpenSeat> => {
  seat = await openSeat(built, look);
  seat.station.press();
  await pressOn(seat.page.locator('[data-action="claimIncident"]'));
  await seat.page.locator('[data-step="reach"]').waitFor();
  return seat;
};

const incidentOf = async ({ page }: OpenSeat): Promise<string> =>
  (await page.locator('[data-incident]').getAttribute('data-incident')) ?? '';

/** Answers at another seat, one after the other. */
const answers = async (
  opened: OpenSeat,
  given: readonly (readonly [step: string, answer: string])[],
): Promise<void> => {
  const incidentId = await incidentOf(opened);
  for (const [step, answer] of given) await opened.station.give('p-li', 'answerStep', { incidentId, step, answer });
};

const inSight = ({ page }: OpenSeat, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return [top + 4, bottom - 4].every((y) => element.contains(document.elementFromPoint((left + right) / 2, y)));
    });

describe('a call that was taken and left', () => {
  it.each([
    { ...small, name: '1366' },
    { ...small, print: 'large' as const, name: '1366, large print' },
    { ...small, lang: 'en' as const, print: 'large' as const, name: '1366, large, English' },
    { ...usual, name: '1920' },
  ])('sounds again, and says above the answers whose it is and for how long ($name)', async (look) => {
    const opened = await taken(look);
    const { page, station } = opened;
    expect(await page.locator('[data-action="quietHere"]').count()).toBe(0);
    await station.moveTime(5 * MINUTE + 1000);
    await page.locator('[data-recall="left"]').waitFor();
    await opened.settled();
    // What can be muted is heard.
    await page.locator('[data-action="quietHere"]').waitFor();
    // In words: "05:00" would be a time of day.
    expect(await page.locator('[data-recall]').innerText()).toMatch(/5分钟|5 min/);
    expect(await page.locator('.alarm-row-current [data-tone="nobody"]').innerText()).toMatch(/5分钟|5 min/);
    expect(await inSight(opened, '[data-recall] [data-answer="still"]')).toBe(true);
    const [recall, first] = await Promise.all(
      ['[data-recall]', '.answers .button'].map((one) => page.locator(one).first().boundingBox()),
    );
    expect((recall?.y ?? 0) + (recall?.height ?? 0)).toBeLessThanOrEqual(first?.y ?? 0);
    await pressOn(page.locator('[data-recall] [data-answer="still"]'));
    await page.locator('[data-recall]').waitFor({ state: 'detached' });
    await page.locator('[data-action="quietHere"]').waitFor({ state: 'detached' });
    expect(station.facts('v1.IncidentKept')).toHaveLength(1);
  });

  it('goes on being called for at the top of the ladder, with the list in its place', async () => {
    const { page, station } = await taken();
    await station.moveTime(8 * MINUTE + 1000);
    await page.locator('[data-escalation="phoneList"]').waitFor({ state: 'attached' });
    await page.locator('[data-phone-list] [data-contact="c-1"]').waitFor();
    // The louder one first: in a low window it stands where the seat is muted.
    await pressOn(page.locator('[data-action="silenceSiren"]'));
    await pressOn(page.locator('[data-action="quietHere"]'));
    await page.locator('.quiet-note').waitFor();
    await station.moveTime(2 * MINUTE);
    await page.locator('[data-escalation="allSeats"]').waitFor({ state: 'attached' });
    // It sounds again; where the siren does too, that stands before it.
    await page.locator('[data-action="quietHere"]').waitFor({ state: 'attached' });
    expect(await page.locator('[data-phone-list] [data-contact="c-1"]').count()).toBe(1);
  });

  it('is called for after the last answer too, where the way back stands', async () => {
    const opened = await taken();
    const { page, station } = opened;
    await answers(opened, [
      ['reach', 'noAnswer'],
      ['sendSomebody', 'onTheWay'],
      ['seen', 'seenSafe'],
    ]);
    await page.locator('[data-resolve]').waitFor();
    await station.moveTime(5 * MINUTE + 1000);
    await page.locator('[data-recall="left"]').waitFor();
    await pressOn(page.locator('[data-resolve] [data-action="stepBack"]'));
    await page.locator('[data-step="seen"]').waitFor();
    await page.locator('[data-recall]').waitFor({ state: 'detached' });
  });
});

describe('the way to rescue', () => {
  it('gives the number of the home with the first question, and no comfortable answer is emphasised', async () => {
    const { page } = await taken();
    expect(await page.locator('[data-number="phone"]').innerText()).toContain('000 0000 0502');
    expect(await page.locator('.answers [data-look="primary"]').count()).toBe(0);
  });

  it('leads from silence to 120, with the words to say, and to the door', async () => {
    const opened = await taken();
    const { page } = opened;
    await answers(opened, [
      ['reach', 'noAnswer'],
      ['sendSomebody', 'nobodyFree'],
    ]);
    const says = page.locator('[data-step="call120"] [data-say="120"]');
    await says.waitFor();
    for (const part of ['龙湾小区', '长江路 18 号', '3栋1单元502', '北门', '0731-0000 0000'])
      expect(await says.innerText()).toContain(part);
    await answers(opened, [['call120', 'called']]);
    expect(await page.locator('[data-step="openGate"] [data-action="openBarrier"]').getAttribute('data-look')).toBe(
      'primary',
    );
    await answers(opened, [['openGate', 'notNeeded']]);
    await page.locator('[data-step="openDoor"]').waitFor();
    expect(await page.locator('[data-number="keyHolder"]').innerText()).toContain('3栋楼长');
  });

  it('says what is not set, and invents nothing', async () => {
    const opened = await taken();
    const { page, station } = opened;
    await station.give('p-zhang', 'setAddress', { street: null, entrance: '北门', callBack: null });
    await answers(opened, [
      ['reach', 'answered'],
      ['needAmbulance', 'yes'],
    ]);
    const says = page.locator('[data-step="call120"] [data-say="120"]');
    await says.locator('[data-say-missing="2"]').waitFor();
    expect(await says.innerText()).toContain('还没有填：街道门牌、值班电话');
    expect(await says.innerText()).not.toContain('长江路');
  });

  it('says that "not yet" was heard, shows who comes, and gives another screen for another answer', async () => {
    const opened = await taken();
    const { page, station } = opened;
    await answers(opened, [
      ['reach', 'noAnswer'],
      ['sendSomebody', 'onTheWay'],
    ]);
    await station.give('p-li', 'recordCall', {
      incidentId: await incidentOf(opened),
      contactId: 'c-1',
      outcome: 'onTheWay',
    });
    await page.locator('[data-step="seen"] [data-coming="c-1"]').waitFor();
    await answers(opened, [['seen', 'notYet']]);
    await page.locator('[data-step="notYetSeen"]').waitFor();
    expect(await page.locator('.heard').innerText()).toMatch(/记下了：\d\d:\d\d 还没看到/);
    await page.locator('[data-phone-list="open"]').waitFor();
    station.press('help-201');
    await pressOn(page.locator('[data-alarm][data-action="chooseAlarm"]'));
    await page.locator('[data-incident][data-work="open"]').waitFor();
    await opened.key('p');
    expect(await page.locator('[data-dialog="phoneList"] [data-coming-elsewhere]').innerText()).toContain(
      '3栋1单元502',
    );
  });

  it('puts the list in front and calls all seats when somebody is not sure a second time', async () => {
    const opened = await taken();
    const { page } = opened;
    await answers(opened, [['reach', 'unsure']]);
    await page.locator('[data-phone-list="open"]').waitFor();
    expect(await page.locator('[data-action="quietHere"]').count()).toBe(0);
    await answers(opened, [['sendSomebody', 'unsure']]);
    await page.locator('[data-phone-list="first"]').waitFor();
    await page.locator('[data-action="quietHere"]').waitFor();
    await page.locator('[data-escalation="allSeats"]').waitFor({ state: 'attached' });
    const [list, question] = await Promise.all(
      ['[data-phone-list]', '.question'].map((one) => page.locator(one).first().boundingBox()),
    );
    expect(list?.y ?? Infinity).toBeLessThan(question?.y ?? 0);
  });

  it('is left early as a mistake or a test in place of the question, and never both at once', async () => {
    const opened = await taken();
    const { page } = opened;
    await answers(opened, [['reach', 'answered']]);
    await page.locator('[data-step="needAmbulance"]').waitFor();
    await pressOn(page.locator('[data-action="resolve"]'));
    await page.locator('[data-resolve]').waitFor();
    expect(await page.locator('[data-step]').count()).toBe(0);
    await expect
      .poll(() => page.locator('[data-action="resolveIncident"]').evaluateAll((all) => all.length), soon)
      .toBe(2);
    await pressOn(page.locator('[data-action="backToQuestion"]'));
    await page.locator('[data-step="needAmbulance"]').waitFor();
  });
});
