/** A community that is set up from the box: what the steps say, the way back, and how a gate is wired to its camera. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type Look, type OpenSeat } from './seat-page.ts';

/** Of the camera at the gate, in the seeded community and in one's own. */
const ADDRESS = 'http://192.0.2.1/onvif/device_service';

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

const open = async (...more: [look?: Look, options?: Parameters<typeof openSeat>[2]]) => {
  seat = await openSeat(built, ...more);
  const { page, station } = seat;
  const { onvif } = station.world;
  return {
    ...seat,
    onvif,
    /** The camera at the gate, on the network, with these names. */
    plugIn: (relayTokens: readonly string[], inputTokens: readonly string[]): void =>
      onvif.add(ADDRESS, {
        name: 'gate',
        username: null,
        password: null,
        snapshot: Uint8Array.of(),
        description: {
          manufacturer: 'made',
          model: 'up',
          serial: '1',
          profiles: [],
          leftOut: [],
          snapshotUrl: null,
          relayTokens,
          inputTokens,
          hasEvents: true,
        },
      }),
    press: (action: string): Promise<void> => pressOn(page.locator(`button[data-action="${action}"]`).first()),
    fill: (name: string, value: string): Promise<void> => page.locator(`[name="${name}"]`).fill(value),
    value: (name: string): Promise<string> => page.locator(`[name="${name}"]`).inputValue(),
    at: (step: string): Promise<void> => page.locator(`[data-setup-step="${step}"]`).waitFor(),
    doubt: (name: string): Promise<string | null> => page.locator(`[data-wiring="${name}"]`).getAttribute('data-doubt'),
    says: (name: string): Promise<string> => page.locator(`[data-wiring="${name}"]`).innerText(),
    offered: (name: string): Promise<string[]> =>
      page.locator(`[data-wiring="${name}"] [data-action="takeName"]`).allInnerTexts(),
    wiring: (state: string): Promise<void> => page.locator(`[data-wiring-state="${state}"]`).waitFor(),
    take: (name: string, token: string): Promise<void> =>
      pressOn(page.locator(`[data-wiring="${name}"] [data-answer="${token}"]`)),
  };
};
type Opened = Awaited<ReturnType<typeof open>>;

const small: Look = { ...usual, width: 1366, height: 768 };

/** An empty station, up to the step that adds a camera. */
const begin = async (look: Look = small): Promise<Opened> => {
  const opened = await open(look, { empty: true });
  const { page, press, fill, at } = opened;
  await at('choose');
  await press('setUpOwn');
  await fill('community', '试验小区');
  await fill('managerName', '1-1-101 管理员');
  await fill('pin', '2580');
  await fill('pinAgain', '2580');
  await press('establishCommunity');
  await at('code');
  await page.locator('input[type="checkbox"]').check();
  await press('recoveryWritten');
  await at('camera');
  return opened;
};

const addCamera = async ({ fill, press, at }: Opened, address: string): Promise<void> => {
  await fill('onvifAddress', address);
  await fill('mainUrl', 'rtsp://192.0.2.1/1');
  await fill('name', '北门');
  await fill('place', '北门');
  await press('addCamera');
  await at('gate');
};

describe('the steps', () => {
  it.each([
    ['normal', 480],
    ['large', 600],
  ] as const)(
    'say where more stands below the window, in %s print, and stop saying it at the end',
    async (print, height) => {
      const { page, at, press } = await open({ ...small, print, height }, { empty: true });
      await at('choose');
      await press('setUpOwn');
      await at('establish');
      const more = page.locator('.setup-more');
      await more.waitFor();
      expect(await more.innerText()).toContain('下面还有');
      await page.locator('[data-action="establishCommunity"]').scrollIntoViewIfNeeded();
      await page.mouse.wheel(0, 5000);
      await more.waitFor({ state: 'detached' });
      await page.mouse.wheel(0, -5000);
      await more.waitFor();
    },
  );

  it('have the PIN in sight at once on a small screen', async () => {
    const { page, at, press } = await open(small, { empty: true });
    await at('choose');
    await press('setUpOwn');
    await at('establish');
    const box = await page.locator('[name="pinAgain"]').boundingBox();
    expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThan(768);
  });

  it('that cannot be left out are named before the first one', async () => {
    const { page, at } = await open(small, { empty: true });
    await at('choose');
    expect(await page.locator('main').innerText()).toContain('名字和管理员要填，后面几步都可以先跳过');
  });

  it('write examples under the fields and nothing grey into them', async () => {
    const { page } = await begin();
    expect(await page.locator('[placeholder]').count()).toBe(0);
    expect(await page.locator('[data-form="addCamera"]').innerText()).toContain('例如 rtsp://');
  });

  it('lead back: what was added is changed there, and one more is added', async () => {
    const opened = await begin();
    const { page, station, press, fill, value, at, plugIn, wiring } = opened;
    // Without the device's address a gate cannot be added; the way to it is open.
    await addCamera(opened, '');
    await fill('name', '北门');
    expect(await page.locator('button[data-action="addBarrier"]').innerText()).toContain('摄像头');
    await press('stepBefore');
    await at('camera');
    expect(await value('mainUrl')).toBe('');
    await press('changeAdded');
    await expect.poll(() => value('mainUrl')).toBe('rtsp://192.0.2.1/1');
    plugIn(['RelayOpen', 'RelayClose'], []);
    await fill('onvifAddress', ADDRESS);
    await press('addCamera');
    await at('gate');
    await wiring('named');
    expect(station.facts('v1.CameraAdded')).toHaveLength(1);
    await press('cancel');
    await at('helpPoint');
    await press('stepBefore');
    await at('gate');
  });
});

describe('the wires of a gate', () => {
  const names = [
    ['RelayOpen', 'RelayClose'],
    ['ArmUp', 'ArmDown'],
  ] as const;

  it('are offered in the steps as the camera names them, and nothing is moved by asking', async () => {
    const opened = await begin();
    const { station, onvif, plugIn, wiring, offered, take, value, doubt, press, fill, at } = opened;
    plugIn(...names);
    await addCamera(opened, ADDRESS);
    await wiring('named');
    expect(await offered('openRelay')).toEqual(['RelayOpen', 'RelayClose']);
    expect(await offered('closedInput')).toEqual(['ArmUp', 'ArmDown']);
    await fill('name', '北门');
    await take('openRelay', 'RelayOpen');
    await take('closeRelay', 'RelayClose');
    await take('openInput', 'ArmUp');
    await take('closedInput', 'ArmDown');
    expect(await value('openRelay')).toBe('RelayOpen');
    expect([await doubt('openRelay'), await doubt('closedInput')]).toEqual(['none', 'none']);
    await press('addBarrier');
    await at('helpPoint');
    expect(station.facts('v1.BarrierAdded').at(-1)?.body).toMatchObject({
      openRelay: 'RelayOpen',
      closeRelay: 'RelayClose',
      openInput: 'ArmUp',
      closedInput: 'ArmDown',
    });
    expect(onvif.pulses).toEqual([]);
  });

  it('are doubted in a sentence where the camera names others, and saved all the same', async () => {
    const opened = await begin();
    const { station, plugIn, wiring, doubt, says, press, fill, at } = opened;
    plugIn(...names);
    await addCamera(opened, ADDRESS);
    await wiring('named');
    await fill('name', '北门');
    await fill('openRelay', '1');
    await fill('closeRelay', '2');
    await fill('openInput', '1');
    expect(await says('openRelay')).toContain('没有叫这个名字的输出口');
    expect(await says('openInput')).toContain('叫这个名字的输入口');
    await fill('closeRelay', '1');
    expect(await doubt('closeRelay')).toBe('sameTwice');
    await fill('closeRelay', '2');
    await press('addBarrier');
    await at('helpPoint');
    expect(station.facts('v1.BarrierAdded').at(-1)?.body).toMatchObject({ openRelay: '1', closeRelay: '2' });
  });

  const openGate = async (plugged: boolean): Promise<Opened> => {
    const opened = await open(usual, { signedInAs: 'p-zhang' });
    if (plugged) opened.plugIn(...names);
    await opened.goTo('people');
    await opened.press('show-barriers');
    await opened.press('edit-barriers');
    return opened;
  };

  it('that were saved wrong are doubted when a manager opens the gate', async () => {
    const { wiring, doubt } = await openGate(true);
    await wiring('named');
    expect(await Promise.all(['openRelay', 'closeRelay', 'openInput', 'closedInput'].map(doubt))).toEqual([
      'unknownName',
      'unknownName',
      'unknownName',
      'unknownName',
    ]);
  });

  it('are not doubted while the camera is away, which is said; it is asked again once it is back', async () => {
    const { page, wiring, doubt, offered, press, plugIn } = await openGate(false);
    await wiring('silent');
    expect(await page.locator('[data-wiring-state]').innerText()).toContain('没有问到');
    expect(await doubt('openRelay')).toBe('none');
    expect(await offered('openRelay')).toEqual([]);
    plugIn(...names);
    await press('askWiringAgain');
    await wiring('named');
    expect(await doubt('openRelay')).toBe('unknownName');
  });
});

it('a gate whose controller does not know the output claims nothing of the arm, and says who mends it and where', async () => {
  const { page, station, goTo } = await open();
  station.world.barriers.failWith({ kind: 'unsupported', what: 'relay output of this token' });
  await station.give('p-li', 'openBarrier', { barrierId: 'gate-north', reason: 'ambulance', note: null });
  await goTo('gate');
  const trouble = page.locator('[data-barrier="gate-north"] [data-trouble="failed"]');
  await trouble.waitFor();
  const words = await trouble.innerText();
  expect(words).toMatch(/输出口.*管理员在“人员与设备”里核对/);
  expect(words).toContain('请看画面');
  expect(words).not.toContain('横杆没有动');
});
