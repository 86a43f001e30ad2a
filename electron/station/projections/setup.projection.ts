/** What a manager sets up: the community, people, contacts, help points, the roster. */
import type { JsonObject } from '../../domain/kernel/json.ts';
import { isJsonObject, textOf, textsOf } from '../docs.ts';
import { drop, keepBody, put, type Projection } from './projection.ts';

/** What an ambulance is told. */
const addressIn = (body: JsonObject): JsonObject => ({
  street: textOf(body, 'street'),
  entrance: textOf(body, 'entrance'),
  callBack: textOf(body, 'callBack'),
});

/** The community's view, and apart from it what only the station reads: who may use the recovery code, and its hash. */
export const community: Projection = (fact, rows) => {
  if (fact.type === 'v1.CommunityEstablished') {
    const { name, timeZone, demo, recoveryHash, managerId, volunteerId } = fact.body;
    if (name === undefined || timeZone === undefined || demo === undefined) return [];
    return [
      put('community', 'community', {
        name,
        timeZone,
        demo,
        establishedAt: fact.occurredAt,
        ...addressIn(fact.body),
      }),
      put('recovery', 'recovery', { recoveryHash: recoveryHash ?? null, personId: managerId ?? null }),
      put('demo', 'demo', { volunteerId: volunteerId ?? null }),
    ];
  }
  if (fact.type === 'v1.TimeZoneSet') {
    const known = rows.row('community', 'community');
    const timeZone = textOf(fact.body, 'timeZone');
    return known === null || timeZone === null ? [] : [put('community', 'community', { ...known, timeZone })];
  }
  const before = fact.type === 'v1.AddressSet' ? rows.row('community', 'community') : null;
  if (before !== null) return [put('community', 'community', { ...before, ...addressIn(fact.body) })];
  if (fact.type === 'v1.PinRecovered') {
    return [put('recovery', 'recovery', { recoveryHash: fact.body['recoveryHash'] ?? null, personId: fact.entityId })];
  }
  if (fact.type === 'v1.FingerprintKeyMade')
    return [put('stationKeys', 'fingerprint', { key: fact.body['key'] ?? null })];
  return [];
};

/** People as seats see them, and apart from it the encrypted hash of the PIN. */
export const people: Projection = (fact, rows) => {
  if (fact.kind !== 'person') return [];
  const { name, phone, role, active, pinCipher } = fact.body;
  const secret = textOf({ pinCipher: pinCipher ?? null }, 'pinCipher');
  const secrets = secret === null ? [] : [put('personSecrets', fact.entityId, { pinCipher: secret })];
  const before = rows.row('people', fact.entityId);
  const fields = {
    personId: fact.entityId,
    name: name ?? before?.['name'] ?? null,
    phone: phone === undefined ? (before?.['phone'] ?? null) : phone,
    role: role ?? before?.['role'] ?? 'volunteer',
    active: active ?? before?.['active'] ?? true,
  };
  return [put('people', fact.entityId, fields), ...secrets];
};

/** Which stored sessions are whose, so that they can be ended together. */
export const sessions: Projection = (fact) => {
  const tokenHash = textOf(fact.body, 'sessionHash');
  if (fact.type === 'v1.SignedIn' && tokenHash !== null) {
    return [put('sessionIndex', tokenHash, { personId: fact.entityId, seat: fact.seat })];
  }
  return fact.type === 'v1.SessionsEnded'
    ? textsOf(fact.body, 'sessionHashes').map((hash) => drop('sessionIndex', hash))
    : [];
};

export const contacts = keepBody(
  'contacts',
  'contactId',
  ['v1.ContactAdded', 'v1.ContactChanged'],
  ['v1.ContactRemoved'],
);

export const helpPoints = keepBody(
  'helpPoints',
  'helpPointId',
  ['v1.HelpPointAdded', 'v1.HelpPointChanged'],
  ['v1.HelpPointRemoved'],
);

/** Where help receivers reach this machine: only the station reads it, and answers managers. */
export const receiver: Projection = (fact) => {
  if (fact.type !== 'v1.ReceiverSet') return [];
  const { host, port, sources } = fact.body;
  return [put('receiver', 'receiver', { host: host ?? null, port: port ?? null, sources: sources ?? [] })];
};

export const roster = keepBody('roster', 'entryId', ['v1.RosterEntrySet'], ['v1.RosterEntryRemoved']);

/** A manager's remark hangs on the line it is about. */
export const managerNotes: Projection = (fact, rows) => {
  if (fact.type !== 'v1.ManagerNoteAdded') return [];
  const key = textOf(fact.body, 'logKey');
  const line = key === null ? null : rows.row('log', key);
  if (key === null || line === null) return [];
  const before = line['managerNotes'];
  const notes = Array.isArray(before) ? before.filter(isJsonObject) : [];
  const note = { at: fact.occurredAt, by: fact.actor, text: fact.body['text'] ?? null };
  return [put('log', key, { ...line, managerNotes: [...notes, note] })];
};
