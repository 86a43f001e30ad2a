/** Who sees which collection, and how much of a row. */
import type { CollectionName } from '../../contract/views.schema.ts';
import { hours } from '../../domain/kernel/time.ts';
import type { Role } from '../../domain/access/access.rules.ts';
import { numberOf, textOf } from '../docs.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';

/** How much a seat sees. `public`: nobody is signed in; `duty`: a volunteer or a guard. */
export type Level = 'public' | 'duty' | 'manager';

export const levelOf = (role: Role | null): Level => {
  if (role === null || role === 'nobody') return 'public';
  return role === 'manager' ? 'manager' : 'duty';
};

/** Collections that a seat with nobody at it does not get at all. */
const onDutyOnly = new Set<CollectionName>(['visits', 'contacts', 'log']);
/** Personal fields that everybody sees: names for the sign-in list. */
const namesForAll = new Set<CollectionName>(['people']);

export const mayGet = (level: Level, collection: CollectionName): boolean =>
  level !== 'public' || !onDutyOnly.has(collection);

/** Whether the personal fields of this collection are opened for this level. */
export const mayOpen = (level: Level, collection: CollectionName): boolean =>
  level !== 'public' || namesForAll.has(collection);

/** Addresses in the network and accounts of cameras are the manager's; phone numbers of people are for those who are signed in. */
export const shownTo = (level: Level, collection: CollectionName, doc: JsonObject): JsonObject => {
  if (collection === 'people') return level === 'public' ? { ...doc, phone: null } : doc;
  if (collection !== 'cameras') return doc;
  // An address whose key is gone is none.
  return level === 'manager'
    ? { ...doc, mainUrl: textOf(doc, 'mainUrl') ?? '' }
    : { ...doc, onvifAddress: null, mainUrl: '', subUrl: null, username: null };
};

const RECENT_MS = 7 * hours(24);

/** What a snapshot leaves out, so that it does not grow for ever: visits and planned shifts that ended more than a week ago. */
export const isRecent = (collection: CollectionName, doc: JsonObject, nowMs: number): boolean => {
  if (collection === 'visits')
    return doc['state'] === 'inside' || (numberOf(doc, 'arrivedAt') ?? 0) > nowMs - RECENT_MS;
  return collection !== 'roster' || (numberOf(doc, 'toMs') ?? nowMs) > nowMs - RECENT_MS;
};
