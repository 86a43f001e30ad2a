import type { AnyStateMachine, StateValue } from 'xstate';
import type {
  DomainEvent,
  DomainMachine,
  EntityKind,
  MachineSnapshot,
  NamedFact,
  Occurred,
  Refusal,
} from './machine.ts';
import type { SnapshotLift } from './lifts.ts';

/** A snapshot with its context typed again. */
export interface Seen<TContext> {
  readonly value: StateValue;
  readonly context: TContext;
  readonly status: 'active' | 'done';
}

export interface MachineRules<TContext, TEvent extends DomainEvent> {
  readonly kind: EntityKind;
  readonly schema: number;
  /** What becomes of a snapshot of an earlier schema, by its number: one of the next. */
  readonly lifts?: Readonly<Record<number, SnapshotLift['lift']>>;
  readonly machine: AnyStateMachine;
  /** The outside effects that it names. */
  readonly effects?: Readonly<Record<string, unknown>>;
  /** Its deadlines that are due at an hour by the clock on the wall. */
  readonly appointments?: readonly string[];
  readonly startedBy: TEvent['type'];
  /** Whether the starting event can be taken; asked only where nothing exists yet. */
  readonly refusesStart?: (event: TEvent) => Refusal | null;
  /** Asked only of an existing, unfinished machine, and never about deadlines or a second start. */
  readonly refuses: (before: Seen<TContext>, event: TEvent & Occurred) => Refusal | null;
  /** Events that a finished machine lets pass without effect, because another machine or a device sends them without looking. */
  readonly harmlessWhenDone?: readonly TEvent['type'][];
  /** Asked only when the event changed the snapshot. */
  readonly nameFact: (before: Seen<TContext> | null, event: TEvent & Occurred, after: Seen<TContext>) => NamedFact;
}

const sameJson = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const other = new Map<string, unknown>(Object.entries(right));
  return Object.entries(left).every(([key, value]) => other.has(key) && sameJson(value, other.get(key)));
};

const unchanged = (before: MachineSnapshot, after: MachineSnapshot): boolean =>
  before.status === after.status && sameJson(before.value, after.value) && sameJson(before.context, after.context);

/**
 * Makes the station's descriptor from typed rules. The context of a snapshot is plain JSON that this machine itself wrote under
 * this schema number, so its type is restored here, once; a snapshot of another schema is a defect (an upcaster is missing).
 *
 * Rules shared by all kinds: nothing but `startedBy` starts a machine (`notFound`), nothing starts it twice (`alreadyExists`), a finished
 * one takes nothing (`ended`), a deadline is never refused, and what changed nothing has no fact.
 */
export const defineMachine = <TContext, TEvent extends DomainEvent>(
  rules: MachineRules<TContext, TEvent>,
): DomainMachine<TEvent> => {
  const seen = (snapshot: MachineSnapshot): Seen<TContext> => {
    if (snapshot.schema !== rules.schema) {
      throw new Error(`${rules.kind}: snapshot of schema ${String(snapshot.schema)}, ${String(rules.schema)} expected`);
    }
    return { value: snapshot.value, context: snapshot.context as TContext, status: snapshot.status };
  };
  return {
    kind: rules.kind,
    schema: rules.schema,
    lifts: Object.entries(rules.lifts ?? {}).map(([from, lift]) => ({ machine: rules.kind, from: Number(from), lift })),
    machine: rules.machine,
    effects: Object.keys(rules.effects ?? {}),
    appointments: rules.appointments ?? [],
    startedBy: rules.startedBy,
    refuses: (before, event) => {
      const typed = event as TEvent & Occurred;
      if (before === null) {
        if (event.type !== rules.startedBy) return { kind: 'notFound', details: { kind: rules.kind } };
        return rules.refusesStart?.(typed) ?? null;
      }
      if (event.type.startsWith('deadline.')) return null;
      if (event.type === rules.startedBy) return { kind: 'alreadyExists', details: { kind: rules.kind } };
      if (before.status === 'done') {
        return (rules.harmlessWhenDone ?? []).includes(event.type)
          ? null
          : { kind: 'ended', details: { kind: rules.kind } };
      }
      return rules.refuses(seen(before), typed);
    },
    nameFact: (before, event, after) => {
      if (before !== null && unchanged(before, after)) return null;
      return rules.nameFact(before === null ? null : seen(before), event as TEvent & Occurred, seen(after));
    },
  };
};

/**
 * The guard of what is not refused: a machine's rule is written once, as the reason why it refuses, and the transition that it stands before asks
 * the same function. `refuses` looks at the context alone; what depends on the state stands in the states themselves.
 */
export const notRefused =
  <TContext, TEvent extends DomainEvent>(refuses: (context: TContext, event: TEvent) => Refusal | null) =>
  ({ context, event }: { readonly context: TContext; readonly event: TEvent }): boolean =>
    refuses(context, event) === null;
