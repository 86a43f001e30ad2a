import type { Refusal } from '../kernel/machine.ts';
import { err, ok } from '../kernel/result.ts';
import type { Result } from '../kernel/result.ts';

/**
 * Number plates of the Chinese mainland (GA 36): a province, a letter, and five characters (seven in all), or six for new energy (eight).
 * The letters I and O are not used, since they look like 1 and 0.
 */
const provinces = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新';
const letter = '[A-HJ-NP-Z]';
const sign = '[A-HJ-NP-Z0-9]';

const kinds: readonly RegExp[] = [
  new RegExp(`^[${provinces}]${letter}${sign}{4}[A-HJ-NP-Z0-9警学挂港澳领试超]$`, 'u'),
  // New energy: small ones have the letter first, large ones last.
  new RegExp(`^[${provinces}]${letter}[A-HJK]${sign}\\d{4}$`, 'u'),
  new RegExp(`^[${provinces}]${letter}\\d{5}[A-HJK]$`, 'u'),
  // Embassies, and vehicles of the rescue services.
  /^\d{6}使$/u,
  new RegExp(`^[${provinces}]X${sign}{4}应急$`, 'u'),
];

/** As plates are kept: without separators, full-width and small letters made plain. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s·•・.\-_]/gu, '');

const isPlate = (plate: string): boolean => kinds.some((kind) => kind.test(plate));

/** As plates are shown: 湘D·12345. */
export const plateToText = (plate: string): string => {
  const signs = Array.from(plate);
  return provinces.includes(signs[0] ?? ' ') ? `${signs.slice(0, 2).join('')}·${signs.slice(2).join('')}` : plate;
};

/** Behind the first letter, O is meant as 0 and I as 1. */
const withoutLookalikes = (plate: string): string => {
  const signs = Array.from(plate);
  const serial = signs.slice(2).join('').replaceAll('O', '0').replaceAll('I', '1');
  return signs.slice(0, 2).join('') + serial;
};

/** What may have been meant: the home plate's province or letter put in where it was left out, look-alike letters made figures. */
const suggestion = (plate: string, homePrefix: string | null): string | null => {
  const [province = '', homeLetter = ''] = Array.from(homePrefix ?? '');
  const signs = Array.from(plate);
  const tries = [
    plate,
    `${province}${plate}`,
    /^\d/.test(signs[1] ?? '') ? `${signs[0] ?? ''}${homeLetter}${signs.slice(1).join('')}` : '',
    `${province}${homeLetter}${plate}`,
  ].map(withoutLookalikes);
  const meant = tries.find((candidate) => isPlate(candidate));
  return meant === undefined ? null : plateToText(meant);
};

/**
 * Checks a plate as somebody typed it; the value is the plate as it is kept. Refused with `plateLength` (7 or 8 characters), `plateProvince`
 * (the first is no province) or `plateCharacters`; `details.suggestion` is what may have been meant, or `null`.
 *
 * @param homePrefix province and letter of the town, for example `湘D`, or `null` where that is not known
 */
export const toPlate = (text: string, homePrefix: string | null): Result<string, Refusal> => {
  const plate = plain(text);
  if (isPlate(plate)) return ok(plate);
  const signs = Array.from(plate);
  const details = { length: signs.length, suggestion: suggestion(plate, homePrefix) };
  if (signs.length !== 7 && signs.length !== 8) return err({ kind: 'plateLength', details });
  return err({ kind: provinces.includes(signs[0] ?? ' ') ? 'plateCharacters' : 'plateProvince', details });
};

/**
 * A plate, or the end of one, as it is compared, however it was written: without separators, in narrow capitals, and with 0 and 1 for O and I, which
 * no plate has. No rule for what a plate is: what was written at the gate is to be found as well.
 */
export const plateToKey = (text: string): string => plain(text).replaceAll('O', '0').replaceAll('I', '1');
