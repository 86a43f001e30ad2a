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

/** Who may do one thing: whoever holds one of the sets in `to`; with `whileResponsible`, holders of those only while the post is theirs. */
export interface Right {
  readonly to: readonly CapabilitySet[];
  readonly whileResponsible?: readonly CapabilitySet[];
}

export interface Who {
  readonly role: string;
  /** Whether this person is responsible for the post now. */
  readonly isResponsible: boolean;
}

const holdsAny = (role: string, sets: readonly CapabilitySet[]): boolean =>
  setsOf(role).some((set) => sets.includes(set));

/** The roles that may ever do this, for "who can do it" beside a disabled control. */
export const allowedRoles = ({ to, whileResponsible = [] }: Right): readonly Role[] =>
  (Object.keys(setsByRole) as Role[]).filter((role) => holdsAny(role, to) || holdsAny(role, whileResponsible));

/** Whether this may be done; the refusal (`notAllowed`, `notResponsible`) says who can. */
export const mayDo = (right: Right, { role, isResponsible }: Who): Result<null, Refusal> => {
  if (holdsAny(role, right.to)) return ok(null);
  const details = { allowedRoles: allowedRoles(right) };
  if (!holdsAny(role, right.whileResponsible ?? [])) return err({ kind: 'notAllowed', details });
  return isResponsible ? ok(null) : err({ kind: 'notResponsible', details });
};
