/**
 * The Chinese font in its hundred pieces, each fetched when one of its characters is on screen. Registered here and not by the package's
 * stylesheet: a bundler would put the smallest pieces into the sheet as `data:` addresses, which the page's policy does not let in.
 */
import ranges from '@fontsource-variable/noto-sans-sc/unicode.json';

const files = import.meta.glob<string>('../../node_modules/@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2', {
  eager: true,
  import: 'default',
  query: '?url&no-inline',
});

const fileOf = (piece: string): string | undefined => {
  const end = `/noto-sans-sc-${piece.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`;
  return Object.entries(files).find(([path]) => path.endsWith(end))?.[1];
};

/** Makes the font known to the page; nothing is fetched yet. */
export const registerFonts = (): void => {
  for (const [piece, unicodeRange] of Object.entries(ranges)) {
    const file = fileOf(piece);
    if (file === undefined) continue;
    document.fonts.add(new FontFace('Noto Sans SC Variable', `url(${JSON.stringify(file)}) format('woff2')`, { weight: '100 900', display: 'swap', unicodeRange }));
  }
};
