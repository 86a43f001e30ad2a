import type { JsonObject } from './json.ts';
import type { EntityKind, MachineSnapshot } from './machine.ts';

/** The event envelope: one entry of the journal, before it has a sequence number. */
export interface Fact {
  /** Versioned name in the past tense: `v1.AlarmRaised`. Old versions are lifted when they are read, never rewritten. */
  readonly type: string;
  /** What it is about: a machine's kind, or that of a thing without one. */
  readonly kind: EntityKind;
  readonly entityId: string;
  readonly body: JsonObject;
  /** The machine's state after it, where there is a machine: rebuilding folds these and never runs a machine. */
  readonly snapshot: MachineSnapshot | null;
  /** UTC milliseconds, by whoever saw it happen. */
  readonly occurredAt: number;
  /** UTC milliseconds, by the station's clock at the commit. */
  readonly recordedAt: number;
  /** Who: a person's id, `station`, `device:<id>`. Taken from the session, never from the message. */
  readonly actor: string;
  /** The seat it was done at, where there was one. */
  readonly seat: string | null;
  /** The command it answers, where there was one. */
  readonly commandId: string | null;
}

/** A fact in the journal. */
export interface RecordedFact extends Fact {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
}
