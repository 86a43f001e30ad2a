/** The rights that most of the contract names. */
import type { Right } from '../../domain/access/access.rules.ts';

/** Everybody who is signed in. */
export const onDuty: Right = { to: ['duty'] };
export const managers: Right = { to: ['manage'] };
/** A manager, and whoever sits at an empty data folder, which has nobody yet. */
export const managersAndFounders: Right = { to: ['begin', 'manage'] };
