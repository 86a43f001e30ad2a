/**
 * Draws the captions that cameras write into their pictures: white letters with a dark edge on nothing, in the seat's own typeface
 * (Noto Sans SC, from the package that the page takes it from). A browser does it, so that both languages are set alike.
 */
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../../tests/support/chromium.ts';
import { type BilingualText, type DemoLanguage, inLanguage } from '../community/community.ts';

/** Pixels of a picture of 1280x720: the strip along its upper edge, and the letters in it, which are read in a tile a quarter as wide. */
export const captionStrip = { width: 1280, height: 80 } as const;
const letters = { size: 44, left: 24, baseline: 56, edge: 6 } as const;

const typeface = 'Noto Sans SC Variable';
const packaged = '@fontsource-variable/noto-sans-sc';
/** No such host is asked: every request is answered from the package. */
const origin = 'http://captions.invalid';

export interface CaptionDrawer {
  /** The strip as a PNG with transparency. */
  draw(caption: BilingualText, language: DemoLanguage): Promise<Buffer>;
  close(): Promise<void>;
}

/** Rejects where there is no Chromium, `draw` where the typeface is not installed. */
export const createCaptionDrawer = async (): Promise<CaptionDrawer> => {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: captionStrip, deviceScaleFactor: 1 });
  let shown = '';
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: shown });
    return route.fulfill({ path: fileURLToPath(import.meta.resolve(packaged + pathname)) });
  });
  return {
    draw: async (caption, language) => {
      const text = inLanguage(caption, language);
      const font = `600 ${letters.size}px '${typeface}'`;
      shown = `<!doctype html><html lang="${language}"><link rel="stylesheet" href="/index.css"><body style="margin:0">
        <svg width="${captionStrip.width}" height="${captionStrip.height}" style="display:block">
        <text x="${letters.left}" y="${letters.baseline}" fill="#f0f0f0" stroke="#0c0c0c" stroke-width="${letters.edge}"
          stroke-linejoin="round" paint-order="stroke" style="font:${font};white-space:pre">${text}</text></svg>`;
      await page.goto(`${origin}/`);
      const faces = await page.evaluate<number>(
        `document.fonts.load(${JSON.stringify(font)}, ${JSON.stringify(text)}).then((faces) => faces.length)`,
      );
      if (faces === 0) throw new Error(`the typeface ${typeface} is not there: npm install`);
      return await page.screenshot({ omitBackground: true });
    },
    close: () => browser.close(),
  };
};
