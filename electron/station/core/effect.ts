/** What machines ask for outside of the station, as a feature performs it. */
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { OutboxRow } from '../ports/journal.port.ts';
import type { Work } from './work.ts';

/** The outbox inside a transaction. */
export interface Outbox {
  readonly rows: () => readonly OutboxRow[];
  /** `once`: at most one attempt, marked before it is made. `untilDone`: repeated until it succeeds. */
  readonly add: (effect: JsonObject, policy: OutboxRow['policy']) => void;
  readonly remove: (id: number) => void;
}

/** One attempt at most, marked as started and committed before the world hears of it. */
export interface OnceRunner {
  readonly policy: 'once';
  /** Not begun any more so long after it was given, or seen here, milliseconds. */
  readonly livesMs: number;
  /** When it was given, UTC milliseconds. */
  readonly givenAtMs: (effect: JsonObject) => number;
  /** Nobody began it while it was alive. */
  readonly expired: (work: Work, effect: JsonObject) => void;
  /** It is begun with this commit. */
  readonly sent: (work: Work, effect: JsonObject) => void;
  /** Does it, and answers what is to be said of it. */
  readonly run: (effect: JsonObject) => Promise<(work: Work) => void>;
  /** It was begun, and nobody knows what became of it. */
  readonly lost: (work: Work, effect: JsonObject) => void;
}

/** Repeated until it succeeds, ever more slowly. What has gathered meanwhile is done in one go. */
export interface UntilDoneRunner {
  readonly policy: 'untilDone';
  /** Does all of these; a rejection is a failure of all. */
  readonly run: (effects: readonly JsonObject[]) => Promise<void>;
}

/** Stands in the outbox for as long as it is wanted; whoever performs it looks at all that stand there. */
export interface StandingRunner {
  readonly policy: 'standing';
  readonly follow: (rows: readonly OutboxRow[]) => void;
}

export type EffectRunner = OnceRunner | UntilDoneRunner | StandingRunner;

/** One kind of effect: what it becomes in the transaction, and who runs it after the commit. */
export interface EffectDefinition {
  readonly name: string;
  /** Puts it into the outbox, or takes something out. */
  readonly take: (outbox: Outbox, params: JsonObject) => void;
}
