/**
 * The unit of work: ONE journal transaction for facts, deadlines, outbox, read models and the answer; and the only way to write.
 * Who gave the work
 * has its value as soon as it is committed; listeners hear of it on a later turn, in the order of the commits.
 */
import type { StationFact } from '../../contract/names.ts';
import type { Fact, RecordedFact } from '../../domain/kernel/fact.ts';
import type { DomainEvent, KernelEffect, MachineRef, OutsideEffect, Refusal } from '../../domain/kernel/machine.ts';
import type { Lifter } from '../../domain/kernel/lifts.ts';
import type { EffectDefinition, Outbox } from './effect.ts';
import type { HostScope, MachineHost } from './machine-host.ts';
import type { Clock, Log } from '../ports/clock.port.ts';
import {
  JournalError,
  type DeadlineRow,
  type Journal,
  type JournalWriter,
  type ReadModelChange,
  type StoredSession,
} from '../ports/journal.port.ts';
import type { FactRegistry } from './facts.ts';
import { snapshotOf, type Projector } from './project.ts';
import type { RowReader } from './table.ts';

/** On whose behalf the work is done. */
export interface Origin {
  /** A person's id, `station`, or `device:<id>`. */
  readonly actor: string;
  readonly seat: string | null;
  readonly commandId: string | null;
  /** When it happened, by whoever saw it, in station time; `null`: now. Never later than now. */
  readonly occurredAt: number | null;
}

/** The station acting by itself. */
export const byStation: Origin = { actor: 'station', seat: null, commandId: null, occurredAt: null };

/** A device that reported something at `atMs`. */
export const byDevice = (deviceId: string, atMs: number): Origin => ({
  actor: `device:${deviceId}`,
  seat: null,
  commandId: null,
  occurredAt: atMs,
});

type DeadlineChange = { readonly key: string; readonly row: DeadlineRow | null };

/** What a commit has changed. */
export interface Committed {
  readonly seq: number;
  readonly facts: readonly RecordedFact[];
  readonly changes: readonly ReadModelChange[];
  readonly deadlines: readonly DeadlineChange[];
  /** Whether effects wait in the outbox that were not there before, or a siren was started or stopped. */
  readonly effects: boolean;
}

/** The running transaction, as a feature may use it. */
export interface Work {
  /** The rows as they are in this transaction. */
  readonly read: RowReader;
  /** The station's clock at the beginning of the transaction, UTC milliseconds. */
  readonly nowMs: number;
  readonly origin: Origin;
  /** A fact without a machine. */
  readonly record: (entry: Pick<Fact, 'kind' | 'entityId' | 'body'> & { readonly type: StationFact }) => RecordedFact;
  /** An event for a machine; what the refusal says is a rule of the domain, and then nothing of it was written. */
  readonly tell: <TEvent extends DomainEvent>(machine: MachineRef<TEvent>, id: string, event: TEvent) => Refusal | null;
  /** What waits to be done outside, or stands there as long as it is wanted. */
  readonly outbox: Outbox;
  /** When this deadline is due as it is kept, UTC milliseconds; `null`: it is not waited for. */
  readonly dueAt: (kind: string, entityId: string, name: string) => number | null;
  readonly saveSession: (session: StoredSession) => void;
  readonly removeSession: (tokenHash: string) => void;
}

/** The running transaction, as only the core may use it: commands are answered and deadlines kept in it. */
export interface CoreWork extends Work {
  readonly tx: JournalWriter;
  readonly clearDeadline: (key: string) => void;
}

export interface Worker {
  /** Runs `work` as one transaction. Throws `JournalError` when storage fails, or what `work` throws; then nothing remains. */
  readonly commit: <T>(origin: Origin, work: (work: Work) => T) => T;
  /** Hears of every commit, in order, on a turn after that of the commit: whoever waits for an answer or an acknowledgement has it by then. */
  readonly onCommit: (listener: (committed: Committed) => void) => void;
  /** `failed` from a storage failure until the next commit that succeeds. */
  readonly storage: () => 'ok' | 'failed';
}

/** The worker as the core uses it. */
export interface CoreWorker extends Worker {
  readonly commit: <T>(origin: Origin, work: (work: CoreWork) => T) => T;
  /** Hears of a commit before it returns. For what the core keeps in memory of the rows, which must never be behind them; it must be quick. */
  readonly atCommit: (listener: (committed: Committed) => void) => void;
  /** Tells the listeners at once what they have not heard yet: at the end of a start, and before the station stops. */
  readonly flush: () => void;
}

export interface WorkerDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly host: MachineHost;
  readonly projector: Projector;
  /** A collection that is being prepared: it takes no rows, its facts are folded later. */
  readonly isHidden: (collection: string) => boolean;
  readonly effects: readonly EffectDefinition[];
  readonly facts: FactRegistry;
  /** Lifts what an earlier program left of a machine. */
  readonly lifter: Pick<Lifter, 'snapshot'>;
  /** The first entry of a journal: it names the station. */
  readonly begin: (work: Pick<Work, 'record' | 'nowMs'>) => void;
  /** Runs it on a later turn of the process, not within this one. */
  readonly later: (work: () => void) => void;
  /** Writes down the seat at which something is done for the first time. */
  readonly recordSeat: (work: Pick<Work, 'read' | 'record'>, seatId: string) => void;
  /** A listener broke, or a fact does not hold what it should: what was committed is committed all the same. */
  readonly onDefect: (error: unknown) => void;
}

/** The key of a deadline: unique, `<kind>/<entityId>/<name>`. */
export const deadlineKey = (kind: string, entityId: string, name: string): string => `${kind}/${entityId}/${name}`;

interface Gathered {
  readonly facts: RecordedFact[];
  readonly changes: ReadModelChange[];
  readonly deadlines: DeadlineChange[];
  effects: boolean;
}

const openOutbox = (tx: JournalWriter, nowMs: number, gathered: Gathered): Outbox => ({
  rows: () => tx.outbox(),
  add: (effect, policy) => {
    tx.addOutbox(effect, policy, nowMs);
    gathered.effects = true;
  },
  remove: (id) => {
    tx.removeOutbox(id);
    gathered.effects = true;
  },
});

const openWork = (deps: WorkerDeps, tx: JournalWriter, origin: Origin, gathered: Gathered): CoreWork => {
  const nowMs = Math.floor(deps.clock.nowMs());
  const occurredAt = Math.min(origin.occurredAt ?? nowMs, nowMs);
  let begun = false;
  let seated = origin.seat === null;
  const outbox = openOutbox(tx, nowMs, gathered);

  type Entry = Pick<Fact, 'type' | 'kind' | 'entityId' | 'body' | 'snapshot'>;
  const append = (entry: Entry, { actor, seat, commandId }: Origin = origin): RecordedFact => {
    const misfit = deps.facts.misfit(entry);
    // An alarm with one field too many is still an alarm.
    if (misfit !== null) deps.onDefect(new Error(misfit));
    if (tx.lastSeq() === 0 && !begun) {
      begun = true;
      deps.begin({ nowMs, record: (first) => append({ ...first, snapshot: null }, byStation) });
    }
    if (!seated && seat !== null) {
      seated = true;
      deps.recordSeat({ read: tx, record: (first) => append({ ...first, snapshot: null }) }, seat);
    }
    const fact = tx.append({ ...entry, occurredAt, recordedAt: nowMs, actor, seat, commandId });
    gathered.facts.push(fact);
    for (const change of deps.projector.project(fact, tx)) {
      if (deps.isHidden(change.collection)) continue;
      tx.change(change, fact.seq);
      gathered.changes.push(change);
    }
    return fact;
  };

  const record: Work['record'] = (entry) => append({ ...entry, snapshot: null });

  const clearDeadline = (key: string): void => {
    tx.clearDeadline(key);
    gathered.deadlines.push({ key, row: null });
  };

  const wait = (kind: string, entityId: string, wanted: Exclude<KernelEffect, { readonly type: 'tell' }>): void => {
    const { name } = wanted;
    const key = deadlineKey(kind, entityId, name);
    if (wanted.type === 'clearDeadline') return clearDeadline(key);
    const { dueInMs, lifeSafety } = wanted;
    const row: DeadlineRow = { key, kind, entityId, name, dueAt: nowMs + dueInMs, remainingMs: dueInMs, lifeSafety };
    tx.setDeadline(row);
    gathered.deadlines.push({ key, row });
  };

  const perform = ({ type, params }: OutsideEffect): void => {
    const definition = deps.effects.find(({ name }) => name === type);
    if (definition === undefined) throw new Error(`nobody performs ${type}`);
    definition.take(outbox, params);
  };

  const scope: HostScope = {
    rows: tx,
    occurredAt,
    snapshotOf: (kind, id) => {
      const snapshot = snapshotOf(tx, kind, id);
      return snapshot === null ? null : deps.lifter.snapshot(kind, snapshot);
    },
    record: append,
    wait,
    perform,
    ignored: (kind, id, event, refusal) => {
      deps.log.info('a machine did not take what another one told it', {
        kind,
        id,
        event: event.type,
        refusal: refusal.kind,
      });
    },
  };

  return {
    tx,
    read: tx,
    nowMs,
    origin,
    outbox,
    record,
    tell: (machine, id, event) => deps.host.tell(scope, machine.kind, id, event),
    clearDeadline,
    dueAt: (kind, entityId, name) => {
      const key = deadlineKey(kind, entityId, name);
      return tx.deadlines().find((row) => row.key === key)?.dueAt ?? null;
    },
    saveSession: tx.saveSession,
    removeSession: tx.removeSession,
  };
};

export const createWorker = (deps: WorkerDeps): CoreWorker => {
  const listeners: ((committed: Committed) => void)[] = [];
  const keepers: ((committed: Committed) => void)[] = [];
  const waiting: Committed[] = [];
  let telling = false;
  let planned = false;
  let storage: 'ok' | 'failed' = 'ok';

  /** What was committed is committed, whatever becomes of a listener: the others hear of it all the same. */
  const tellOne = (listener: (committed: Committed) => void, committed: Committed): void => {
    try {
      listener(committed);
    } catch (error) {
      if (!(error instanceof JournalError)) return deps.onDefect(error);
      storage = 'failed';
      deps.log.error('storage could not be read after a commit', { fault: error.fault.kind });
    }
  };

  /** A listener may commit in turn; its own news comes after the news that it is hearing. */
  const tellAll = (): void => {
    planned = false;
    if (telling) return;
    telling = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const listener of listeners) tellOne(listener, next);
    }
    telling = false;
  };

  const announce = (committed: Committed): void => {
    for (const keeper of keepers) tellOne(keeper, committed);
    waiting.push(committed);
    if (planned || telling) return;
    planned = true;
    deps.later(tellAll);
  };

  const written = <T>(attempt: () => T): T => {
    try {
      const value = attempt();
      storage = 'ok';
      return value;
    } catch (error) {
      if (error instanceof JournalError) {
        storage = 'failed';
        deps.log.error('storage takes no entries', { fault: error.fault.kind });
      }
      throw error;
    }
  };

  return {
    commit: (origin, work) => {
      const gathered: Gathered = { facts: [], changes: [], deadlines: [], effects: false };
      const [value, seq] = written(() =>
        deps.journal.transact((tx) => [work(openWork(deps, tx, origin, gathered)), tx.lastSeq()] as const),
      );
      announce({ seq, ...gathered });
      return value;
    },
    onCommit: (listener) => {
      listeners.push(listener);
    },
    atCommit: (listener) => {
      keepers.push(listener);
    },
    flush: tellAll,
    storage: () => storage,
  };
};
