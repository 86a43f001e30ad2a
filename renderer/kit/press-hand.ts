/** When the hand and the key came down last, and whether what scrolls is moved by the person. Times are those of the browser's events. */

/** Scrolling within this time of wheel, finger or key is the person's own, and so is what follows without a pause of `COASTING_MS`. */
const SCROLLING_MS = 400;
const COASTING_MS = 150;

/** A box with its words is one thing to press: a press on the words becomes one on the box, and both count or neither. */
export const pressables =
  'button, a[href], summary, input:is([type="checkbox"], [type="radio"]):not(label *), label:has(input:is([type="checkbox"], [type="radio"])), [data-tile]';

export type Listen = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) => void;

/** What came down last, and when. */
export interface Hand {
  readonly by: 'pointer' | 'key';
  readonly downAt: number;
}

/** Listens from now on. `onScroll` is told of each scrolling whether it is the person's own. Returns what came down last. */
export const watchHand = (listen: Listen, onScroll: (own: boolean) => void): (() => Hand) => {
  let pointerAt = -Infinity;
  let pointerDown = false;
  let keyAt = -Infinity;
  let scrollMeantAt = -Infinity;
  let ownScrollAt = -Infinity;
  listen('pointerdown', (event) => {
    pointerAt = event.timeStamp;
    pointerDown = true;
  });
  for (const end of ['pointerup', 'pointercancel'] as const)
    listen(end, () => {
      pointerDown = false;
    });
  listen('keydown', (event) => {
    // A key that is held down was pressed once.
    if (!event.repeat) keyAt = event.timeStamp;
    else if (['Enter', ' '].includes(event.key) && event.target instanceof Element && event.target.matches(pressables))
      event.preventDefault();
    if (['Tab', ' ', 'Home', 'End', 'PageUp', 'PageDown'].includes(event.key) || event.key.startsWith('Arrow'))
      scrollMeantAt = event.timeStamp;
  });
  for (const type of ['wheel', 'touchmove'] as const)
    listen(type, (event) => {
      scrollMeantAt = event.timeStamp;
    });
  listen('scroll', ({ timeStamp }) => {
    const own = pointerDown || timeStamp - scrollMeantAt < SCROLLING_MS || timeStamp - ownScrollAt < COASTING_MS;
    if (own) ownScrollAt = timeStamp;
    onScroll(own);
  });
  return () => ({ by: pointerAt >= keyAt ? 'pointer' : 'key', downAt: Math.max(pointerAt, keyAt) });
};
