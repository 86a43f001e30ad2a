/** Presses with a moment of their own: the browser is told when the hand came down, however busy the machine was when the press was delivered. */
import type { CDPSession, Page } from 'playwright';

/** Milliseconds on the clock of the page's events. */
type AtMs = number;

export interface StampedInput {
  /** The moment at which this element began to mean what it means now; waits until it has been painted. */
  readonly changedAt: (selector: string) => Promise<AtMs>;
  readonly mouse: (selector: string, atMs: AtMs) => Promise<void>;
  readonly touch: (selector: string, atMs: AtMs) => Promise<void>;
  /** `Enter` and `Space` press what has the focus: give it first. */
  readonly key: (key: string, atMs: AtMs) => Promise<void>;
}

const namedKeys: Readonly<Record<string, { readonly code: string; readonly text: string; readonly vk: number }>> = {
  Enter: { code: 'Enter', text: '\r', vk: 13 },
  ' ': { code: 'Space', text: ' ', vk: 32 },
};

export const stampInput = async (page: Page): Promise<StampedInput> => {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const origin = await page.evaluate(() => performance.timeOrigin);
  const stamp = (atMs: AtMs): number => (origin + atMs) / 1000;
  const middle = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    if (box === null) throw new Error(`nothing at ${selector}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  return {
    changedAt: async (selector) => {
      const since = await page.waitForFunction((wanted) => {
        const kept: unknown = Reflect.get(globalThis, 'freshSeen');
        const seen = kept instanceof Map ? Number(kept.get(document.querySelector(wanted))) : Number.NaN;
        return seen > 0 ? seen : null;
      }, selector);
      return Number(await since.jsonValue());
    },
    mouse: async (selector, atMs) => {
      const at = { ...(await middle(selector)), button: 'left', clickCount: 1 } as const;
      await cdp.send('Input.dispatchMouseEvent', {
        ...at,
        type: 'mouseMoved',
        button: 'none',
        timestamp: stamp(atMs - 1),
      });
      await cdp.send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed', timestamp: stamp(atMs) });
      await cdp.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased', timestamp: stamp(atMs + 1) });
    },
    touch: async (selector, atMs) => {
      const touchPoints = [await middle(selector)];
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints, timestamp: stamp(atMs) });
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: stamp(atMs + 1) });
    },
    key: async (key, atMs) => {
      const { code, text, vk } = namedKeys[key] ?? { code: key, text: key, vk: key.toUpperCase().charCodeAt(0) };
      const event = { key, code, windowsVirtualKeyCode: vk };
      await cdp.send('Input.dispatchKeyEvent', { ...event, type: 'keyDown', text, timestamp: stamp(atMs) });
      await cdp.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp', timestamp: stamp(atMs + 1) });
    },
  };
};

/** Remembers for each element when it was last marked as changed: to be run in the page before its own scripts. */
export const rememberChanges = (): void => {
  const seen = new Map<Element, number>();
  Reflect.set(globalThis, 'freshSeen', seen);
  new MutationObserver((records) => {
    for (const { target } of records) {
      const since = target instanceof HTMLElement ? target.dataset['freshSince'] : undefined;
      if (target instanceof Element && since !== undefined && since !== '') seen.set(target, Number(since));
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-fresh-since'] });
};
