/**
 * Who may do what. Everything that can be done or seen names the sets it belongs to; a role is a list of sets, and nothing else. What is in no
 * set, and a role that nobody described, may do nothing.
 */
import type { Refusal } from '../kernel/machine.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/**
 * `begin`: an empty data folder, where there is nobody yet. `duty`: what is urgent (taking note, helping, opening a gate), for everybody who is
 * signed in: an ambulance never waits for a manager. `manage`: what cannot be undone, or changes how the room works.
 */
export const capabilitySets = ['begin', 'duty', 'manage'] as const;
export type CapabilitySet = (typeof capabilitySets)[number];

/** Every role and what it is given. `nobody`: a seat at which no one is signed in. */
const setsByRole = {
  nobody: ['begin'],
  volunteer: ['duty'],
  guard: ['duty'],
  manager: ['duty', 'manage'],
} as const satisfies Readonly<Record<string, readonly CapabilitySet[]>>;

/** `nobody`: a seat at which no one is signed in. */
export type Role = keyof typeof setsByRole;

/** The roles that a person can be given. */
export const personRoles = ['volunteer', 'guard', 'manager'] as const satisfies readonly Role[];

/** What a role is given; nothing where it is not known. */
export const setsOf = (role: string): readonly CapabilitySet[] =>
  Object.entries(setsByRole).find(([name]) => name === role)?.[1] ?? [];

/** Every kind of seat and what can be done at one. What somebody may do is what both their role and their seat are given. */
const setsBySeatKind = {
  room: ['begin', 'duty', 'manage'],
  gatehouse: ['duty'],
  manager: ['begin', 'duty', 'manage'],
} as const satisfies Readonly<Record<string, readonly CapabilitySet[]>>;

export type SeatKind = keyof typeof setsBySeatKind;

export const seatKinds = ['room', 'gatehouse', 'manager'] as const satisfies readonly SeatKind[];

/** What can be done at a kind of seat; nothing where it is not known. */
const setsOfSeat = (kind: string): readonly CapabilitySet[] =>
  Object.entries(setsBySeatKind).find(([name]) => name === kind)?.[1] ?? [];

/** Who sits where. */
export interface Standing {
  readonly role: string;
  readonly seatKind: string;
}

/** What whoever sits there is given. */
export const setsHeld = ({ role, seatKind }: Standing): readonly CapabilitySet[] =>
  setsOf(role).filter((set) => setsOfSeat(seatKind).includes(set));

/** Who may do one thing: whoever holds one of the sets in `to`; with `whileResponsible`, holders of those only while the calls for help are theirs. */
export interface Right {
  readonly to: readonly CapabilitySet[];
  readonly whileResponsible?: readonly CapabilitySet[];
}

export interface Who extends Standing {
  /** Whether this person is responsible for the calls for help now. */
  readonly isResponsible: boolean;
}

const holdsAny = (held: readonly CapabilitySet[], sets: readonly CapabilitySet[]): boolean =>
  held.some((set) => sets.includes(set));

/** The roles that may ever do this, for "who can do it" beside a disabled control. */
export const allowedRoles = ({ to, whileResponsible = [] }: Right): readonly Role[] =>
  (Object.keys(setsByRole) as Role[]).filter((role) => holdsAny(setsOf(role), [...to, ...whileResponsible]));

/** Whether this may be done; the refusal says who can (`notAllowed`, `notResponsible`), or that this person can at another seat (`notAtThisSeat`). */
export const mayDo = (right: Right, { role, seatKind, isResponsible }: Who): Result<null, Refusal> => {
  const { to, whileResponsible = [] } = right;
  const held = setsHeld({ role, seatKind });
  if (holdsAny(held, to)) return ok(null);
  if (holdsAny(setsOf(role), to)) return err({ kind: 'notAtThisSeat', details: { seatKind } });
  const details = { allowedRoles: allowedRoles(right) };
  if (!holdsAny(held, whileResponsible)) return err({ kind: 'notAllowed', details });
  return isResponsible ? ok(null) : err({ kind: 'notResponsible', details });
};
