/** What seats see, of all features: one schema per collection of read models. Times are UTC milliseconds. */
import type { z } from 'zod';
import { allOf, type AllOf } from './derive.ts';
import type { Way } from './kernel/feature.ts';

/** Collection names and their schemas. Keys: the id of the thing; `log`: the sequence number padded to 12 digits. */
export const collections = allOf('collections');
export type CollectionName = keyof AllOf<'collections'> & string;
export type Views = { readonly [Name in CollectionName]: z.infer<AllOf<'collections'>[Name]> };
export const collectionNames = Object.keys(collections) as readonly CollectionName[];

const ways: Readonly<Record<string, Way>> = allOf('ways');
const live: Way = { way: 'live' };

/** How a collection reaches a seat. */
export const wayTo = (collection: string): Way => ways[collection] ?? live;

/** What both sides keep of a collection, oldest first. */
export const kept = <Row extends object>(
  collection: string,
  rows: readonly (readonly [key: string, row: Row])[],
  nowMs: number,
): readonly (readonly [key: string, row: Row])[] => {
  const { keeps, newest } = wayTo(collection);
  const there = keeps === undefined ? rows : rows.filter(([, row]) => keeps(row, nowMs));
  return newest === undefined ? there : there.toSorted(([left], [right]) => (left < right ? -1 : 1)).slice(-newest);
};

export type { AlarmView } from './alarms/alarms.views.ts';
export type { CameraView } from './cameras/cameras.views.ts';
export type { CommunityView } from './community/community.views.ts';
export type { ContactView } from './contacts/contacts.views.ts';
export type { RosterEntryView, ShiftView } from './duty/duty.views.ts';
export type { BarrierView } from './gates/gates.views.ts';
export type { IncidentView } from './incidents/incidents.views.ts';
export type { LogEntryView } from './log/log.views.ts';
export type { HelpPointView } from './panels/panels.views.ts';
export type { PersonView } from './people/people.views.ts';
export type { VisitView } from './visits/visits.views.ts';
