/**
 * The unit of work: ONE journal transaction for facts, deadlines, outbox, read models and the answer; and the only way to write.
 * Listeners hear of it after the commit, in the order of the commits.
 */
import type { StationFact } from '../contract/names.ts';
import type { Fact, RecordedFact } from '../domain/kernel/fact.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import type { DomainEvent, Effect, EntityKind, Refusal } from '../domain/kernel/machine.ts';
import { docToSnapshot, type HostScope, type MachineHost } from './machine-host.ts';
import type { Clock, Log } from './ports/clock.port.ts';
import {
  JournalError,
  type DeadlineRow,
  type Journal,
  type JournalWriter,
  type OutboxRow,
  type ReadModelChange,
} from './ports/journal.port.ts';
import { alarmOfOccurrence, openAlarmOf } from './open-alarms.ts';
import type { HiddenFact } from './projections/log.projection.ts';
import { project } from './projections/project.ts';

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

/** The running transaction, as the station's parts see it. */
export interface Work {
  readonly tx: JournalWriter;
  /** The station's clock at the beginning of the transaction, UTC milliseconds. */
  readonly nowMs: number;
  readonly origin: Origin;
  /** A fact without a machine. */
  readonly record: (
    entry: Pick<Fact, 'kind' | 'entityId' | 'body'> & { readonly type: StationFact | HiddenFact },
  ) => RecordedFact;
  /** An event for a machine; what the refusal says is a rule of the domain, and then nothing of it was written. */
  readonly tell: (kind: EntityKind, id: string, event: DomainEvent) => Refusal | null;
  /** Takes every siren off the list of what sounds. Returns how many were on it. */
  readonly dropSirens: () => number;
  readonly clearDeadline: (key: string) => void;
  readonly removeOutbox: (id: number) => void;
}

export interface Worker {
  /** Runs `work` as one transaction. Throws `JournalError` when storage fails, or what `work` throws; then nothing remains. */
  readonly commit: <T>(origin: Origin, work: (work: Work) => T) => T;
  /** Hears of every commit, after it, in order. */
  readonly onCommit: (listener: (committed: Committed) => void) => void;
  /** `failed` from a storage failure until the next commit that succeeds. */
  readonly storage: () => 'ok' | 'failed';
}

export interface WorkerDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly host: MachineHost;
}

/** The key of a deadline: unique, `<kind>/<entityId>/<name>`. */
export const deadlineKey = (kind: string, entityId: string, name: string): string => `${kind}/${entityId}/${name}`;

interface Gathered {
  readonly facts: RecordedFact[];
  readonly changes: ReadModelChange[];
  readonly deadlines: DeadlineChange[];
  effects: boolean;
}

const isSiren = (effect: JsonObject, source: string | null): boolean =>
  effect['type'] === 'startSiren' && (source === null || effect['source'] === source);

const openWork = (deps: WorkerDeps, tx: JournalWriter, origin: Origin, gathered: Gathered): Work => {
  const nowMs = Math.floor(deps.clock.nowMs());
  const occurredAt = Math.min(origin.occurredAt ?? nowMs, nowMs);

  const append = (entry: Pick<Fact, 'type' | 'kind' | 'entityId' | 'body' | 'snapshot'>): RecordedFact => {
    const { actor, seat, commandId } = origin;
    const fact = tx.append({ ...entry, occurredAt, recordedAt: nowMs, actor, seat, commandId });
    gathered.facts.push(fact);
    for (const change of project(fact, tx)) {
      tx.change(change, fact.seq);
      gathered.changes.push(change);
    }
    return fact;
  };

  const removeSirens = (source: string | null): number => {
    const rows = tx.outbox().filter((row) => isSiren(row.effect, source));
    for (const row of rows) tx.removeOutbox(row.id);
    if (rows.length > 0) gathered.effects = true;
    return rows.length;
  };

  /** A new motion takes the place of one that waits: sent after it, the older one would have the last word at the arm. */
  const dropUnsent = (barrierId: string): void => {
    const isUnsent = ({ effect, state }: OutboxRow): boolean =>
      state === 'pending' && effect['type'] === 'driveBarrier' && effect['barrierId'] === barrierId;
    for (const row of tx.outbox().filter(isUnsent)) tx.removeOutbox(row.id);
  };

  const clearDeadline = (key: string): void => {
    tx.clearDeadline(key);
    gathered.deadlines.push({ key, row: null });
  };

  const effect = (kind: EntityKind, entityId: string, wanted: Exclude<Effect, { type: 'tell' }>): void => {
    switch (wanted.type) {
      case 'setDeadline': {
        const { name, dueInMs, lifeSafety } = wanted;
        const key = deadlineKey(kind, entityId, name);
        const row: DeadlineRow = {
          key,
          kind,
          entityId,
          name,
          dueAt: nowMs + dueInMs,
          remainingMs: dueInMs,
          lifeSafety,
        };
        tx.setDeadline(row);
        gathered.deadlines.push({ key, row });
        return;
      }
      case 'clearDeadline':
        return clearDeadline(deadlineKey(kind, entityId, wanted.name));
      case 'stopSiren':
        removeSirens(wanted.source);
        return;
      case 'startSiren':
        // The row stays as long as it is to sound, so that a restarted station goes on sounding.
        removeSirens(wanted.source);
        tx.addOutbox({ ...wanted }, 'untilDone', nowMs);
        gathered.effects = true;
        return;
      case 'driveBarrier':
        dropUnsent(wanted.barrierId);
        tx.addOutbox({ ...wanted }, 'once', nowMs);
        gathered.effects = true;
        return;
      case 'forgetSubject':
        tx.addOutbox({ ...wanted }, 'untilDone', nowMs);
        gathered.effects = true;
    }
  };

  const scope: HostScope = {
    snapshotOf: (kind, id) => {
      const doc = tx.row('machines', `${kind}/${id}`);
      return doc === null ? null : docToSnapshot(doc);
    },
    record: append,
    effect,
    alarms: {
      open: (cause, sourceId) => openAlarmOf(tx, cause, sourceId),
      ofOccurrence: (occurrenceId) => alarmOfOccurrence(tx, occurrenceId),
    },
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
    nowMs,
    origin,
    record: (entry) => append({ ...entry, snapshot: null }),
    tell: (kind, id, event) => deps.host.tell(scope, kind, id, event),
    dropSirens: () => removeSirens(null),
    clearDeadline,
    removeOutbox: (id) => tx.removeOutbox(id),
  };
};

export const createWorker = (deps: WorkerDeps): Worker => {
  const listeners: ((committed: Committed) => void)[] = [];
  const waiting: Committed[] = [];
  let telling = false;
  let storage: 'ok' | 'failed' = 'ok';

  /** What was committed is committed, whatever becomes of a listener: the others hear of it all the same. Returns the defect. */
  const tellOne = (
    listener: (committed: Committed) => void,
    committed: Committed,
  ): { readonly defect: unknown } | null => {
    try {
      listener(committed);
      return null;
    } catch (error) {
      if (!(error instanceof JournalError)) return { defect: error };
      storage = 'failed';
      deps.log.error('storage could not be read after a commit', { fault: error.fault.kind });
      return null;
    }
  };

  /** A listener may commit in turn; its own news comes after the news that it is hearing. */
  const announce = (committed: Committed): void => {
    waiting.push(committed);
    if (telling) return;
    telling = true;
    let first: { readonly defect: unknown } | null = null;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const listener of listeners) first = tellOne(listener, next) ?? first;
    }
    telling = false;
    if (first !== null) throw first.defect;
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
    storage: () => storage,
  };
};
