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

/** One collection, as it is made. */
export interface Made {
  readonly name: string;
  readonly version: number;
  /** Only screens ask for it: a window, or page by page. The station begins without it. */
  readonly isLate: boolean;
}

/** All collections of a station. */
export interface Projector {
  /** What a fact changes in the read models. No collection sees what another one makes of the same fact, so their order does not matter. */
  readonly project: (fact: RecordedFact, rows: RowReader) => readonly ReadModelChange[];
  readonly collections: readonly Made[];
}

const toldBy = (features: readonly Pick<Feature, 'hiddenFacts' | 'hiddenFields'>[]): Told => {
  const facts = new Set(features.flatMap(({ hiddenFacts }) => hiddenFacts));
  const fields = new Set(features.flatMap(({ hiddenFields }) => hiddenFields));
  return ({ type, body }) =>
    facts.has(type) ? {} : Object.fromEntries(Object.entries(body).filter(([field]) => !fields.has(field)));
};

type Projected = Pick<Feature, 'collections' | 'hiddenFacts' | 'hiddenFields'> & {
  readonly contract: Pick<Feature['contract'], 'ways'>;
};

export const createProjector = (features: readonly Projected[]): Projector => {
  const told = toldBy(features);
  const lateOnes = new Set(
    features.flatMap(({ contract }) =>
      Object.entries(contract.ways).flatMap(([name, { way }]) => (way === 'live' ? [] : [name])),
    ),
  );
  const all = [machines, ...features.flatMap(({ collections }) => collections)];
  return {
    collections: all.map(({ name, version }) => ({ name, version, isLate: lateOnes.has(name) })),
    project: (fact, rows) => all.flatMap(({ fold }) => fold(fact, rows, told)),
  };
};
