/** What a seat does when it is used, and when the station is not there. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressEach, pressOn } from '../../support/presses.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type OpenSeat } from './seat-page.ts';

let built: BuiltSeat;
let seat: OpenSeat | null = null;
const open = async (
  ...more: [look?: Parameters<typeof openSeat>[1], options?: Parameters<typeof openSeat>[2]]
): Promise<OpenSeat> => {
  seat = await openSeat(built, ...more);
  return seat;
};
beforeAll(async () => {
  built = await buildSeat();
});
afterEach(async () => {
  expect(seat?.errors ?? []).toEqual([]);
  await seat?.close();
  seat = null;
});
afterAll(() => built.close());

/** Long enough for a machine that builds something else at the same time. */
const soon = { timeout: 20_000 };

const gate = '[data-screen="gate"] [data-barrier="gate-north"]';

describe('a call for help', () => {
  it('is led through with the keyboard alone', async () => {
    const { page, station, key } = await open();
    station.press();
    await page.locator('[data-incident][data-work="open"]').waitFor();
    await key('a');
    await page.locator('[data-step="reach"]').waitFor();
    await key('1');
    await page.locator('[data-step="needAmbulance"]').waitFor();
    await key('b');
    await page.locator('[data-step="reach"]').waitFor();
    await key('2');
    await page.locator('[data-step="sendSomebody"]').waitFor();
    await key('u');
    await page.locator('[data-step="call120"]').waitFor();
    await page.locator('[data-phone-list="open"] [data-contact="c-1"]').waitFor();
    await key('b');
    await page.locator('[data-step="sendSomebody"]').waitFor();
    await key('1');
    await page.locator('[data-step="seen"]').waitFor();
    await key('1');
    await page.locator('[data-resolve]').waitFor();
    await page.locator('[data-action="resolveIncident"][data-answer="personSafe"]').focus();
    await key('Enter');
    await page.locator('[data-incident]').waitFor({ state: 'detached' });
    // By id: on a busy machine the connection may have been made anew, and what was not answered was asked again.
    const once = new Map(station.commands.map((command) => [command.id, command.type]));
    expect([...once.values()]).toEqual([
      'claimIncident',
      'answerStep',
      'stepBack',
      'answerStep',
      'answerStep',
      'stepBack',
      'answerStep',
      'answerStep',
      'resolveIncident',
    ]);
  });

  it('brings its cameras up by itself, and the wall comes back', async () => {
    const { page, station } = await open();
    const shown = (): Promise<(string | null)[]> =>
      page.locator('[data-tile]').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-tile')));
    expect((await shown())[0]).toBe('cam-1');
    station.press();
    await page.locator('[data-making-room]').waitFor();
    expect((await shown()).slice(0, 2)).toEqual(['cam-3', 'cam-4']);
    const size = (id: string) =>
      page.locator(`[data-tile="${id}"]`).evaluate((tile) => tile.getBoundingClientRect().width);
    expect(await size('cam-3')).toBeGreaterThan((await size('cam-1')) * 2);
    const incidentId = (await page.locator('[data-incident]').getAttribute('data-incident')) ?? '';
    await station.give('p-li', 'claimIncident', { incidentId });
    await station.give('p-li', 'answerStep', { incidentId, step: 'reach', answer: 'unsure' });
    await station.give('p-li', 'answerStep', { incidentId, step: 'sendSomebody', answer: 'onTheWay' });
    await station.give('p-li', 'answerStep', { incidentId, step: 'seen', answer: 'seenSafe' });
    await station.give('p-li', 'resolveIncident', { incidentId, resolution: 'personSafe', note: null });
    await page.locator('[data-making-room]').waitFor({ state: 'detached' });
    expect((await shown())[0]).toBe('cam-1');
  });

  it('asks again after a cut with the same command, once', async () => {
    const { page, station } = await open();
    station.press();
    await page.locator('[data-action="claimIncident"]').waitFor();
    station.hold(true);
    await pressOn(page.locator('[data-action="claimIncident"]'));
    await expect.poll(() => station.commands.length, soon).toBe(1);
    station.cut();
    await page.locator('.header[data-station="silent"]').waitFor();
    station.hold(false);
    station.back();
    await expect.poll(() => station.commands.length, soon).toBe(2);
    await page.locator('[data-step="reach"]').waitFor();
    expect(station.commands[1]).toEqual(station.commands[0]);
    expect(station.facts('v1.IncidentClaimed')).toHaveLength(1);
  });

  it('says what happens by itself, with the station’s clock', async () => {
    const { page, station } = await open({ ...usual, lang: 'en' });
    station.press();
    await expect
      .poll(() => page.locator('.escalation').innerText(), soon)
      .toMatch(/^If nobody acts, the siren sounds in (\d\d? sec|1 min) \(at \d\d:\d\d\)\.$/);
  });
});

describe('the hand and the eye', () => {
  const takeIt = async ({ page, station }: OpenSeat): Promise<void> => {
    station.press();
    await pressOn(page.locator('[data-action="claimIncident"]'));
    await page.locator('[data-step="reach"]').waitFor();
  };
  const answer = (name: string): string => `[data-action="answerStep"][data-answer="${name}"]`;

  it('finds the focus on the next question after an answer, and the answers after it', async () => {
    const opened = await open();
    const { page } = opened;
    await takeIt(opened);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), soon).toContain('有回应吗');
    for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-answer'))).toBe('unsure');
    await opened.key('Enter');
    await page.locator('[data-step="sendSomebody"]').waitFor();
    // The next question has an answer "I am not sure" as well: it must not have kept the focus.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), soon).toBe('H4');
  });

  it('is left alone while somebody writes a visitor in and a call comes', async () => {
    const { page, station, goTo } = await open();
    await goTo('visitors');
    const name = page.locator('[name="name"]');
    await name.pressSequentially('刘');
    const before = await name.boundingBox();
    station.press();
    await page.locator('[data-incident][data-work="open"]').waitFor();
    await page.keyboard.type('a1师傅');
    expect(await name.inputValue()).toBe('刘a1师傅');
    expect(await name.boundingBox()).toEqual(before);
    expect(station.commands).toEqual([]);
  });

  it('keeps the answers where they are when another call comes, and shows that call at once', async () => {
    const opened = await open();
    const { page, station } = opened;
    await takeIt(opened);
    const button = page.locator(answer('answered'));
    await button.hover();
    const before = await button.boundingBox();
    const first = await page.locator('[data-incident]').getAttribute('data-incident');
    station.press('help-201');
    await expect.poll(() => page.locator('[data-alarm]').count(), soon).toBe(2);
    expect(await button.boundingBox()).toEqual(before);
    await page.mouse.move(10, 10);
    await page.locator('[data-alarm][data-action="chooseAlarm"]').waitFor();
    expect(await button.boundingBox()).toEqual(before);
    expect(await page.locator('[data-incident]').getAttribute('data-incident')).toBe(first);
  });

  it('sees the arm while the gate is asked for', async () => {
    const opened = await open();
    const { page } = opened;
    await takeIt(opened);
    const width = (): Promise<number> =>
      page.locator('[data-tile="cam-1"]').evaluate((tile) => tile.getBoundingClientRect().width);
    const small = await width();
    for (const [step, given] of [
      ['reach', 'answered'],
      ['needAmbulance', 'yes'],
      ['call120', 'called'],
    ] as const)
      await pressOn(page.locator(`[data-step="${step}"] ${answer(given)}`));
    await page.locator('[data-step="openGate"]').waitFor();
    await expect.poll(width, soon).toBeGreaterThan(small * 2);
    opened.station.armSeen('open');
    await pressOn(page.locator(answer('opened')));
    await expect.poll(width, soon).toBeLessThan(small * 1.5);
  });

  it('hears a call again after a minute of quiet, even when the station has gone silent', async () => {
    const { page, station } = await open();
    await page.clock.install();
    station.press();
    const quiet = page.locator('[data-action="quietHere"]');
    await pressOn(quiet);
    await quiet.waitFor({ state: 'detached' });
    station.silence(true);
    await page.clock.fastForward(59_000);
    expect(await quiet.count()).toBe(0);
    await page.clock.fastForward(2000);
    await quiet.waitFor();
  });

  it('sounds again where it was muted, once every seat is called', async () => {
    const { page, station } = await open();
    station.press();
    const quiet = page.locator('[data-action="quietHere"]');
    await pressOn(quiet);
    await quiet.waitFor({ state: 'detached' });
    await station.moveTime(120_000);
    await page.locator('[data-escalation="allSeats"]').waitFor(soon);
    await quiet.waitFor(soon);
  });

  it('promises no siren that the station has not', async () => {
    const { page, station } = await open();
    station.press();
    const sentence = page.locator('[data-escalation]');
    await expect.poll(() => sentence.innerText(), soon).toMatch(/警笛会响/);
    station.world.sounder.breakDown('missing');
    await expect.poll(() => sentence.innerText(), soon).toMatch(/不会响警笛/);
    expect(await sentence.innerText()).not.toMatch(/警笛会响/);
  });

  it.each(['zh-CN', 'en'] as const)(
    'has every answer in sight at 1366 by 768 under one line of header (%s)',
    async (lang) => {
      const opened = await open({ lang, theme: 'dark', print: 'normal', width: 1366, height: 768 });
      const { page } = opened;
      expect(await page.locator('.header').evaluate((header) => header.getBoundingClientRect().height)).toBeLessThan(
        72,
      );
      await takeIt(opened);
      const lowest = (): Promise<number> =>
        page
          .locator('.answers .button')
          .last()
          .evaluate((last) => last.getBoundingClientRect().bottom);
      const edge = await page.locator('.column').evaluate((column) => column.getBoundingClientRect().bottom);
      const steps = [
        ['reach', 'answered'],
        ['needAmbulance', 'yes'],
        ['call120', 'called'],
        ['openGate', 'opened'],
        ['sendSomebody', 'onTheWay'],
        ['seen', 'seenNeedsCare'],
        ['withPerson', 'ambulance'],
      ] as const;
      for (const [step, given] of steps) {
        await page.locator(`[data-step="${step}"]`).waitFor();
        // A click that has to wait for its button scrolls about meanwhile.
        await opened.settled();
        if (step === 'openGate') {
          const before = await lowest();
          for (let taps = 0; taps < 2; taps += 1) {
            await pressOn(page.locator('[data-action="openBarrier"]'));
            await opened.settled();
          }
          await page.locator('[data-command-state="accepted"]').waitFor({ state: 'attached' });
          expect(await lowest(), 'after the gate was told to open').toBe(before);
        }
        expect(await lowest(), step).toBeLessThanOrEqual(edge - 14);
        await pressOn(page.locator(answer(given)));
      }
    },
  );
});

describe('the gate', () => {
  it('moves after two taps and a reason, and is open only when it was seen', async () => {
    const { page, station, goTo } = await open();
    // The arm takes its time: what the controller says is not yet what was seen.
    station.world.barriers.setStuck('gate-north', true);
    await goTo('gate');
    await pressOn(page.locator('[data-action="askOpen"]'));
    expect(station.commands).toEqual([]);
    await pressOn(page.locator('[data-action="openBarrier"][data-answer="fire"]'));
    await page.locator(`${gate}[data-command-state="accepted"]`).waitFor();
    expect(station.commands).toMatchObject([{ type: 'openBarrier', reason: 'fire' }]);
    const seen = page.locator(`${gate} [data-stage="seen"]`);
    expect(await seen.getAttribute('data-reached')).toBe('false');
    expect(await page.locator(gate).getAttribute('data-position')).toBe('closed');
    station.armSeen('open');
    await expect.poll(() => seen.getAttribute('data-reached'), soon).toBe('true');
    await page.locator(`${gate}[data-position="open"]`).waitFor();
  });

  it('asks for the reason in words when it is another one', async () => {
    const { page, station, goTo, key } = await open();
    await goTo('gate');
    await pressOn(page.locator('[data-action="askOpen"]'));
    await pressOn(page.locator('[data-action="openBarrier"][data-answer="other"]'));
    await page.locator('[name="gateReason"]').fill('搬家');
    await key('Enter');
    await expect
      .poll(() => station.commands, soon)
      .toMatchObject([{ type: 'openBarrier', reason: 'other', note: '搬家' }]);
  });

  it('cannot be moved without a station, says so, and nothing is sent later', async () => {
    const { page, station, goTo } = await open();
    await goTo('gate');
    station.cut();
    await page.locator('.header[data-station="silent"]').waitFor();
    const button = page.locator('[data-action="closeBarrier"]');
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.innerText()).toContain('值守台没有回应');
    await button.click({ force: true });
    await button.click({ force: true });
    station.back();
    await page.locator('.header[data-station="ok"]').waitFor();
    expect(station.commands).toEqual([]);
  });

  it('asks a person to look when nobody knows where the arm is', async () => {
    const { page, station, goTo } = await open();
    await goTo('gate');
    station.armSeen('unknown');
    await pressOn(page.locator('[data-action="confirmBarrier"][data-answer="closed"]'));
    await page.locator(`${gate}[data-position="closed"]`).waitFor();
    expect(await page.locator('[data-action="confirmBarrier"]').count()).toBe(0);
  });
});

describe('without a station', () => {
  it('stops the clock and says so within four seconds, and goes on by itself', async () => {
    const { page, station } = await open();
    station.silence(true);
    await page.locator('.header[data-station="silent"]').waitFor({ timeout: 4500 });
    const clock = page.locator('.clock time');
    const stopped = await clock.innerText();
    await expect.poll(() => page.locator('.banner[data-tone="problem"]').innerText(), soon).toContain('没有回应');
    expect(await clock.innerText()).toBe(stopped);
    station.silence(false);
    await page.locator('.header[data-station="ok"]').waitFor({ timeout: 15_000 });
    await expect.poll(() => clock.innerText(), soon).not.toBe(stopped);
  });

  it('does not leave its token in the address', async () => {
    const { page } = await open();
    expect(page.url()).not.toContain('token');
    await page.reload();
    await page.locator('[data-screen="room"]').waitFor();
  });
});

describe('the people of a shift', () => {
  it('write a visitor in with the keyboard, and let them go', async () => {
    const { page, station, goTo, key } = await open();
    await goTo('visitors');
    await page.locator('[name="name"]').fill('刘师傅');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1-2-301');
    await page.keyboard.press('Tab');
    await page.keyboard.type('湘d12345');
    await key('Enter');
    const visit = page.locator('[data-visit]', { hasText: '刘师傅' });
    await visit.waitFor();
    expect(station.commands).toMatchObject([
      { type: 'registerVisit', kind: 'family', name: '刘师傅', visiting: '1-2-301', plate: '湘D12345', phone: null },
    ]);
    expect(await visit.innerText()).toContain('湘D·12345');
    await pressOn(visit.locator('[data-action="visitorLeft"]'));
    await page.locator('[data-visit][data-state="left"]', { hasText: '刘师傅' }).waitFor();
  });

  it('take over after having looked at each open thing', async () => {
    const { page, station, goTo } = await open(usual, { signedInAs: 'p-wang' });
    station.press();
    await goTo('takeover');
    await pressOn(page.locator('[data-action="beginTakeover"]'));
    await page.locator('[data-open-item]').first().waitFor();
    expect(await page.locator('[data-responsible]').getAttribute('data-responsible')).toBe('p-li');
    const accept = page.locator('[data-action="acceptTakeover"]');
    expect(await accept.getAttribute('aria-disabled')).toBe('true');
    const items = page.locator('[data-open-item][data-seen="false"] [data-action="seenItem"]');
    await pressEach(items);
    await pressOn(accept);
    await page.locator('[data-responsible="p-wang"]').waitFor();
  });

  it('sign in by name and PIN; a wrong one is said in words', async () => {
    const { page, goTo, key } = await open(usual, { signedInAs: null });
    await page.locator('[data-screen="signIn"]').waitFor();
    await pressOn(page.locator('[data-answer="p-zhang"]'));
    expect(await page.locator('[data-demo-pin]').innerText()).toContain('2580');
    await page.keyboard.type('0000');
    await key('Enter');
    await page.locator('[data-refusal="wrongPin"]').waitFor();
    for (const digit of ['2', '5', '8', '0']) await pressOn(page.locator(`[data-action="pin-${digit}"]`));
    await pressOn(page.locator('[data-action="signInEnter"]'));
    await page.locator('[data-screen="room"]').waitFor();
    await goTo('roster');
    expect(await page.locator('[data-action="addRosterEntry"]').getAttribute('aria-disabled')).toBeNull();
  });

  it('are told why they may not, and who may', async () => {
    const { page, goTo } = await open();
    await goTo('roster');
    expect(await page.locator('[data-action="addRosterEntry"]').innerText()).toContain('请管理员张建国来做');
    await page.locator('[data-action="addRosterEntry"]').click({ force: true });
    expect(await page.locator('form').count()).toBe(0);
  });

  it('write notes that stand in the log; a manager remarks on a line', async () => {
    const { page, goTo, key } = await open(usual, { signedInAs: 'p-zhang' });
    await key('n');
    await page.locator('[name="noteText"]').fill('=楼道灯坏了');
    await pressOn(page.locator('[data-action="addNote"]'));
    await goTo('log');
    const line = page.locator('[data-log-type="v1.NoteAdded"]', { hasText: '=楼道灯坏了' });
    await pressOn(line.locator('[data-action="writeManagerNote"]'));
    await page.locator('[name="managerNote"]').fill('已报修');
    await key('Enter');
    await expect.poll(() => line.innerText(), soon).toContain('已报修');
    await pressOn(page.locator('[data-action="log-gate"]'));
    await expect.poll(() => page.locator('[data-log-type="v1.NoteAdded"]').count(), soon).toBe(0);
    await pressOn(page.locator('[data-action="log-duty"]'));
    const download = page.waitForEvent('download');
    await pressOn(page.locator('[data-action="exportLog"]'));
    expect((await download).suggestedFilename()).toMatch(/^值班记录_龙湾小区(?:_\d{4}-\d\d-\d\d){1,2}\.csv$/);
  });
});

describe('an empty folder', () => {
  it('opens the demo, plainly marked', async () => {
    const { page } = await open(usual, { empty: true });
    await pressOn(page.locator('[data-action="startDemo"]'));
    await page.locator('[data-screen="signIn"] [data-answer="p-li"]').waitFor();
    expect(await page.locator('.demo-mark').innerText()).toBe('演示小区');
  });

  it('sets up one’s own: the recovery code must be written down, every device may be skipped', async () => {
    const { page, station } = await open(usual, { empty: true });
    await pressOn(page.locator('[data-action="setUpOwn"]'));
    for (const [name, value] of [
      ['community', '龙湾小区'],
      ['managerName', '张建国'],
      ['pin', '1234'],
      ['pinAgain', '1234'],
    ] as const)
      await page.locator(`[name="${name}"]`).fill(value);
    expect(await page.locator('[data-action="establishCommunity"]').innerText()).toContain('太好猜');
    for (const name of ['pin', 'pinAgain']) await page.locator(`[name="${name}"]`).fill('2580');
    await pressOn(page.locator('[data-action="establishCommunity"]'));
    const code = page.locator('[data-recovery-code]');
    await code.waitFor();
    await page.locator('[data-action="recoveryWritten"]').click({ force: true });
    expect(await code.count()).toBe(1);
    await page.locator('[name="written"]').check();
    await pressOn(page.locator('[data-action="recoveryWritten"]'));
    for (const step of ['camera', 'gate', 'helpPoint']) {
      await page.locator(`[data-setup-step="${step}"]`).waitFor();
      await pressOn(page.locator('[data-action="cancel"]'));
    }
    await pressOn(page.locator('[data-action="setupDone"]'));
    await page.locator('[data-screen="room"]').waitFor();
    expect(station.commands.map((command) => command.type)).toEqual(['establishCommunity']);
  });
});

describe('the look', () => {
  it('changes language, print and theme at once and keeps them', async () => {
    const { page, key } = await open();
    await key('?');
    await key('e');
    await expect.poll(() => page.locator('[data-action="gate"]').innerText(), soon).toContain('Gate');
    await key('+');
    await key('d');
    const root = page.locator('html');
    expect([
      await root.getAttribute('data-print'),
      await root.getAttribute('data-theme'),
      await root.getAttribute('lang'),
    ]).toEqual(['large', 'light', 'en']);
    expect(await page.title()).toContain('Guardroom');
  });

  it('leaves the keys alone while somebody types, and when letters are switched off', async () => {
    const { page, goTo, key } = await open();
    await goTo('visitors');
    await page.locator('[name="name"]').pressSequentially('glv');
    expect(await page.locator('[name="name"]').inputValue()).toBe('glv');
    await pressOn(page.locator('h2').first());
    await expect.poll(() => key('?').then(() => page.locator('[data-dialog="help"]').count()), soon).toBe(1);
    await page.locator('[data-dialog="help"] input[type="checkbox"]').uncheck();
    await key('Escape');
    await key('g');
    await page.locator('[data-screen="visitors"]').waitFor();
    expect(await page.locator('[data-screen="gate"]').count()).toBe(0);
  });

  it('enlarges a picture with Enter and comes back with Escape', async () => {
    const { page } = await open();
    await page.locator('[data-tile="cam-5"]').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-tile]').count(), soon).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-tile]').count(), soon).toBe(16);
  });
});
