import type { RecordedFact } from '../../domain/kernel/fact.ts';
import type { ReadModelChange } from '../ports/journal.port.ts';
import { barriers, cameras, retiredHelpPoints } from './devices.projection.ts';
import { alarms, incidents, machines, shift, visits } from './events.projection.ts';
import { log } from './log.projection.ts';
import { put, type Projection, type Rows } from './projection.ts';
import {
  community,
  contacts,
  helpPoints,
  managerNotes,
  people,
  receiver,
  roster,
  sessions,
} from './setup.projection.ts';

/** Raised whenever a projection changes what it writes: the station then rebuilds at its next start. */
export const PROJECTIONS_VERSION = 7;

/** Which projections wrote the rows: written with the first fact, and so again by every rebuild. */
const version: Projection = (fact) =>
  fact.seq === 1 ? [put('meta', 'projections', { version: PROJECTIONS_VERSION })] : [];

const projections: readonly Projection[] = [
  version,
  machines,
  community,
  people,
  sessions,
  contacts,
  helpPoints,
  receiver,
  roster,
  cameras,
  barriers,
  retiredHelpPoints,
  alarms,
  incidents,
  visits,
  shift,
  log,
  managerNotes,
];

/** What a fact changes in the read models. The projections write different rows, so their order does not matter. */
export const project = (fact: RecordedFact, rows: Rows): readonly ReadModelChange[] =>
  projections.flatMap((projection) => projection(fact, rows));
