import type { Brand } from './brand.ts';

/** Whose key a personal field is sealed under: a visitor, a resident, a member of staff. */
export type SubjectId = Brand<string, 'SubjectId'>;
/** Ciphertext of one personal field. Made and opened by the vault only; the domain carries it and never looks inside. */
export type Sealed = Brand<string, 'Sealed'>;

/** Marks a string that a decoder or the vault has made as a sealed field. */
export const sealed = (value: string): Sealed => value as Sealed;
/** Marks a decoded string as a subject's id. */
export const subjectId = (value: string): SubjectId => value as SubjectId;
