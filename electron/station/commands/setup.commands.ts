/** Setting up: the community, people, contacts, help points, the roster. Setting the same again writes nothing. */
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import type { StationFact } from '../../contract/names.ts';
import type { Fact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { refusesUnlessPerson, stationActor } from '../../domain/people/actor.rules.ts';
import { overlapsOf, refusesEntry, type RosterEntry } from '../../domain/roster/roster.rules.ts';
import { objectOf, textOf } from '../docs.ts';
import { POST_ID } from '../projections/log.projection.ts';
import { sameZone } from '../wire-zone.ts';
import { subjects } from '../subjects.ts';
import type { ShiftEvent } from '../../domain/shifts/shift.types.ts';
import { comingRosterOf, rosterOf } from './duty.commands.ts';
import { refuse, Refused, tellOrRefuse, type CommandScope, type Handlers } from './handler.ts';

/** The address as it stands in a fact: what is not known is `null`. */
const addressOf = ({
  street,
  entrance,
  callBack,
}: {
  readonly street?: string | null | undefined;
  readonly entrance?: string | null | undefined;
  readonly callBack?: string | null | undefined;
}): JsonObject => ({ street: street ?? null, entrance: entrance ?? null, callBack: callBack ?? null });

/** The community begins: with its first manager, or as the demo without one. */
export const establish = (
  scope: CommandScope,
  {
    name,
    timeZone,
    demo,
    managerId,
    volunteerId,
    ...address
  }: {
    readonly name: string;
    readonly timeZone: string;
    readonly demo: boolean;
    readonly managerId: string | null;
    /** Of the demo: whom a fresh seat is signed in as. */
    readonly volunteerId: string | null;
    /** What an ambulance is told, as far as it is known. */
    readonly street?: string | null;
    readonly entrance?: string | null;
    readonly callBack?: string | null;
  },
): void => {
  const { work, prepared } = scope;
  if (work.tx.row('community', 'community') !== null) refuse('notEmpty');
  const recoveryHash = prepared.recovery?.hash ?? null;
  work.record({
    type: 'v1.CommunityEstablished',
    kind: 'community',
    entityId: 'community',
    body: { name, timeZone, demo, managerId, volunteerId, recoveryHash, ...addressOf(address) },
  });
  const post: ShiftEvent = { type: 'establish', at: work.nowMs, postId: POST_ID };
  tellOrRefuse(scope, 'shift', POST_ID, post);
};

/** What a secret is called where it is told that it changed: its name, and never what it is. */
const nameOfSecret: Readonly<Record<string, string>> = { pinCipher: 'pin', passwordCipher: 'password' };

/**
 * Records the new state of a thing unless nothing about it is new. A change names what changed (`changes`). Sealed fields are compared
 * in the plain.
 */
export const recordChange = (
  { work, privacy }: CommandScope,
  kind: Fact['kind'],
  names: { readonly added: StationFact; readonly changed: StationFact },
  id: string,
  before: JsonObject | null,
  body: JsonObject,
): void => {
  if (before === null) {
    work.record({ type: names.added, kind, entityId: id, body });
    return;
  }
  const opened = privacy.open(before);
  const changes = Object.entries(privacy.open(body))
    .filter(([field, value]) => canonicalJson(value) !== canonicalJson(opened[field] ?? null))
    .map(([field]) => nameOfSecret[field] ?? field);
  if (changes.length > 0) work.record({ type: names.changed, kind, entityId: id, body: { ...body, changes } });
};

const mustExist = ({ work }: CommandScope, collection: string, id: string): void => {
  if (work.tx.row(collection, id) === null) refuse('notFound', { kind: collection, id });
};

/** The last active manager must stay one: nobody could give the role back. */
const keepsAManager = ({ work }: CommandScope, personId: string): void => {
  const others = work.tx
    .rows('people')
    .some(({ key, doc }) => key !== personId && doc['role'] === 'manager' && doc['active'] === true);
  if (!others) refuse('lastManager');
};

/** Ends every stored session of a person: the role, the PIN or the right to be here changed. */
export const endSessions = (
  { work }: Pick<CommandScope, 'work'>,
  personId: string,
  /** The one that goes on: that of whoever changes their own PIN. */
  exceptHash: string | null = null,
): void => {
  const sessionHashes = work.tx
    .rows('sessionIndex')
    .filter(({ key, doc }) => doc['personId'] === personId && key !== exceptHash)
    .map(({ key }) => key);
  if (sessionHashes.length === 0) return;
  for (const hash of sessionHashes) work.tx.removeSession(hash);
  work.record({ type: 'v1.SessionsEnded', kind: 'session', entityId: personId, body: { sessionHashes } });
};

/** Nobody waits for somebody who works here no more, and they are responsible for nothing. */
const leavePost = ({ work }: CommandScope, personId: string): void => {
  const shift = work.tx.row('shift', POST_ID);
  const holds = ['responsible', 'handover'].flatMap((part) => [
    textOf(objectOf(shift, part), 'personId'),
    textOf(objectOf(shift, part), 'incoming'),
  ]);
  if (!holds.includes(personId)) return;
  const event: ShiftEvent = { type: 'leave', at: work.nowMs, personId };
  work.tell('shift', POST_ID, event);
};

/** The open shifts of people who have left that this entry fills: taken off, so that nobody who comes back is planned beside somebody else. */
const fillOpenShifts = ({ work }: CommandScope, entry: RosterEntry): void => {
  for (const open of overlapsOf(rosterOf(work.tx), entry)) {
    if (work.tx.row('people', open.personId)?.['active'] === true) continue;
    const body = work.tx.row('roster', open.entryId) ?? {};
    work.record({ type: 'v1.RosterEntryRemoved', kind: 'rosterEntry', entityId: open.entryId, body });
  }
};

export const setupHandlers: Handlers<
  | 'establishCommunity'
  | 'setAddress'
  | 'setTimeZone'
  | 'addPerson'
  | 'addHelpPoint'
  | 'setReceiver'
  | 'addContact'
  | 'setRosterEntry'
  | 'removeRosterEntry'
> = {
  establishCommunity: (scope, { name, timeZone, managerName, ...command }) => {
    const { work, privacy, prepared, ids } = scope;
    const personId = ids.next();
    const { street = null, entrance = null, callBack = null } = command;
    const address = { street, entrance, callBack };
    establish(scope, { name, timeZone, demo: false, managerId: personId, volunteerId: null, ...address });
    work.record({
      type: 'v1.PersonAdded',
      kind: 'person',
      entityId: personId,
      body: {
        name: privacy.seal(subjects.person(personId), managerName),
        role: 'manager',
        active: true,
        pinCipher: prepared.pinCipher,
      },
    });
    const code = prepared.recovery?.code ?? '';
    return { personId, recoveryCode: privacy.seal(subjects.station('recovery'), code) };
  },
  setAddress: (scope, address) => {
    const before = scope.work.tx.row('community', 'community') ?? refuse('notFound', { kind: 'community' });
    const names = { added: 'v1.AddressSet', changed: 'v1.AddressSet' } as const;
    recordChange(scope, 'community', names, 'community', before, addressOf(address));
    return {};
  },
  setTimeZone: (scope, { timeZone }) => {
    const before = scope.work.tx.row('community', 'community') ?? refuse('notFound', { kind: 'community' });
    const names = { added: 'v1.TimeZoneSet', changed: 'v1.TimeZoneSet' } as const;
    recordChange(scope, 'community', names, 'community', before, { timeZone });
    return {};
  },
  addPerson: (scope, { personId, name, phone, role, active }) => {
    const { work, privacy, prepared, ids } = scope;
    const id = personId ?? ids.next();
    // The station and the devices act under names of their own; nobody may be called like them.
    const impersonation = refusesUnlessPerson(id);
    if (impersonation !== null) throw new Refused(impersonation);
    const before = work.tx.row('people', id);
    const secret = work.tx.row('personSecrets', id);
    if (before?.['role'] === 'manager' && before['active'] === true && (role !== 'manager' || !active))
      keepsAManager(scope, id);
    const pin = prepared.pinCipher === null ? {} : { pinCipher: prepared.pinCipher };
    const known = before === null ? null : { ...before, pinCipher: secret?.['pinCipher'] ?? null };
    recordChange(scope, 'person', { added: 'v1.PersonAdded', changed: 'v1.PersonChanged' }, id, known, {
      name: privacy.seal(subjects.person(id), name),
      ...(phone === undefined ? {} : { phone: privacy.sealMaybe(subjects.person(id), phone) }),
      role,
      active,
      ...pin,
    });
    const barred =
      before !== null &&
      (before['role'] !== role || (before['active'] === true && !active) || prepared.pinCipher !== null);
    if (barred) endSessions(scope, id);
    if (before?.['active'] === true && !active) leavePost(scope, id);
    return { personId: id };
  },
  addHelpPoint: (scope, { helpPointId, place, residentName, account, zone, supervisionMs, cameraIds, ...reached }) => {
    const { work, privacy, ids } = scope;
    const id = helpPointId ?? ids.next();
    const taken = work.tx
      .rows('helpPoints')
      .some(
        ({ key, doc }) =>
          key !== id && doc['account'] === account.toUpperCase() && sameZone(textOf(doc, 'zone') ?? '', zone),
      );
    if (taken) refuse('zoneTaken', { account, zone });
    for (const cameraId of cameraIds) mustExist(scope, 'cameras', cameraId);
    const names = { added: 'v1.HelpPointAdded', changed: 'v1.HelpPointChanged' } as const;
    const before = work.tx.row('helpPoints', id);
    const kept = (field: 'phone' | 'family' | 'keyHolder'): string | null => {
      const said = reached[field];
      return said === undefined ? textOf(before, field) : privacy.sealMaybe(subjects.resident(id), said);
    };
    recordChange(scope, 'helpPoint', names, id, before, {
      place,
      residentName: privacy.sealMaybe(subjects.resident(id), residentName),
      phone: kept('phone'),
      family: kept('family'),
      keyHolder: kept('keyHolder'),
      account: account.toUpperCase(),
      zone,
      supervisionMs,
      cameraIds,
    });
    return { helpPointId: id };
  },
  setReceiver: (scope, { host, port, sources }) => {
    const names = { added: 'v1.ReceiverSet', changed: 'v1.ReceiverSet' } as const;
    const before = scope.work.tx.row('receiver', 'receiver');
    recordChange(scope, 'receiver', names, 'receiver', before, { host, port, sources: [...new Set(sources)] });
    return {};
  },
  addContact: (scope, { contactId, name, phone, role, rank }) => {
    const { work, privacy, ids } = scope;
    const id = contactId ?? ids.next();
    const names = { added: 'v1.ContactAdded', changed: 'v1.ContactChanged' } as const;
    const before = work.tx.row('contacts', id);
    recordChange(scope, 'contact', names, id, before, {
      name: privacy.seal(subjects.contact(id), name),
      phone: privacy.seal(subjects.contact(id), phone),
      role: role ?? before?.['role'] ?? 'other',
      rank,
    });
    return { contactId: id };
  },
  setRosterEntry: (scope, { entryId, personId, fromMs, toMs }) => {
    const { work, ids } = scope;
    mustExist(scope, 'people', personId);
    const id = entryId ?? ids.next();
    const entry = { entryId: id, personId, fromMs, toMs };
    const coming = comingRosterOf(work.tx);
    // The demo is anchored anew at every start, entry by entry.
    if (scope.actor !== stationActor) {
      if (work.tx.row('people', personId)?.['active'] !== true) refuse('hasLeft');
      const refusal = refusesEntry(coming, entry);
      if (refusal !== null) throw new Refused(refusal);
      fillOpenShifts(scope, entry);
    }
    const names = { added: 'v1.RosterEntrySet', changed: 'v1.RosterEntrySet' } as const;
    recordChange(scope, 'rosterEntry', names, id, work.tx.row('roster', id), { personId, fromMs, toMs });
    return { entryId: id };
  },
  removeRosterEntry: (scope, { entryId }) => {
    const { work } = scope;
    const entry = work.tx.row('roster', entryId) ?? refuse('notFound', { kind: 'roster', id: entryId });
    work.record({ type: 'v1.RosterEntryRemoved', kind: 'rosterEntry', entityId: entryId, body: entry });
    return {};
  },
};
