/**
 * A press meant for the screen before never counts on the one after. A hand or a key that is already on its way when the screen changes
 * presses something else than its owner saw: for a while after a change was painted, what changed takes no press. What did not change is
 * never slowed. See `docs/decisions/0015-presses-after-a-change.md`.
 */
import { PRESS_HOLD_MS } from '../seat/press-hold.ts';
import { pressables, watchHand, type Listen } from './press-hand.ts';

/** The second of two taps counts from here on after the button asked for it; milliseconds. */
const SECOND_TAP_MS = 600;
/** A button that moved less than this is where it was; pixels. */
const STILL_PX = 8;
/** A press without a hand or a key before it (a screen reader's) counts at its own time; milliseconds. */
const LONGEST_PRESS_MS = 2000;

const headings = 'h1, h2, h3, h4';
/** What a part of the screen is about: a button in it means something else once this is another one. */
const subjects = [
  'screen',
  'dialog',
  'form',
  'setupStep',
  'incident',
  'step',
  'resolve',
  'alarm',
  'alarmCard',
  'barrier',
  'visit',
  'contact',
  'openItem',
  'rosterEntry',
  'logSeq',
] as const;

const words = (element: Element): string => (element.textContent ?? '').replaceAll(/\d+/g, '#').trim();

/** What pressing this element would mean to somebody who sees it. Reasons and hints on it, running figures and busy looks are no part of that. */
const meaningOf = (element: HTMLElement): string => {
  const { action, answer, press, choice, tile } = element.dataset;
  const label = words(element.querySelector('.button-label') ?? element);
  const about: string[] = [];
  let heading: string | null = null;
  for (let part = element.parentElement; part !== null; part = part.parentElement) {
    for (const subject of subjects) about.push(part.dataset[subject] ?? '');
    heading ??= part.querySelector(headings)?.textContent ?? null;
  }
  return [action, answer, press, choice, tile, label, heading, ...about].join('\n');
};

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const moved = (a: Box, b: Box): boolean =>
  (['left', 'top', 'right', 'bottom'] as const).some((edge) => Math.abs(a[edge] - b[edge]) > STILL_PX);

interface Known {
  readonly meaning: string;
  readonly box: Box;
  /** Painted first with this meaning, and in this place; `Infinity`: not yet. */
  readonly meantAt: number;
  readonly movedAt: number;
  /** How long it takes no press after that, by what the seat was set to then; milliseconds. */
  readonly heldMs: number;
}

/** Calls back once the frame that is being made has been painted, with the time on the events' clock. */
const afterPaint = (then: (nowMs: number) => void): void => {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', (event) => {
    port1.close();
    then(event.timeStamp);
  });
  port1.start();
  port2.postMessage(null);
};

/** The element carries `data-fresh` while no press counts on it, so that neither a pointer nor a look of readiness reaches it. */
const FRESH = 'freshSince';

/**
 * Watches the page from now on. `holdMs` is asked at each change. Times are those of the browser's events, so that a press counts by when the
 * hand came down, however busy the page was. Returns the way to stop.
 */
export const guardPresses = (page: Document, holdMs: () => number): (() => void) => {
  const stopping = new AbortController();
  let known = new Map<HTMLElement, Known>();
  /** Something on the page changed, and nobody has looked yet what; what was found has not been painted. */
  let unseen = true;
  let unpainted = false;
  let scrolled = false;
  let planned = false;
  let release: ReturnType<typeof setTimeout> | undefined;

  const heldFor = (element: HTMLElement): number => {
    const hold = holdMs();
    return element.dataset['armed'] !== undefined && hold <= PRESS_HOLD_MS ? SECOND_TAP_MS : hold;
  };
  const openAt = (entry: Known, by: 'pointer' | 'key'): number =>
    (by === 'key' ? entry.meantAt : Math.max(entry.meantAt, entry.movedAt)) + entry.heldMs;

  /** Shows on each element whether it takes a press, and looks again when the next one will. */
  const show = (nowMs: number): void => {
    clearTimeout(release);
    let next = Infinity;
    for (const [element, entry] of known) {
      const opens = openAt(entry, 'pointer');
      if (opens <= nowMs) {
        delete element.dataset[FRESH];
        continue;
      }
      const since = opens - entry.heldMs;
      element.dataset[FRESH] = since === Infinity ? '' : since.toFixed(1);
      if (opens !== Infinity) next = Math.min(next, opens);
    }
    if (next !== Infinity) release = setTimeout(() => afterPaint(show), Math.max(0, next - nowMs));
  };

  /** Compares what can be pressed now with what could be before. */
  const survey = (): void => {
    const ownScroll = scrolled;
    unseen = false;
    scrolled = false;
    const before = known;
    known = new Map();
    const reach = page.querySelector('dialog[open]') ?? page;
    for (const element of reach.querySelectorAll<HTMLElement>(pressables)) {
      const meaning = meaningOf(element);
      const box = element.getBoundingClientRect();
      const was = before.get(element);
      const sameMeaning = was?.meaning === meaning;
      const sameBox = was !== undefined && (ownScroll || !moved(was.box, box));
      unpainted ||= !sameMeaning || !sameBox;
      known.set(element, {
        meaning,
        // A box that creeps is measured against where it stood when it last counted as moved.
        box: was !== undefined && sameBox && !ownScroll ? was.box : box,
        meantAt: sameMeaning ? was.meantAt : Infinity,
        movedAt: sameBox ? was.movedAt : Infinity,
        heldMs: sameMeaning && sameBox ? was.heldMs : heldFor(element),
      });
    }
  };

  const painted = (nowMs: number): void => {
    for (const [element, entry] of known) {
      const meantAt = entry.meantAt === Infinity ? nowMs : entry.meantAt;
      const movedAt = entry.movedAt === Infinity ? nowMs : entry.movedAt;
      if (meantAt !== entry.meantAt || movedAt !== entry.movedAt) known.set(element, { ...entry, meantAt, movedAt });
    }
    show(nowMs);
  };

  const look = (): void => {
    planned = false;
    if (unseen || scrolled) survey();
    if (!unpainted) return;
    unpainted = false;
    show(-Infinity);
    afterPaint(painted);
  };
  const plan = (): void => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(look);
  };
  const changes = new MutationObserver((records) => {
    if (records.every(({ attributeName }) => attributeName === 'data-fresh-since')) return;
    unseen = true;
    plan();
  });

  /** Ignores a press on what changed after the hand came down, or too shortly before. */
  const judge = (event: Event): void => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(pressables) : null;
    if (element === null) return;
    // What came since the last frame has not been painted: nobody can have meant it.
    if (unseen) survey();
    if (unpainted) plan();
    const entry = known.get(element);
    const { by, downAt } = hand();
    const at = event.timeStamp - downAt > LONGEST_PRESS_MS ? event.timeStamp : downAt;
    if (entry !== undefined && openAt(entry, by) <= at) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const listen: Listen = (type, listener) =>
    globalThis.addEventListener(type, listener, { capture: true, signal: stopping.signal });
  listen('click', judge);
  listen('dblclick', judge);
  const hand = watchHand(listen, (own) => {
    if (own) scrolled = true;
    else unseen = true;
    plan();
  });
  listen('resize', () => {
    unseen = true;
    plan();
  });
  changes.observe(page.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  plan();
  return () => {
    stopping.abort();
    changes.disconnect();
    clearTimeout(release);
  };
};
