/** What seats see, of all features: one schema per collection of read models. Times are UTC milliseconds. */
import type { z } from 'zod';
import { allOf, type AllOf } from './derive.ts';

/** Collection names and their schemas. Keys: the id of the thing; `log`: the sequence number padded to 12 digits. */
export const collections = allOf('collections');
export type CollectionName = keyof AllOf<'collections'> & string;
export type Views = { readonly [Name in CollectionName]: z.infer<AllOf<'collections'>[Name]> };
export const collectionNames = Object.keys(collections) as readonly CollectionName[];

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
