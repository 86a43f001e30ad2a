/** The demo community: its simulators, and the commands that set it up, given by the station. */
import type { Command } from '../contract/commands.schema.ts';
import type { ShiftEvent } from '../domain/shifts/shift.types.ts';
import { nothingPrepared, Refused, type CommandScope } from './commands/handler.ts';
import { endOfTakeover, openItemsOf } from './commands/duty.commands.ts';
import { passCallsOn } from './commands/event.commands.ts';
import { establish } from './commands/setup.commands.ts';
import { objectOf, textOf } from './docs.ts';
import { seconds } from '../domain/kernel/time.ts';
import { roleOf, type Inbox } from './inbox.ts';
import type { Clock, Ids, Log } from './ports/clock.port.ts';
import type { DemoLanguage, DemoPort, SeedCommand } from './ports/demo.port.ts';
import type { PanelPort } from './ports/devices.port.ts';
import type { Journal } from './ports/journal.port.ts';
import type { Secrets } from './ports/vault.port.ts';
import type { Privacy } from './privacy.ts';
import { POST_ID } from './projections/log.projection.ts';
import { RealCommunityError } from './station.ts';
import { byStation, type Work, type Worker } from './work.ts';

/** Simulators that did not come up, or went away, are started again after a second, each time twice as long after, up to this. */
const LONGEST_RETRY_MS = seconds(30);
const FIRST_RETRY_MS = seconds(1);
/** Simulators that ran this long were healthy: the next wait is short again. */
const HEALTHY_MS = seconds(60);

export type CommunityKind = 'empty' | 'demo' | 'real';

/** What this data folder holds. */
export const communityKind = (journal: Pick<Journal, 'row'>): CommunityKind => {
  const row = journal.row('community', 'community');
  if (row === null) return 'empty';
  return row['demo'] === true ? 'demo' : 'real';
};

export interface Demo {
  /**
   * Starts the simulators and sets the demo up. Where it was set up before, it resolves at once and the simulators come up meanwhile, so that
   * seats are let in within a second of a restart. Rejects with `RealCommunityError` in a real community's folder.
   */
  readonly start: (lang?: DemoLanguage) => Promise<void>;
  /** Brings the demo of an earlier run up again, unless `start` comes first. */
  readonly resume: () => void;
  /** Whom a fresh seat is signed in as, once the demo is set up. */
  readonly volunteerId: () => string | null;
  /** `down`: the simulators of this demo do not run, and are being started. */
  readonly state: () => 'none' | 'up' | 'down';
  readonly stop: () => Promise<void>;
}

export interface DemoDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly privacy: Privacy;
  readonly worker: Worker;
  readonly inbox: Inbox;
  readonly demo: DemoPort;
  readonly panels: PanelPort;
}

export const createDemo = ({
  journal,
  clock,
  ids,
  log,
  secrets,
  privacy,
  worker,
  inbox,
  demo,
  panels,
}: DemoDeps): Demo => {
  let running: Promise<void> | null = null;
  let cancelLater: (() => void) | null = null;
  let stopped = false;
  let upSinceMs: number | null = null;
  let retryMs = FIRST_RETRY_MS;

  const toCommand = (seed: SeedCommand): Command =>
    ({ ...seed, id: ids.next(), occurredAt: Math.floor(clock.nowMs()) }) as Command;

  const scopeOf = (work: Work): CommandScope => ({
    work,
    actor: 'station',
    commandId: ids.next(),
    givenAtMs: work.nowMs,
    ids,
    privacy,
    secrets,
    prepared: nothingPrepared,
  });

  const takeDuty = (work: Work, personId: string): void => {
    if (objectOf(work.tx.row('shift', POST_ID), 'responsible') !== null) return;
    const at = work.nowMs;
    const openItems = openItemsOf(work.tx);
    const untilMs = endOfTakeover(work.tx, personId, at);
    const begin: ShiftEvent = { type: 'beginTakeover', at, incoming: personId, untilMs, openItems };
    const accept: ShiftEvent = { type: 'accept', at, by: personId, seenItems: openItems, untilMs };
    const refusal = work.tell('shift', POST_ID, begin) ?? work.tell('shift', POST_ID, accept);
    if (refusal !== null) throw new Refused(refusal);
    passCallsOn(work, personId);
  };

  const setUp = async (lang?: DemoLanguage): Promise<void> => {
    const seed = await demo.start(panels.port(), Math.floor(clock.nowMs()), lang);
    if (stopped) return;
    upSinceMs = clock.monotonicMs();
    if (communityKind(journal) === 'empty') {
      const { communityName: name, timeZone, volunteerId } = seed;
      worker.commit(byStation, (work) =>
        establish(scopeOf(work), { name, timeZone, demo: true, managerId: null, volunteerId }),
      );
    }
    for (const command of seed.commands) {
      if (stopped) return;
      const answer = await inbox.give({ actor: () => 'station', seat: null }, toCommand(command));
      if (!answer.ok)
        throw new Error(`the demo could not be set up: ${command.type} was refused (${answer.refusal.kind})`);
    }
    if (!stopped) worker.commit(byStation, (work) => takeDuty(work, seed.volunteerId));
  };

  const begin = (lang?: DemoLanguage): Promise<void> => {
    cancelLater?.();
    running ??= setUp(lang).catch((error: unknown) => {
      running = null;
      throw error;
    });
    return running;
  };

  const beginLater = (delayMs: number, lang?: DemoLanguage): void => {
    cancelLater?.();
    cancelLater = clock.after(delayMs, () => beginMeanwhile(lang));
  };

  /** Cameras that are not there are shown as what they are; the simulators are tried again. */
  const beginMeanwhile = (lang?: DemoLanguage): void => {
    begin(lang).catch((error: unknown) => {
      if (stopped) return;
      log.error('the demo did not come up', { problem: error instanceof Error ? error.message : 'unknown' });
      beginAgain(lang);
    });
  };

  const beginAgain = (lang?: DemoLanguage): void => {
    beginLater(retryMs, lang);
    retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
  };

  demo.onLost(() => {
    if (stopped) return;
    log.warn('the simulators ended');
    if (upSinceMs !== null && clock.monotonicMs() - upSinceMs >= HEALTHY_MS) retryMs = FIRST_RETRY_MS;
    upSinceMs = null;
    running = null;
    beginAgain();
  });

  return {
    start: async (lang) => {
      if (communityKind(journal) === 'real') throw new RealCommunityError();
      if (communityKind(journal) === 'demo') beginMeanwhile(lang);
      else await begin(lang);
    },
    resume: () => beginLater(0),
    volunteerId: () => {
      const personId = textOf(journal.row('demo', 'demo'), 'volunteerId');
      return roleOf(journal, personId) === 'nobody' ? null : personId;
    },
    state: () => (communityKind(journal) !== 'demo' ? 'none' : upSinceMs === null ? 'down' : 'up'),
    stop: async () => {
      stopped = true;
      cancelLater?.();
      await demo.stop();
    },
  };
};
