/** No letters that look like figures: I, L, O, U are left out (Crockford's alphabet). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A code of 80 bits in four groups of four, made of 64 hexadecimal digits of randomness: to be written on paper. */
export const makeRecoveryCode = (randomHex: string): string => {
  const pairs = Array.from({ length: GROUPS * GROUP_LENGTH }, (_, index) =>
    Number.parseInt(randomHex.slice(index * 2, index * 2 + 2), 16),
  );
  const letters = pairs.map((value) => ALPHABET[value % ALPHABET.length] ?? '0');
  return Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-');
};

/** What a person typed, as it was made: capital letters, without dashes and spaces, O and I read as 0 and 1. */
export const normaliseRecoveryCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
