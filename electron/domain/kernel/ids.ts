import type { Brand } from './brand.ts';

export type PersonId = Brand<string, 'PersonId'>;
export type SeatId = Brand<string, 'SeatId'>;
export type CommandId = Brand<string, 'CommandId'>;
/** Whose key a personal field is sealed under: a visitor, a resident, a member of staff. */
export type SubjectId = Brand<string, 'SubjectId'>;
/** Ciphertext of one personal field. Made and opened by the vault only; the domain carries it and never looks inside. */
export type Sealed = Brand<string, 'Sealed'>;

/** Marks a string that a decoder or the vault has made as a sealed field. */
export const sealed = (value: string): Sealed => value as Sealed;
/** Marks a decoded string as a person's id. */
export const personId = (value: string): PersonId => value as PersonId;
/** Marks a decoded string as a subject's id. */
export const subjectId = (value: string): SubjectId => value as SubjectId;
/** Marks a decoded string as a seat's id. */
export const seatId = (value: string): SeatId => value as SeatId;
/** Marks a decoded string as a command's id. */
export const commandId = (value: string): CommandId => value as CommandId;
