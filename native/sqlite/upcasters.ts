/**
 * Old facts are never rewritten; they are lifted while they are read. An upcaster takes one version of one fact to the next, and
 * they are chained: `v1.X → v2.X → v3.X`. Pure, so that a rebuild gives the same result every time.
 */
import type { RecordedFact } from '../../electron/domain/kernel/fact.ts';

/** What of a fact can change its shape. The envelope (who, when, about what) never does. */
type Liftable = Pick<RecordedFact, 'body' | 'snapshot'>;

export interface Upcaster {
  /** `v1.AlarmRaised` */
  readonly from: string;
  /** The same name, one version further: `v2.AlarmRaised`. */
  readonly to: string;
  readonly lift: (old: Liftable) => Liftable;
}

/** Lifts a fact to the newest version known; the same object when there is nothing to lift. */
export type Lift = (fact: RecordedFact) => RecordedFact;

const parse = (type: string): { readonly version: number; readonly name: string } => {
  const match = /^v([1-9]\d*)\.([A-Za-z]\w*)$/.exec(type);
  if (match === null) throw new Error(`not a versioned fact: ${type}`);
  return { version: Number(match[1]), name: String(match[2]) };
};

/** The registry. Throws for a step that skips a version, changes the name, or stands there twice. */
export const createLift = (upcasters: readonly Upcaster[]): Lift => {
  const byFrom = new Map<string, Upcaster>();
  for (const upcaster of upcasters) {
    const from = parse(upcaster.from);
    const to = parse(upcaster.to);
    if (to.name !== from.name || to.version !== from.version + 1)
      throw new Error(`${upcaster.from} cannot become ${upcaster.to}`);
    if (byFrom.has(upcaster.from)) throw new Error(`two upcasters for ${upcaster.from}`);
    byFrom.set(upcaster.from, upcaster);
  }
  return (fact) => {
    let type = fact.type;
    let shape: Liftable = fact;
    for (let step = byFrom.get(type); step !== undefined; step = byFrom.get(type)) {
      shape = step.lift(shape);
      type = step.to;
    }
    return type === fact.type ? fact : { ...fact, type, body: shape.body, snapshot: shape.snapshot };
  };
};

/** What this version of the program can lift: nothing yet, every fact is still in its first version. */
export const shippedUpcasters: readonly Upcaster[] = [];
