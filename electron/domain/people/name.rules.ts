/**
 * Characters that cannot be seen, or that turn the direction of what follows: soft hyphen, grapheme joiner, Hangul and Braille blanks,
 * zero-width and direction characters, tags (Unicode UTS 39 section 3.1, "default ignorable"). Pasted texts are full of them; in a name they
 * make two people look alike, or one line of the log read as another.
 */
const unseen =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\u{E0000}-\u{E0FFF}]/gu;

/** Letters and digits as wide as a Chinese character, which stand for the narrow ones. */
const wide = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g;

/** A text as it is kept: composed (NFC), without what cannot be seen, wide letters and digits made narrow, trimmed. */
export const tidyText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(unseen, '')
    .replaceAll(wide, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0xfe_e0))
    .trim();

/** A line as it is kept: as `tidyText`, with every run of blanks of any kind as one. */
export const tidyLine = (text: string): string => tidyText(text).replaceAll(/[\p{Zs}\t]+/gu, ' ');

const lookAlikes = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Whether a word mixes letters of alphabets that look alike (UTS 39 section 5.2): a Cyrillic `а` among Latin letters is somebody else's name. */
export const mixesAlphabets = (text: string): boolean =>
  text.split(/[^\p{L}\p{M}]+/u).some((word) => lookAlikes.filter((alphabet) => alphabet.test(word)).length > 1);
