/** Signs of a code. Twelve: eight can be met by trial on one computer in an afternoon, more are too many to write at four in the morning. */
const SIGNS = 12;
const GROUP = 4;

/** The beginning of an entry's hash as people write it on paper: `3F2A 91C0 77B4`. All entries before it are in it. */
export const shortCode = (hash: string): string =>
  (
    hash
      .slice(0, SIGNS)
      .toUpperCase()
      .match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []
  ).join(' ');
