/** Digits left in sight at either end: enough to tell two numbers apart, too little to call. */
const HEAD = 3;
const TAIL = 2;

/** A phone number as it is shown to those who need not call it: `138 **** **01`. Short numbers (120) are no secret. */
export const maskPhone = (phone: string): string => {
  const digits = Array.from(phone.matchAll(/\d/g), ({ index }) => index);
  if (digits.length <= HEAD + TAIL) return phone;
  const hidden = new Set(digits.slice(HEAD, -TAIL));
  return Array.from(phone, (character, index) => (hidden.has(index) ? '*' : character)).join('');
};
