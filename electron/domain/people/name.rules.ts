import type { Refusal } from '../kernel/machine.ts';
import { err, ok } from '../kernel/result.ts';
import type { Result } from '../kernel/result.ts';

/** Longest name, in code points. */
const longestName = 40;

/** A name as it is kept: composed (NFC) and trimmed. Refused: `nameEmpty`, `nameTooLong`, `nameUnreadable` (control or direction characters). */
export const toName = (text: string): Result<string, Refusal> => {
  const name = text.normalize('NFC').trim();
  if (name === '') return err({ kind: 'nameEmpty' });
  if (/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u.test(name)) return err({ kind: 'nameUnreadable' });
  return Array.from(name).length > longestName
    ? err({ kind: 'nameTooLong', details: { most: longestName } })
    : ok(name);
};
