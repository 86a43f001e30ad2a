/**
 * Characters that cannot be seen, or that turn the direction of what follows: soft hyphen, grapheme joiner, Hangul and Braille blanks,
 * zero-width and direction characters, tags (Unicode's "default ignorable" code points, and the Braille blank). Pasted texts are full of them; in a name they
 * make two people look alike, or one line of the log read as another.
 */
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

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
