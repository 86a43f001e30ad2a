import type { Refusal } from '../kernel/machine.ts';
import { err, ok } from '../kernel/result.ts';
import type { Result } from '../kernel/result.ts';
import type { Action } from './actions.ts';

/** `nobody`: a seat at which no one is signed in. */
export type Role = 'volunteer' | 'guard' | 'manager' | 'nobody';

export type Who = {
  readonly role: Role;
  /** Whether this person is responsible for the post now. */
  readonly isResponsible: boolean;
};

type Rule = {
  readonly roles: readonly Role[];
  /** These roles only while they are responsible for the post. */
  readonly whileResponsible?: readonly Role[];
};

const anybodySignedIn: Rule = { roles: ['volunteer', 'guard', 'manager'] };
const managers: Rule = { roles: ['manager'] };
/** An empty data folder has nobody yet; the station takes these from nobody only as long as that is so. */
const setUp: Rule = { roles: ['manager', 'nobody'] };

/**
 * The one table of who may do what. What is urgent (taking note, helping, opening a gate) is allowed to everybody who is signed in:
 * an ambulance never waits for a manager. What cannot be undone, or changes how the room works, is a manager's. Laying a person's call
 * for help aside is decided by whoever is responsible, or a manager.
 */
const rules: Readonly<Record<Action, Rule>> = {
  establishCommunity: { roles: ['nobody'] },
  setAddress: managers,
  setTimeZone: managers,
  addPerson: managers,
  addCamera: managers,
  addBarrier: managers,
  addHelpPoint: managers,
  setReceiver: managers,
  addContact: managers,
  removeCamera: managers,
  removeBarrier: managers,
  removeHelpPoint: managers,
  removeContact: managers,
  setRosterEntry: managers,
  removeRosterEntry: managers,
  beginTakeover: anybodySignedIn,
  acceptTakeover: anybodySignedIn,
  withdrawTakeover: anybodySignedIn,
  acknowledgeAlarm: anybodySignedIn,
  claimIncident: anybodySignedIn,
  answerStep: anybodySignedIn,
  stepBack: anybodySignedIn,
  parkIncident: { roles: ['volunteer', 'guard', 'manager'], whileResponsible: ['volunteer', 'guard'] },
  resumeIncident: anybodySignedIn,
  recordCall: anybodySignedIn,
  resolveIncident: anybodySignedIn,
  reviewIncident: managers,
  openBarrier: anybodySignedIn,
  closeBarrier: anybodySignedIn,
  confirmBarrier: anybodySignedIn,
  keepBarrierOpen: anybodySignedIn,
  registerVisit: anybodySignedIn,
  visitorLeft: anybodySignedIn,
  takeBackDeparture: anybodySignedIn,
  forgetVisitor: managers,
  addNote: anybodySignedIn,
  addManagerNote: managers,
  silenceSiren: anybodySignedIn,
  readLog: anybodySignedIn,
  verifyJournal: anybodySignedIn,
  exportLog: managers,
  videoTicket: anybodySignedIn,
  discover: setUp,
  describeDevice: setUp,
  describeCamera: managers,
  receiver: managers,
};

/** The roles that may ever do this, for "who can do it" beside a disabled control. */
export const allowedRoles = (action: Action): readonly Role[] => rules[action].roles;

/** Whether this may be done; the refusal (`notAllowed`, `notResponsible`) says who can. */
export const mayDo = (action: Action, who: Who): Result<null, Refusal> => {
  const rule = rules[action];
  if (!rule.roles.includes(who.role)) return err({ kind: 'notAllowed', details: { allowedRoles: rule.roles } });
  if (!who.isResponsible && (rule.whileResponsible ?? []).includes(who.role)) {
    return err({ kind: 'notResponsible', details: { allowedRoles: rule.roles } });
  }
  return ok(null);
};
