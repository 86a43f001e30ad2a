/** The demo community: its simulators, and the commands that set it up, given by the station. */
import type { Command } from '../../../contract/commands.schema.ts';
import { seconds } from '../../../domain/kernel/time.ts';
import { monitoringRoom } from '../../../domain/posts/post.ts';
import { shift } from '../../../domain/shifts/shift.ts';
import type { ServiceContext } from '../../core/define-feature.ts';
import { nothingPrepared, Refused } from '../../core/handler.ts';
import { defineTable } from '../../core/table.ts';
import { byStation, type Work } from '../../core/work.ts';
import { passCallsOn } from '../../parts/calls.ts';
import { endOfTakeover, holderOf } from '../../parts/duty-rows.ts';
import { establish } from '../../parts/establish.ts';
import { isEmpty, roleOf } from '../../parts/people-rows.ts';
import type { Journal } from '../../ports/journal.port.ts';
import type { DemoLanguage, DemoPort, SeedCommand } from './demo.port.ts';

/** One row, where this community is the demo: whom a fresh seat is signed in as. */
export const demoRows = defineTable<{ readonly volunteerId: string }>('demo');
const DEMO = 'demo';

/** The demo was asked for in a data folder that holds a real community. */
export class RealCommunityError extends Error {
  constructor() {
    super('this data folder holds a real community');
    this.name = 'RealCommunityError';
  }
}

/** Simulators that did not come up, or went away, are started again after a second, each time twice as long after, up to this. */
const LONGEST_RETRY_MS = seconds(30);
const FIRST_RETRY_MS = seconds(1);
/** Simulators that ran this long were healthy: the next wait is short again. */
const HEALTHY_MS = seconds(60);

/** What this data folder holds. */
export const communityKind = (journal: Pick<Journal, 'row'>): 'empty' | 'demo' | 'real' => {
  if (isEmpty(journal)) return 'empty';
  return demoRows.get(journal, DEMO) === null ? 'real' : 'demo';
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

export const createDemo = (
  { deps, worker, inbox, openItems }: Pick<ServiceContext, 'deps' | 'worker' | 'inbox' | 'openItems'>,
  demo: DemoPort,
): Demo => {
  const { journal, clock, ids, log, panels } = deps;
  let running: Promise<void> | null = null;
  let cancelLater: (() => void) | null = null;
  let stopped = false;
  let upSinceMs: number | null = null;
  let retryMs = FIRST_RETRY_MS;

  const toCommand = (seed: SeedCommand): Command =>
    ({ ...seed, id: ids.next(), occurredAt: Math.floor(clock.nowMs()) }) as Command;

  const takeDuty = (work: Work, personId: string): void => {
    if (holderOf(work.read, monitoringRoom) !== null) return;
    const at = work.nowMs;
    const items = [...openItems(work.read)];
    const untilMs = endOfTakeover(work.read, monitoringRoom, personId, at);
    const refusal =
      work.tell(shift, monitoringRoom, { type: 'beginTakeover', at, incoming: personId, untilMs, openItems: items }) ??
      work.tell(shift, monitoringRoom, { type: 'accept', at, by: personId, seenItems: items, untilMs });
    if (refusal !== null) throw new Refused(refusal);
    passCallsOn(work, personId);
  };

  const setUp = async (lang?: DemoLanguage): Promise<void> => {
    const seed = await demo.start(panels.port(), Math.floor(clock.nowMs()), lang);
    if (stopped) return;
    upSinceMs = clock.monotonicMs();
    if (communityKind(journal) === 'empty') {
      const { communityName: name, timeZone, volunteerId } = seed;
      worker.commit(byStation, (work) => {
        establish({ work, prepared: nothingPrepared }, { name, timeZone, managerId: null });
        work.record({ type: 'v1.DemoStarted', kind: 'community', entityId: DEMO, body: { volunteerId } });
      });
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
    resume: () => {
      if (communityKind(journal) === 'demo') beginLater(0);
    },
    volunteerId: () => {
      const personId = demoRows.get(journal, DEMO)?.volunteerId ?? null;
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
