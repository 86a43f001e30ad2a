/** Who is on duty, who should be, and what passes on with the watch: the header, the roster, the takeover and the sign-in agree. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressEach, pressOn } from '../../support/presses.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type Look, type OpenOptions, type OpenSeat } from './seat-page.ts';

const MINUTE = 60_000;
const soon = { timeout: 20_000 };

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

const open = async (look: Look = usual, options: OpenOptions = {}): Promise<OpenSeat> => {
  seat = await openSeat(built, look, options);
  return seat;
};
const small = { ...usual, width: 1366, height: 768 } as const;
const header = ({ page }: OpenSeat): Promise<string> => page.locator('.responsible').innerText();
const headerHeight = ({ page }: OpenSeat): Promise<number> =>
  page.locator('.header').evaluate((element) => element.getBoundingClientRect().height);
/** The watch of `p-li` ends in a minute, `p-wang` is planned next, and six minutes later has not come. */
const reliefIsLate = async ({ station }: OpenSeat): Promise<void> => {
  const endsMs = station.world.clock.nowMs() + MINUTE;
  const plan = { fromMs: endsMs - 60 * MINUTE, toMs: endsMs };
  await station.give('p-zhang', 'setRosterEntry', { entryId: 'r-1', personId: 'p-li', ...plan });
  const next = { fromMs: endsMs, toMs: endsMs + 120 * MINUTE };
  await station.give('p-zhang', 'setRosterEntry', { entryId: 'r-2', personId: 'p-wang', ...next });
  await station.moveTime(7 * MINUTE);
};
const signIn = async ({ page, key }: OpenSeat, personId: string): Promise<void> => {
  await pressOn(page.locator(`[data-answer="${personId}"]`));
  await page.keyboard.type('2580');
  await key('Enter');
  await page.locator('[data-screen="room"]').waitFor();
};

describe('a relief who does not come', () => {
  it.each([
    { ...small, name: '1366' },
    { ...small, print: 'large' as const, name: '1366, large print' },
    { ...small, lang: 'en' as const, print: 'large' as const, name: '1366, large, English' },
    { ...usual, name: '1920' },
  ])('moves nothing in the header at the stroke of the hour ($name)', async (look) => {
    const opened = await open(look);
    const before = await headerHeight(opened);
    await reliefIsLate(opened);
    await opened.page.locator('.responsible-next [data-late="true"]').waitFor();
    expect(await headerHeight(opened)).toBe(before);
  });

  it('is named with a number to call, and whoever is still there is not sent to take over from themselves', async () => {
    const opened = await open(small);
    const { page, goTo } = opened;
    await reliefIsLate(opened);
    const card = page.locator('[data-alarm-card]');
    await expect.poll(() => card.innerText(), soon).toMatch(/\d\d:\d\d 该来的王师傅没来/);
    expect(await card.innerText()).toContain('李阿姨还在守');
    expect(await card.innerText()).toContain('138 0000 0012');
    expect(await page.locator('[data-action="goTo-takeover"]').count()).toBe(0);
    expect(await header(opened)).toMatch(/李阿姨\s+已过 \d\d:\d\d[\s\S]*王师傅\s+还没来/);
    await pressOn(page.locator('[data-action="callSomebody"]'));
    expect(await page.locator('[data-duty-person="p-wang"]').innerText()).toContain('138 0000 0012');
    await page.keyboard.press('Escape');
    await goTo('roster');
    expect(await page.locator('[data-standing="notCome"]').innerText()).toContain('王师傅');
    expect(await page.locator('[data-standing="here"]').count()).toBe(0);
  });

  it('who comes after all is said to have come, with nothing left to do', async () => {
    const opened = await open(small, { signedInAs: 'p-wang' });
    const { page, goTo } = opened;
    await reliefIsLate(opened);
    await pressOn(page.locator('[data-action="goTo-takeover"]'));
    await pressOn(page.locator('[data-action="beginTakeover"]'));
    await page.locator('[data-open-item]').first().waitFor();
    const unseen = page.locator('[data-open-item][data-seen="false"] [data-action="seenItem"]');
    await pressEach(unseen);
    await pressOn(page.locator('[data-action="acceptTakeover"]'));
    await page.locator('[data-responsible="p-wang"]').waitFor();
    await goTo('room');
    const row = page.locator('[data-alarm]', { hasText: '王师傅' });
    await expect.poll(() => row.first().innerText(), soon).toContain('王师傅来了');
    expect(await page.locator('[data-action="goTo-takeover"]').count()).toBe(0);
  });
});

describe('a takeover', () => {
  it('begins with what the ones before wrote down, oldest first', async () => {
    const { page, station, goTo } = await open(small, { signedInAs: 'p-wang' });
    await station.give('p-li', 'addNote', { text: '南门路灯不亮，已报物业' });
    await station.give('p-li', 'addNote', { text: '3栋电梯有异响' });
    await goTo('takeover');
    await pressOn(page.locator('[data-action="beginTakeover"]'));
    const notes = page.locator('[data-shift-notes]');
    await expect
      .poll(() => notes.innerText(), soon)
      .toMatch(/南门路灯不亮，已报物业\s*李阿姨 \d\d:\d\d 写的\s*3栋电梯有异响/);
  });

  it('has each open thing once, with how far it is, and keeps what was seen while somebody goes to look', async () => {
    const { page, station, goTo } = await open(small, { signedInAs: 'p-wang' });
    station.press();
    station.armSeen('open');
    await page.locator('[data-action="claimIncident"]').waitFor();
    const incidentId = station.world.journal.rows('incidents')[0]?.key ?? '';
    await station.give('p-li', 'claimIncident', { incidentId });
    await station.give('p-li', 'recordCall', { incidentId, contactId: 'c-1', outcome: 'onTheWay' });
    await goTo('takeover');
    await pressOn(page.locator('[data-action="beginTakeover"]'));
    const items = page.locator('[data-open-item]');
    await items.first().waitFor();
    expect(await items.count()).toBe(3);
    expect(await items.first().innerText()).toMatch(/3栋1单元502[\s\S]*李阿姨在处理[\s\S]*夜间巡逻队/);
    await pressOn(items.first().locator('[data-action="seenItem"]'));
    await pressOn(page.locator('[data-open-item="visits/inside"] [data-action="openItem"]'));
    await page.locator('[data-screen="visitors"]').waitFor();
    await goTo('takeover');
    expect(await page.locator('[data-seen="true"]').count()).toBe(1);
    const unseen = page.locator('[data-seen="false"] [data-action="seenItem"]');
    await pressEach(unseen);
    await pressOn(page.locator('[data-action="acceptTakeover"]'));
    await page.locator('[data-responsible="p-wang"]').waitFor();
    await goTo('takeover');
    await page.locator('[data-yours="3"]').waitFor();
    await pressOn(page.locator('[data-action="changePerson"]'));
    await page.locator('[data-screen="signIn"]').waitFor();
  });

  it('where nobody is on duty speaks of nobody, not of a responsibility that somebody keeps', async () => {
    const { page, station, goTo } = await open(small, { signedInAs: 'p-zhang' });
    await station.give('p-zhang', 'addPerson', {
      personId: 'p-li',
      name: '李阿姨',
      role: 'volunteer',
      pin: null,
      active: false,
    });
    await page.locator('[data-responsible="unstaffed"]').waitFor();
    await goTo('takeover');
    await pressOn(page.locator('[data-action="beginTakeover"]'));
    await expect
      .poll(() => page.locator('[data-action="withdrawTakeover"]').innerText(), soon)
      .toContain('还是没有人值班');
    expect(await page.locator('.hands').innerText()).toMatch(/现在[\s\S]*没有人值班[\s\S]*来值班[\s\S]*张建国/);
  });
});

describe('the roster', () => {
  it('shows the shift of somebody who has left as open, and the header waits for nobody who cannot come', async () => {
    const opened = await open(small, { signedInAs: 'p-zhang' });
    const { page, station, goTo } = opened;
    await station.give('p-zhang', 'addPerson', {
      personId: 'p-wang',
      name: '王师傅',
      role: 'volunteer',
      pin: null,
      active: false,
    });
    await expect.poll(() => header(opened), soon).toContain('06:00 起没有人');
    expect(await header(opened)).not.toContain('王师傅');
    await goTo('roster');
    expect(await page.locator('[data-roster-entry="r-2"][data-standing="open"]').innerText()).toContain('已经离开');
    await pressOn(page.locator('[data-roster-entry="r-2"] [data-action="editRosterEntry"]'));
    expect(await page.locator('[data-action="setRosterEntry"]').getAttribute('aria-disabled')).toBe('true');
    await page.locator('[name="personId"]').selectOption('p-chen');
    await pressOn(page.locator('[data-action="setRosterEntry"]'));
    await page.locator('[data-roster-entry="r-2"][data-standing="toCome"]').waitFor();
    await expect.poll(() => header(opened), soon).toContain('陈门岗');
  });

  it('offers the first gap for the next shift, and the morning after the last night of two weeks', async () => {
    const { page, goTo } = await open(small, { signedInAs: 'p-zhang' });
    await goTo('roster');
    await pressOn(page.locator('[data-action="addRosterEntry"]'));
    expect(await page.locator('[name="fromTime"]').inputValue()).toBe('12:00');
    expect(await page.locator('[name="toTime"]').inputValue()).toBe('16:00');
    expect(await page.locator('[name="to"] option').count()).toBeGreaterThanOrEqual(15);
  });
});

describe('somebody else at the seat of whoever has the watch', () => {
  it('is told that signing in does not take over, and gives the seat back', async () => {
    const { page, goTo, key } = await open(small);
    await goTo('signIn');
    await pressOn(page.locator('[data-answer="p-zhang"]'));
    expect(await page.locator('[data-stays="p-li"]').innerText()).toContain('责任还在李阿姨');
    await page.keyboard.type('2580');
    await key('Enter');
    await page.locator('[data-lent="p-li"]').waitFor();
    expect(await page.locator('[data-responsible]').getAttribute('data-responsible')).toBe('p-li');
    await page.reload();
    await pressOn(page.locator('[data-action="giveBack"]'));
    await expect.poll(() => page.locator('[data-lent]').count(), soon).toBe(0);
    // Without a PIN, and also after the page was loaded again.
    await goTo('signIn');
    await expect.poll(() => page.locator('.signed-in').innerText(), soon).toContain('李阿姨');
    await page.reload();
    await expect.poll(() => page.locator('.signed-in').innerText(), soon).toContain('李阿姨');
  });

  it('may change the own PIN with the old one, and is told that it worked', async () => {
    const { page, goTo, key } = await open(small);
    await goTo('signIn');
    await pressOn(page.locator('[data-action="openChangePin"]'));
    await page.locator('[name="oldPin"]').fill('1111');
    await page.locator('[name="newPin"]').fill('9053');
    await page.locator('[name="newPinAgain"]').fill('9053');
    await pressOn(page.locator('[data-action="changePin"]'));
    await page.locator('[data-refusal="wrongPin"]').waitFor();
    await page.locator('[name="oldPin"]').fill('2580');
    await pressOn(page.locator('[data-action="changePin"]'));
    await page.locator('[data-pin-changed]').waitFor();
    await pressOn(page.locator('[data-action="pinChanged"]'));
    await pressOn(page.locator('[data-action="signOut"]'));
    await pressOn(page.locator('[data-answer="p-li"]'));
    await page.keyboard.type('9053');
    await key('Enter');
    await page.locator('[data-screen="room"]').waitFor();
  });

  it('sees no more of a phone number than they need; a manager sees all of it, and hears that a PIN was set', async () => {
    const volunteer = await open(small);
    await volunteer.goTo('people');
    expect(await volunteer.page.locator('[data-row="p-wang"]').innerText()).toContain('138 **** **12');
    await volunteer.goTo('signIn');
    await signIn(volunteer, 'p-zhang');
    await volunteer.goTo('people');
    expect(await volunteer.page.locator('[data-row="p-wang"]').innerText()).toContain('138 0000 0012');
    await pressOn(volunteer.page.locator('[data-row="p-wang"] [data-action="edit-people"]'));
    await volunteer.page.locator('[name="pin"]').fill('9053');
    await pressOn(volunteer.page.locator('[data-action="addPerson"]'));
    await expect.poll(() => volunteer.page.locator('[data-saved]').innerText(), soon).toContain('新密码已经生效');
  });
});
