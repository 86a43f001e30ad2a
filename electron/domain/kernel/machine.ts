/**
 * What the station's machine host needs of a domain machine.
 *
 * Machines are XState machines run by the pure `transition()`: their actions are names with parameters (`Effect`), never deeds. They use
 * neither `after` nor `invoke` (timers are lost when a machine is restored from a snapshot): time enters as `at` of an event and
 * as `deadline` events, which the station fires for the deadlines that the machine set.
 */
import type { AnyStateMachine, StateValue } from 'xstate';
import type { Json, JsonObject } from './json.ts';

export type EntityKind = 'alarm' | 'incident' | 'barrier' | 'camera' | 'shift' | 'visit';

/** Every domain event says when it happened (UTC milliseconds). */
export interface DomainEvent {
  readonly type: string;
  readonly at: number;
}

/** The station tells a machine that a deadline it had set is due. */
export interface DeadlineEvent extends DomainEvent {
  readonly type: `deadline.${string}`;
}

/** What a machine asks the station to do; XState actions carry exactly these names, and the rest as `params`. */
export type Effect =
  /** Ask to be told `deadline.<name>` in `dueInMs`. Setting a name again replaces it. Life-safety deadlines fire at once when the clock
   * cannot be trusted. */
  | { readonly type: 'setDeadline'; readonly name: string; readonly dueInMs: number; readonly lifeSafety: boolean }
  | { readonly type: 'clearDeadline'; readonly name: string }
  /** Hand an event to another machine, in the same transaction. A machine that does not exist yet is started by it. */
  | { readonly type: 'tell'; readonly kind: EntityKind; readonly id: string; readonly event: DomainEvent & JsonObject }
  /** After the commit, at most once: send the barrier a motion. The outcome comes back as an event. */
  | {
      readonly type: 'driveBarrier';
      readonly barrierId: string;
      readonly motion: 'open' | 'close';
      readonly motionId: string;
      readonly givenAtMs: number;
    }
  /** After the commit: the station's own sounder. `source` keeps several reasons apart; it sounds while any is left. */
  | { readonly type: 'startSiren'; readonly source: string }
  | { readonly type: 'stopSiren'; readonly source: string }
  /** After the commit, repeated until done: delete the subject's key. */
  | { readonly type: 'forgetSubject'; readonly subjectId: string };

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
export interface DomainMachine {
  readonly kind: EntityKind;
  /** Version of the snapshot's context. */
  readonly schema: number;
  readonly machine: AnyStateMachine;
  /** The event that may start a machine which does not exist yet. */
  readonly startedBy: string;
  /** Why this event is refused in this state, or `null`. `before` is `null` before the first event. */
  readonly refuses: (before: MachineSnapshot | null, event: DomainEvent) => Refusal | null;
  /** Names what happened, or `null` when the event changed nothing that is worth keeping (and then nothing is journaled). */
  readonly nameFact: (before: MachineSnapshot | null, event: DomainEvent, after: MachineSnapshot) => NamedFact | null;
}
