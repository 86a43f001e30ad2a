/**
 * Old facts and old snapshots are lifted to their newest version when they are read, never rewritten. Each lift goes one version further, and they are
 * chained: `v1.X → v2.X → v3.X`, schema 1 → 2 → 3. Pure, so that a rebuild gives the same result every time.
 */
import type { Fact } from './fact.ts';
import type { JsonObject } from './json.ts';
import type { MachineSnapshot } from './machine.ts';

export interface FactLift {
  /** `v1.AlarmRaised` */
  readonly from: string;
  /** The same name, one version further: `v2.AlarmRaised`. */
  readonly to: string;
  readonly lift: (body: JsonObject) => JsonObject;
}

export interface SnapshotLift {
  /** The kind of the machine. */
  readonly machine: string;
  /** The schema that it lifts, to the next one. */
  readonly from: number;
  readonly lift: (snapshot: MachineSnapshot) => Omit<MachineSnapshot, 'schema'>;
}

/** The newest that this program knows: whatever is newer was written by a newer program. */
export interface Known {
  /** The newest version of each fact, by its name without the version; also of facts that are no longer written. */
  readonly facts: Readonly<Record<string, number>>;
  /** The newest schema of each machine, by kind. */
  readonly schemas: Readonly<Record<string, number>>;
}

/** What a program makes of what earlier ones wrote. */
export interface Lifts {
  readonly facts: readonly FactLift[];
  readonly snapshots: readonly SnapshotLift[];
  /** `null`: nothing is refused. */
  readonly known: Known | null;
}

/** A program that never changed anything. */
export const noLifts: Lifts = { facts: [], snapshots: [], known: null };

export interface Lifter {
  /** A fact with its newest version and its snapshot's newest schema; the same object when there is nothing to lift. */
  readonly fact: <TFact extends Fact>(fact: TFact) => TFact;
  /** A snapshot of this kind of machine with its newest schema; the same object when there is nothing to lift. */
  readonly snapshot: (kind: string, snapshot: MachineSnapshot) => MachineSnapshot;
}

/** Kinds of fact that stand in a journal. */
export interface FactKind {
  readonly type: string;
  readonly kind: string;
  /** Of its snapshot; `null` where it has none. */
  readonly schema: number | null;
}

const typePattern = /^v([1-9]\d*)\.([A-Za-z]\w*)$/;

const parse = (type: string): { readonly version: number; readonly name: string } => {
  const match = typePattern.exec(type);
  if (match === null) throw new Error(`not a versioned fact: ${type}`);
  return { version: Number(match[1]), name: String(match[2]) };
};

const assertOneFurther = (lift: FactLift): void => {
  const from = parse(lift.from);
  const to = parse(lift.to);
  if (to.name !== from.name || to.version !== from.version + 1)
    throw new Error(`${lift.from} cannot become ${lift.to}`);
};

const byKey = <T>(what: string, items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> => {
  const map = new Map<string, T>();
  for (const item of items) {
    if (map.has(keyOf(item))) throw new Error(`two lifts of ${what} ${keyOf(item)}`);
    map.set(keyOf(item), item);
  }
  return map;
};

const snapshotKey = (kind: string, schema: number): string => `${kind} ${schema}`;

/** Throws for a lift that skips a version, changes the name, or stands there twice. */
export const createLifter = ({ facts, snapshots }: Pick<Lifts, 'facts' | 'snapshots'>): Lifter => {
  facts.forEach(assertOneFurther);
  const factLifts = byKey('the fact', facts, ({ from }) => from);
  const snapshotLifts = byKey('the snapshot', snapshots, ({ machine, from }) => snapshotKey(machine, from));

  const snapshot: Lifter['snapshot'] = (kind, given) => {
    let lifted = given;
    for (;;) {
      const step = snapshotLifts.get(snapshotKey(kind, lifted.schema));
      if (step === undefined) return lifted;
      lifted = { ...step.lift(lifted), schema: lifted.schema + 1 };
    }
  };

  return {
    snapshot,
    fact: (given) => {
      let { type, body } = given;
      for (let step = factLifts.get(type); step !== undefined; step = factLifts.get(type)) {
        body = step.lift(body);
        type = step.to;
      }
      const state = given.snapshot === null ? null : snapshot(given.kind, given.snapshot);
      return type === given.type && state === given.snapshot ? given : { ...given, type, body, snapshot: state };
    },
  };
};

/** What of these only a newer program can have written, as it names it itself (`v2.AlarmRaised`, `alarm schema 3`); empty: everything is known. */
export const unknownIn = (kinds: readonly FactKind[], known: Known): readonly string[] => {
  const names = new Map(Object.entries(known.facts));
  const schemas = new Map(Object.entries(known.schemas));
  const found = kinds.flatMap(({ type, kind, schema }) => {
    // A type that is none was not written by any of our programs; verifying says so.
    const match = typePattern.exec(type);
    const fact = match === null || Number(match[1]) <= (names.get(String(match[2])) ?? 0) ? [] : [type];
    return schema === null || schema <= (schemas.get(kind) ?? 0) ? fact : [...fact, `${kind} schema ${schema}`];
  });
  return [...new Set(found)];
};
