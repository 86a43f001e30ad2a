/**
 * The siren, and what became of it. That somebody is to be woken is a machine's wish; that a siren sounded is a fact of its own, told by the
 * sounder: the log says it for each call only when a player ran, and says as well that none did.
 */
import type { JsonObject } from '../../../domain/kernel/json.ts';
import { seconds } from '../../../domain/kernel/time.ts';
import { textOf } from '../../core/docs.ts';
import { byStation, type Worker } from '../../core/work.ts';
import { alarmRows, incidentRows } from '../../parts/rows.ts';
import { JournalError, type OutboxRow } from '../../ports/journal.port.ts';
import type { StationDeps } from '../../core/station-deps.ts';

/** A player that runs for so long plays: one that cannot is dead and tried three times by then. */
const PROVEN_MS = seconds(2);
/** Storage that did not take the outcome is asked again after this. */
const RETRY_MS = seconds(5);

type Outcome = 'sounded' | 'unheard';

export interface Siren {
  /** What is in the outbox: the siren sounds while a reason for it is there. */
  readonly follow: (rows: readonly OutboxRow[]) => void;
  readonly stop: () => void;
}

export interface SirenDeps extends Pick<StationDeps, 'journal' | 'clock' | 'log' | 'sounder'> {
  readonly worker: Worker;
}

const sourcesOf = (rows: readonly OutboxRow[]): ReadonlySet<string> =>
  new Set(
    rows.flatMap(({ effect }) => (effect['type'] === 'startSiren' ? [textOf(effect, 'source') ?? 'station'] : [])),
  );

export const createSiren = ({ journal, clock, log, worker, sounder }: SirenDeps): Siren => {
  /** What the log says of each reason; `null` while it is not known yet. */
  const said = new Map<string, Outcome | null>();
  let cancelCheck: (() => void) | null = null;
  let stopped = false;

  const outcome = (): Outcome | null => {
    const state = sounder.state();
    return state === 'ready' ? null : state === 'sounding' ? 'sounded' : 'unheard';
  };

  /** What the reason is about: the help point of an incident, or what an alarm of its own is about. */
  const aboutOf = (source: string): JsonObject => {
    const alarm = alarmRows.get(journal, source);
    const sourceId = (incidentRows.get(journal, source) ?? alarm)?.sourceId ?? source;
    return { sourceId, cause: alarm?.cause ?? 'helpButton' };
  };

  const say = (sources: readonly string[], now: Outcome): void => {
    if (sources.length === 0) return;
    try {
      worker.commit(byStation, (work) => {
        for (const source of sources) {
          work.record({
            type: now === 'sounded' ? 'v1.SirenSounded' : 'v1.SirenUnheard',
            kind: 'station',
            entityId: source,
            body: { ...aboutOf(source), sounder: sounder.state() },
          });
        }
      });
      for (const source of sources) said.set(source, now);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.error('what became of the siren was not written', { fault: error.fault.kind });
      check(RETRY_MS);
    }
  };

  /** Says of every reason what the log does not say yet. */
  const tell = (): void => {
    const now = outcome();
    if (stopped || now === null) return;
    say(
      [...said].filter(([, before]) => before !== now).map(([source]) => source),
      now,
    );
  };

  const check = (inMs: number): void => {
    cancelCheck?.();
    cancelCheck = clock.after(inMs, () => {
      cancelCheck = null;
      tell();
    });
  };

  const unsubscribe = sounder.onState((state) => {
    // A start is believed after a while; a failure, and a siren that comes back after one, at once.
    if (state === 'failed' || state === 'missing' || [...said.values()].includes('unheard')) tell();
  });

  return {
    follow: (rows) => {
      if (stopped) return;
      const wanted = sourcesOf(rows);
      const gone = [...said].filter(([source]) => !wanted.has(source));
      // Taken on before it was proven: it sounded for that moment all the same.
      if (outcome() === 'sounded') {
        say(
          gone.filter(([, before]) => before === null).map(([source]) => source),
          'sounded',
        );
      }
      for (const [source] of gone) said.delete(source);
      const added = [...wanted].filter((source) => !said.has(source));
      for (const source of added) said.set(source, null);
      sounder.siren(wanted.size > 0);
      if (added.length > 0) check(PROVEN_MS);
    },
    stop: () => {
      stopped = true;
      cancelCheck?.();
      unsubscribe();
    },
  };
};
