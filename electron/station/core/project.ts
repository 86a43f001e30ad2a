/** From facts to rows, for all collections together. */
import type { RecordedFact } from '../../domain/kernel/fact.ts';
import type { ReadModelChange } from '../ports/journal.port.ts';
import { defineCollection, type Told } from './collection.ts';
import type { Feature } from './define-feature.ts';
import { docToSnapshot, snapshotToDoc } from './machine-host.ts';
import { defineTable, type RowReader } from './table.ts';

/** The state of every machine, as it was after its newest fact: what the machine host goes on from. */
export const machineRows = defineTable<ReturnType<typeof snapshotToDoc>>('machines');
const machines = defineCollection(machineRows, {
  version: 1,
  fold: (fact) => (fact.snapshot === null ? [] : [[`${fact.kind}/${fact.entityId}`, snapshotToDoc(fact.snapshot)]]),
});

/** The state of one machine, or `null` where there is none yet. */
export const snapshotOf = (rows: RowReader, kind: string, id: string) => {
  const doc = machineRows.get(rows, `${kind}/${id}`);
  return doc === null ? null : docToSnapshot(doc);
};

/** Which folds wrote the rows: written with the first fact, and so again by every rebuild. */
export const versionRows = defineTable<{ readonly versions: string }>('meta');
const VERSIONS = 'projections';

/** All collections of a station. */
export interface Projector {
  /** What a fact changes in the read models. No collection sees what another one makes of the same fact, so their order does not matter. */
  readonly project: (fact: RecordedFact, rows: RowReader) => readonly ReadModelChange[];
  /** Whether other folds wrote these rows, so that they must be made anew. */
  readonly isOutdated: (rows: RowReader) => boolean;
}

const toldBy = (features: readonly Pick<Feature, 'hiddenFacts' | 'hiddenFields'>[]): Told => {
  const facts = new Set(features.flatMap(({ hiddenFacts }) => hiddenFacts));
  const fields = new Set(features.flatMap(({ hiddenFields }) => hiddenFields));
  return ({ type, body }) =>
    facts.has(type) ? {} : Object.fromEntries(Object.entries(body).filter(([field]) => !fields.has(field)));
};

export const createProjector = (
  features: readonly Pick<Feature, 'collections' | 'hiddenFacts' | 'hiddenFields'>[],
): Projector => {
  const all = [machines, ...features.flatMap(({ collections }) => collections)];
  const told = toldBy(features);
  const versions = all
    .map(({ name, version }) => `${name} ${version}`)
    .toSorted()
    .join('\n');
  const version = defineCollection(versionRows, {
    version: 1,
    fold: (fact) => (fact.seq === 1 ? [[VERSIONS, { versions }]] : []),
  });
  const folds = [version, ...all];
  return {
    project: (fact, rows) => folds.flatMap(({ fold }) => fold(fact, rows, told)),
    isOutdated: (rows) => versionRows.get(rows, VERSIONS)?.versions !== versions,
  };
};
