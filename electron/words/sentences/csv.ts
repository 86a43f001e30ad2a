/**
 * A cell that a spreadsheet would run as a formula is made text by an apostrophe (OWASP, CSV injection): also behind blanks, invisible
 * characters and apostrophes, which some programs drop, and with the wide signs of East Asian input, which some take for the narrow ones.
 */
const formula = /^[\s\p{Z}\p{C}\p{M}'"]*[=+\-@|\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}\u{2212}]/u;
const harmless = (cell: string): string => (formula.test(cell) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => `"${harmless(cell).replaceAll('"', '""')}"`;

/** The mark in front of a file that makes spreadsheets read it as UTF-8. */
export const CSV_MARK = '\uFEFF';

/** Rows of a table as RFC 4180 has them. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
