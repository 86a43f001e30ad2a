import { hash } from 'node:crypto';
import { sealed } from '../../electron/domain/kernel/ids.ts';
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

/** The vault in memory. */
export const createFakeVault = (): Vault => {
  const forgotten = new Set<string>();
  const known = new Set<string>();
  return {
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
      for (const subject of subjects) forgotten.add(subject);
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
