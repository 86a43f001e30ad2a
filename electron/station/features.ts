/** The station's features. Everything that spans them is derived from this list; a further one is given where the station is made. */
import type { Feature } from './core/define-feature.ts';
import { alarmsFeature } from './features/alarms/alarms.feature.ts';
import { camerasFeature } from './features/cameras/cameras.feature.ts';
import { communityFeature } from './features/community/community.feature.ts';
import { contactsFeature } from './features/contacts/contacts.feature.ts';
import { dutyFeature } from './features/duty/duty.feature.ts';
import { gatesFeature } from './features/gates/gates.feature.ts';
import { incidentsFeature } from './features/incidents/incidents.feature.ts';
import { jobsFeature } from './features/jobs/jobs.feature.ts';
import { logFeature } from './features/log/log.feature.ts';
import { pagesFeature } from './features/pages/pages.feature.ts';
import { panelsFeature } from './features/panels/panels.feature.ts';
import { peopleFeature } from './features/people/people.feature.ts';
import { seatsFeature } from './features/seats/seats.feature.ts';
import { stationFeature } from './features/station/station.feature.ts';
import { visitsFeature } from './features/visits/visits.feature.ts';

/** In the order in which a handover lists what is open. */
export const stationFeatures: readonly Feature[] = [
  stationFeature,
  communityFeature,
  peopleFeature,
  seatsFeature,
  contactsFeature,
  incidentsFeature,
  alarmsFeature,
  gatesFeature,
  visitsFeature,
  camerasFeature,
  panelsFeature,
  dutyFeature,
  jobsFeature,
  logFeature,
  pagesFeature,
];
