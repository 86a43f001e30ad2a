/**
 * The story of the product, as a newcomer lives it: cameras move, a help button is pressed, the volunteer is led through it, the gate opens for the
 * ambulance with a reason, a visitor is written down, the next volunteer takes over, and the log tells it all.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { openDemoRoom, type DemoRoom, type Language } from '../support/demo-room.ts';
import { pressEach, settled } from '../support/presses.ts';

let room: DemoRoom | null = null;
afterEach(async () => {
  await room?.close();
  room = null;
});

const LIVE_MS = 30_000;
const SOON_MS = 10_000;

/** Words that must be on screen, by language: a catalogue that lost its way would show its keys. */
const words: Readonly<
  Record<Language, { readonly help: RegExp; readonly ambulance: RegExp; readonly foreign: RegExp }>
> = {
  'zh-CN': { help: /求助/, ambulance: /救护车/, foreign: /\b(Gate|Alarm|Visitor|Camera)\b/ },
  en: { help: /help/i, ambulance: /ambulance/i, foreign: /\p{Script=Han}{2,}/u },
};

const liveTiles = ({ page }: DemoRoom) => page.locator('[data-tile][data-state="live"]').count();

/** The cameras move, and the volunteer of the hour is responsible. */
const seeTheRoom = async (open: DemoRoom): Promise<void> => {
  const { page } = open;
  await page.locator('[data-screen="room"]').waitFor({ timeout: SOON_MS });
  await expect.poll(() => liveTiles(open), { timeout: LIVE_MS }).toBe(16);
  const frames = () =>
    page.locator('[data-tile]').evaluateAll((tiles) => tiles.map((tile) => Number(tile.getAttribute('data-frames'))));
  const before = await frames();
  await expect
    .poll(async () => (await frames()).every((count, index) => count > (before[index] ?? 0) + 5), { timeout: SOON_MS })
    .toBe(true);
  expect(await page.locator('[data-responsible]').first().getAttribute('data-responsible')).toMatch(/^volunteer-/);
};

const answer = async ({ page, press }: DemoRoom, step: string, given: string): Promise<void> => {
  await page.locator(`[data-step="${step}"]`).waitFor({ timeout: SOON_MS });
  await press('answerStep', given);
};

/** From the pressed button to the arrival of the ambulance. */
const goThroughTheHelpCall = async (open: DemoRoom, lang: Language): Promise<void> => {
  const { page, press, cause } = open;
  await cause('press', { residence: '3-1-502' });
  const incident = page.locator('[data-incident]').first();
  await incident.waitFor({ timeout: SOON_MS });
  const said = await page.locator('body').innerText();
  expect(said).toContain('3-1-502');
  expect(said).toMatch(words[lang].help);
  await expect
    .poll(() => page.locator('[data-alarmed] [data-tile="camera-07"], [data-tile="camera-07"][data-alarmed]').count(), {
      timeout: SOON_MS,
    })
    .toBeGreaterThan(0);
  await press('claimIncident');
  await answer(open, 'reach', 'answered');
  await answer(open, 'needAmbulance', 'yes');
  await answer(open, 'call120', 'called');
  await page.locator('[data-step="openGate"]').waitFor({ timeout: SOON_MS });
  expect(await page.locator('[data-step="openGate"] [data-barrier]').first().getAttribute('data-position')).toBe(
    'closed',
  );
  await press('openBarrier', 'ambulance');
  await press('openBarrier', 'ambulance');
  // "Open" is said when the limit switch was seen, and not when the command was accepted.
  await expect
    .poll(() => page.locator('[data-step="openGate"] [data-barrier]').first().getAttribute('data-position'), {
      timeout: SOON_MS,
    })
    .toBe('open');
  await answer(open, 'openGate', 'opened');
  await answer(open, 'sendSomebody', 'onTheWay');
  await answer(open, 'seen', 'seenNeedsCare');
  await answer(open, 'withPerson', 'ambulance');
  await answer(open, 'closeGate', 'notNeeded');
  await press('resolveIncident', 'handedToAmbulance');
  await expect.poll(() => page.locator('[data-step]').count(), { timeout: SOON_MS }).toBe(0);
};

const closeTheGate = async ({ page, press }: DemoRoom): Promise<void> => {
  await press('gate');
  await page.locator('[data-screen="gate"]').waitFor();
  // Twice: the second tap says what it will do.
  await press('closeBarrier');
  await press('closeBarrier');
  const card = page.locator('[data-screen="gate"] [data-barrier]').first();
  await expect
    .poll(
      async () => {
        if ((await card.getAttribute('data-command-state')) !== 'confirmed') return 'under way';
        return card.getAttribute('data-position');
      },
      { timeout: SOON_MS },
    )
    .toBe('closed');
};

const writeDownAVisitor = async ({ page, press }: DemoRoom): Promise<void> => {
  await press('visitors');
  await page.locator('[data-screen="visitors"]').waitFor();
  await page.locator('input[name="name"]').fill('3-1-502 访客');
  await page.locator('input[name="visiting"]').fill('3-1-502');
  await press('registerVisit');
  await page.locator('[data-visit]').first().waitFor({ timeout: SOON_MS });
  expect(await page.locator('[data-visit]').first().innerText()).toContain('3-1-502');
};

/** Somebody else than whoever is on duty signs in, looks at what is open, and accepts. */
const takeOver = async ({ page, press }: DemoRoom): Promise<void> => {
  const outgoing = await page.locator('[data-responsible]').first().getAttribute('data-responsible');
  const [incoming, pin] = outgoing === 'volunteer-zhang' ? ['volunteer-li', '2580'] : ['volunteer-zhang', '2580'];
  await press('signIn');
  await page.locator('[data-screen="signIn"]').waitFor();
  await press('chooseName', incoming);
  await page.keyboard.type(pin);
  await settled(page);
  await page.keyboard.press('Enter');
  await page.locator('[data-screen="room"]').waitFor({ timeout: SOON_MS });
  await press('takeover');
  await page.locator('[data-screen="takeover"]').waitFor();
  await press('beginTakeover');
  await page.locator('button[data-action="acceptTakeover"]').waitFor({ timeout: SOON_MS });
  const items = page.locator('[data-open-item][data-seen="false"] button[data-action="seenItem"]');
  await pressEach(items);
  await press('acceptTakeover');
  await expect
    .poll(() => page.locator('[data-responsible]').first().getAttribute('data-responsible'), { timeout: SOON_MS })
    .toBe(incoming);
  await page.locator('[data-screen="room"]').waitFor({ timeout: SOON_MS });
};

const told = [
  'v1.AlarmRaised',
  'v1.IncidentOpened',
  'v1.IncidentClaimed',
  'v1.StepAnswered',
  'v1.BarrierCommanded',
  'v1.BarrierMotionAccepted',
  'v1.BarrierMotionConfirmed',
  'v1.IncidentResolved',
  'v1.AlarmAcknowledged',
  'v1.VisitorRegistered',
  'v1.TakeoverBegun',
  'v1.ShiftTakenOver',
] as const;

/** The log has every chapter, as sentences. */
const readTheLog = async ({ page, press }: DemoRoom, lang: Language): Promise<void> => {
  await press('log');
  await page.locator('[data-screen="log"]').waitFor();
  await page.locator('[data-log-type="v1.ShiftTakenOver"]').first().waitFor({ timeout: SOON_MS });
  // What was written with one stroke stands folded under its first line.
  const folded = page.locator('[data-action="logShowSame"][aria-expanded="false"]');
  await pressEach(folded);
  for (const type of told) expect(await page.locator(`[data-log-type="${type}"]`).count(), type).toBeGreaterThan(0);
  const story = await page.locator('[data-log-seq]').allInnerTexts();
  expect(story.join('\n')).toMatch(words[lang].ambulance);
  expect(story.join('\n')).not.toMatch(/v1\.|undefined|\{\{|\[object/);
};

describe.each(['zh-CN', 'en'] as const)('the story (%s)', (lang) => {
  it('is lived from the first alarm to the log', async () => {
    room = await openDemoRoom({ lang });
    await seeTheRoom(room);
    const said = await room.page.locator('body').innerText();
    // The one foreign word is the button that changes the language.
    expect(said.replace(lang === 'en' ? '中文' : 'English', '')).not.toMatch(words[lang].foreign);
    expect(await room.violations()).toEqual([]);
    await goThroughTheHelpCall(room, lang);
    await closeTheGate(room);
    await writeDownAVisitor(room);
    await takeOver(room);
    await readTheLog(room, lang);
    expect(room.errors).toEqual([]);
  });
});
