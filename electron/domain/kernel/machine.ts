/**
 * What the station's machine host needs of a domain machine.
 *
 * Machines are XState machines run by the pure `transition()`: their actions are names with parameters (`Effect`), never deeds. They use
 * neither `after` nor `invoke` (timers are lost when a machine is restored from a snapshot): time enters as `at` of an event and
 * as `deadline` events, which the station fires for the deadlines that the machine set.
 */
import type { AnyStateMachine, StateValue } from 'xstate';
import type { Json, JsonObject } from './json.ts';
import type { SnapshotLift } from './lifts.ts';

/** The kind of a machine: its name in keys, facts and deadlines. Each feature names its own; two of one name stop the start. */
export type EntityKind = string;

/** Every domain event says when it is recorded (UTC milliseconds): deadlines count from there. */
export interface DomainEvent {
  readonly type: string;
  readonly at: number;
}

/**
 * When it happened, by whoever saw it, beside `at`: what was written down offline, or reported late, keeps its own time. UTC milliseconds in
 * station time, never later than `at`. The station adds it to every event that it gives to a machine.
 */
export interface Occurred {
  readonly occurredAt: number;
}

/** The station tells a machine that a deadline it had set is due. */
export interface DeadlineEvent extends DomainEvent {
  readonly type: `deadline.${string}`;
}

/** What every machine may ask of the station. XState actions carry exactly these names, and the rest as `params`. */
export type KernelEffect =
  /** Ask to be told `deadline.<name>` in `dueInMs`. Setting a name again replaces it. Life-safety deadlines fire at once when the clock
   * cannot be trusted. */
  | { readonly type: 'setDeadline'; readonly name: string; readonly dueInMs: number; readonly lifeSafety: boolean }
  | { readonly type: 'clearDeadline'; readonly name: string }
  /** Hand an event to another machine, in the same transaction. A machine that does not exist yet is started by it. */
  | { readonly type: 'tell'; readonly kind: EntityKind; readonly id: string; readonly event: DomainEvent & JsonObject };

/** What only some machines ask for, and a feature performs after the commit: a motion, a siren, a key to delete. */
export interface OutsideEffect {
  readonly type: string;
  readonly params: JsonObject;
}

export type Effect = KernelEffect | OutsideEffect;

/** A kind of machine with the events that it takes: for those who tell it something. */
export interface MachineRef<TEvent extends DomainEvent = DomainEvent> {
  readonly kind: EntityKind;
  /** Never read: it carries the type of the events. */
  takes?(event: TEvent): void;
}

/** A machine's state as plain JSON, versioned: what a fact carries and what is restored after a restart. */
export interface MachineSnapshot {
  readonly schema: number;
  readonly value: StateValue;
  readonly context: JsonObject;
  /** `done` when the machine has reached its end and takes no more events. */
  readonly status: 'active' | 'done';
}

/** What happened, named by the domain: past tense and versioned, for example `v1.BarrierOpened`. */
export interface NamedFact {
  readonly type: `v${number}.${string}`;
  readonly body: JsonObject;
}

/** Why a machine does not take an event now. `kind` is a catalogue key of the seat's texts. */
export interface Refusal {
  readonly kind: string;
  readonly details?: Json;
}

/** One kind of machine, with the names of its facts. */
export interface DomainMachine<TEvent extends DomainEvent = DomainEvent> extends MachineRef<TEvent> {
  /** Version of the snapshot's context. */
  readonly schema: number;
  /** From each earlier schema to the next one. */
  readonly lifts: readonly SnapshotLift[];
  readonly machine: AnyStateMachine;
  /** The outside effects that it asks for. */
  readonly effects: readonly string[];
  /** Its deadlines that are due at an hour by the clock on the wall, and not after a stretch of time. */
  readonly appointments: readonly string[];
  /** The event that may start a machine which does not exist yet. */
  readonly startedBy: string;
  /** Why this event is refused in this state, or `null`. `before` is `null` before the first event. */
  readonly refuses: (before: MachineSnapshot | null, event: DomainEvent & Occurred) => Refusal | null;
  /** Names what happened, or `null` when the event changed nothing that is worth keeping (and then nothing is journaled). */
  readonly nameFact: (
    before: MachineSnapshot | null,
    event: DomainEvent & Occurred,
    after: MachineSnapshot,
  ) => NamedFact | null;
}
