/** From an alarm on the wire to painted pixels, 16 tiles playing, against a bare WebSocket message to a painted frame in the same page. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import { WebSocketServer } from 'ws';
import { openDemoRoom, type DemoRoom } from '../support/demo-room.ts';
import { demoCommunity } from '../../resources/demo/community/community.ts';
import { connectSeat } from '../support/seat-client.ts';
import { connectSia } from '../support/sia-client.ts';
import { percentile, print, progress } from './bench.ts';

const SAMPLES = 30;
const BETWEEN_MS = 400;
const LIVE_MS = 60_000;

/** Now, on the scale that pages use too: UTC milliseconds with fraction. */
const now = (): number => performance.timeOrigin + performance.now();

/**
 * Puts a probe into the page: each alarm card that appears, and each bare message, is stamped when the frame that shows it has been drawn. The stamp is
 * taken in a task behind the animation frame, that is, after layout and paint of that frame were handed on.
 */
const installProbe = (page: Page, port: number): Promise<void> =>
  page.evaluate(async (barePort) => {
    const painted: Record<string, number> = {};
    Object.assign(globalThis, { painted });
    const stamp = (name: string): void => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.addEventListener('message', () => {
          painted[name] = performance.timeOrigin + performance.now();
        });
        channel.port1.start();
        channel.port2.postMessage(null);
      });
    };
    const known = new Set<string>();
    new MutationObserver(() => {
      for (const element of document.querySelectorAll('[data-alarm]')) {
        const id = element.getAttribute('data-alarm') ?? '';
        if (known.has(id)) continue;
        known.add(id);
        stamp(`alarm ${known.size}`);
      }
    }).observe(document.body, { childList: true, subtree: true });
    const spot = document.createElement('output');
    document.body.append(spot);
    // A path that the page's policy allows: another one would never open.
    const socket = new WebSocket(`ws://127.0.0.1:${barePort}/video`);
    socket.addEventListener('message', (event) => {
      spot.textContent = String(event.data);
      stamp(`bare ${String(event.data)}`);
    });
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('the bare WebSocket did not open')), { once: true });
    });
  }, port);

const paintedAt = async (page: Page, name: string): Promise<number> => {
  const handle = await page.waitForFunction(
    (wanted) => (globalThis as { painted?: Record<string, number> }).painted?.[wanted],
    name,
    { timeout: 10_000 },
  );
  return Number(await handle.jsonValue());
};

/** Help buttons of its own, zones 101 and on: an alarm that is open already would only be counted up. */
const addHelpPoints = async ({ station }: DemoRoom, account: string): Promise<void> => {
  const manager = demoCommunity.people.find(({ role }) => role === 'manager');
  if (manager === undefined) throw new Error('the demo has no manager');
  const seat = await connectSeat({ port: station.address.port, token: station.token });
  await seat.signIn(manager.id, manager.pin);
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    const answer = await seat.command('addHelpPoint', {
      helpPointId: `bench-${sample}`,
      place: `9-9-${100 + sample}`,
      residentName: null,
      phone: null,
      family: null,
      keyHolder: null,
      account,
      zone: String(100 + sample),
      supervisionMs: 3_600_000,
      cameraIds: [],
    });
    if (!answer.ok) throw new Error(`a help button was not taken: ${JSON.stringify(answer)}`);
  }
  seat.terminate();
};

const measure = async (room: DemoRoom, bare: WebSocketServer): Promise<{ alarms: number[]; messages: number[] }> => {
  const { page, station } = room;
  const account = demoCommunity.helpPoints[0]?.account ?? '';
  await addHelpPoints(room, account);
  const panel = await connectSia(station.address.panelPort);
  const alarms: number[] = [];
  const messages: number[] = [];
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    await wait(BETWEEN_MS);
    const sentBare = now();
    for (const client of bare.clients) client.send(String(sample));
    messages.push((await paintedAt(page, `bare ${sample}`)) - sentBare);
    await wait(BETWEEN_MS);
    const sentAlarm = now();
    const answer = await panel.send(
      `"SIA-DCS"${String(sample).padStart(4, '0')}L0#${account}[#${account}|Nri1/QA${100 + sample}]`,
    );
    if (!answer.startsWith('"ACK"')) throw new Error(`the station did not take the alarm: ${answer}`);
    alarms.push((await paintedAt(page, `alarm ${sample}`)) - sentAlarm);
  }
  panel.close();
  return { alarms, messages };
};

/** Prints the delay of an alarm, and of a bare message, until painted. */
export const benchAlarm = async (): Promise<void> => {
  const bare = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const room = await openDemoRoom({ lang: 'zh-CN' });
  try {
    progress('alarm: waiting for sixteen live tiles');
    await room.page.waitForFunction(
      () => document.querySelectorAll('[data-tile][data-state="live"]').length === 16,
      null,
      { timeout: LIVE_MS },
    );
    const address = bare.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    await installProbe(room.page, address.port);
    progress(`alarm: ${SAMPLES} alarms and as many bare messages in turn`);
    const { alarms, messages } = await measure(room, bare);
    for (const [share, name] of [
      [0.5, 'p50'],
      [0.95, 'p95'],
    ] as const) {
      const alarm = percentile(alarms, share);
      const message = percentile(messages, share);
      print({
        name: `alarm on the wire to painted, 16 tiles playing, ${name}`,
        value: alarm,
        unit: 'ms',
        ratio: alarm / message,
        against: `a bare WebSocket message to a painted frame in the same page (${message.toFixed(1)} ms)`,
        aim: '<= 3',
      });
    }
  } finally {
    await room.close();
    bare.close();
  }
};
