/** The contract's features. Everything that spans them is derived from this list. */
import { alarms } from './alarms/alarms.contract.ts';
import { cameras } from './cameras/cameras.contract.ts';
import { community } from './community/community.contract.ts';
import { contacts } from './contacts/contacts.contract.ts';
import { demo } from './demo/demo.contract.ts';
import { duty } from './duty/duty.contract.ts';
import { gates } from './gates/gates.contract.ts';
import { incidents } from './incidents/incidents.contract.ts';
import { jobs } from './jobs/jobs.contract.ts';
import { log } from './log/log.contract.ts';
import { pages } from './pages/pages.contract.ts';
import { panels } from './panels/panels.contract.ts';
import { people } from './people/people.contract.ts';
import { seats } from './seats/seats.contract.ts';
import { station } from './station/station.contract.ts';
import { visits } from './visits/visits.contract.ts';

export const contractFeatures = [
  station,
  community,
  people,
  seats,
  contacts,
  cameras,
  gates,
  panels,
  alarms,
  incidents,
  visits,
  duty,
  jobs,
  log,
  pages,
  demo,
] as const;
