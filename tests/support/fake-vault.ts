import { hash } from 'node:crypto';
import { sealed, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import type { IndexEntry, SealedIndex } from '../../electron/station/ports/sealed-index.port.ts';
import { SubjectForgottenError, type Secrets, type Vault } from '../../electron/station/ports/vault.port.ts';

/** Not encryption: the text backwards behind a checksum, so that a plain field which slips past `seal` is seen and a damaged one does not open. */
const wrap = (context: string, plain: string): string => {
  const check = hash('sha256', `${context}\n${plain}`, 'hex');
  return Buffer.from(check + plain, 'utf8')
    .reverse()
    .toString('base64url');
};

const unwrap = (context: string, box: string): string | null => {
  const text = Buffer.from(box, 'base64url').reverse().toString('utf8');
  const plain = text.slice(64);
  return wrap(context, plain) === box ? plain : null;
};

interface KeptEntry extends IndexEntry {
  readonly at: number;
}

/** The index in memory: terms in the plain, which `everythingStored` does not see. */
const createFakeIndex = (isForgotten: (subject: SubjectId) => boolean) => {
  let entries: readonly KeptEntry[] = [];
  const dropped = new Set<string>();
  let at = 0;
  const index: SealedIndex = {
    put: (given) => {
      for (const entry of given) {
        if (isForgotten(entry.subject) || dropped.has(entry.month)) continue;
        at += 1;
        const others = entries.filter(({ collection, key }) => collection !== entry.collection || key !== entry.key);
        entries = [...others, { ...entry, at }];
      }
    },
    has: (collection, key) =>
      entries.some((entry) => entry.collection === collection && entry.key === key && entry.terms.length > 0),
    find: (collection, term, limit) =>
      entries
        .filter((entry) => entry.collection === collection)
        .filter(({ terms }) =>
          terms.some((one) => one.field === term.field && one.way === term.way && one.text === term.text),
        )
        .toSorted((left, right) => right.month.localeCompare(left.month) || right.at - left.at)
        .map(({ key }) => key)
        .slice(0, limit),
    dropBefore: async (month) => {
      for (const entry of entries) if (entry.month < month) dropped.add(entry.month);
      entries = entries.filter((entry) => entry.month >= month);
    },
  };
  return {
    index,
    erase: (subject: SubjectId) => void (entries = entries.filter((entry) => entry.subject !== subject)),
  };
};

/** The vault in memory. */
export const createFakeVault = (): Vault & { readonly index: SealedIndex } => {
  const forgotten = new Set<string>();
  const known = new Set<string>();
  const { index, erase } = createFakeIndex((subject) => forgotten.has(subject));
  return {
    index,
    seal: (subject, plain) => {
      if (forgotten.has(subject)) throw new SubjectForgottenError(subject);
      known.add(subject);
      return sealed(`s1.${subject}.${wrap(subject, plain)}`);
    },
    open: (text) => {
      const [, subject, box] = /^s1\.(.*)\.([\w-]+)$/s.exec(text) ?? [];
      if (subject === undefined || box === undefined || !known.has(subject) || forgotten.has(subject)) return null;
      return unwrap(subject, box);
    },
    forget: async (subjects) => {
      for (const subject of subjects) {
        forgotten.add(subject);
        erase(subject);
      }
    },
    isForgotten: (subject) => forgotten.has(subject),
    close: async () => {
      known.clear();
    },
  };
};

/** Secrets that only look encrypted; those of another key do not open. */
export const createFakeSecrets = (key = 'secrets'): Secrets => ({
  encrypt: (plain) => `fake.${wrap(key, plain)}`,
  decrypt: (cipher) => (cipher.startsWith('fake.') ? unwrap(key, cipher.slice(5)) : null),
});
