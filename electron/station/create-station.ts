import { createLifter } from '../domain/kernel/lifts.ts';
import { createAsks } from './core/asks.ts';
import { createDeadlines } from './core/deadlines.ts';
import type { Feature, ServiceContext } from './core/define-feature.ts';
import { createEffects } from './core/effect-runner.ts';
import { createFactRegistry, liftsOf } from './core/facts.ts';
import { assertKeysFit } from './core/fingerprint.ts';
import { nameStation } from './core/identity.ts';
import { createInbox } from './core/inbox.ts';
import { createCollections } from './core/keep-collections.ts';
import { createMachineHost } from './core/machine-host.ts';
import { joinFeatures } from './core/join-features.ts';
import { createPrivacy } from './core/privacy.ts';
import { createProjector } from './core/project.ts';
import { createWorker, type Committed } from './core/work.ts';
import { createRowView } from './feeds/row-view.ts';
import { isResponsible } from './parts/duty-rows.ts';
import { isEmpty, roleOf } from './parts/people-rows.ts';
import { kindOfSeat, postOfSeat, recordSeat } from './parts/seat-rows.ts';
import { createSeats } from './seating/seats.ts';
import { createSessions } from './seating/sessions.ts';
import type { Station } from './station.ts';
import type { StationDeps } from './core/station-deps.ts';

/**
 * The only constructor of a station: of what it needs of the world, and of the features that it is to have. The ports stay the caller's: `stop`
 * ends what the station started and closes none of them. Throws where two features claim the same name.
 */
export const createStation = (deps: StationDeps, features: readonly Feature[]): Station => {
  const { journal, clock, ids, log, vault } = deps;
  const joined = joinFeatures(features);
  const { machines } = joined;
  const privacy = createPrivacy(vault);
  const projector = createProjector(features);
  const collections = createCollections({
    ...deps,
    projector,
    onBusy: deps.onBusy ?? (() => undefined),
    onDone: () => {
      seats.renew();
      seats.tellHealth();
    },
  });
  const worker = createWorker({
    journal,
    clock,
    log,
    host: createMachineHost({ machines, receive: joined.receive }),
    projector,
    isHidden: collections.isHidden,
    effects: joined.effects,
    facts: createFactRegistry(features),
    begin: (work) => nameStation(work, ids, privacy, journal.publicKeyPem),
    recordSeat,
    lifter: createLifter(liftsOf(features)),
    onDefect: (error) => log.error('a defect', { problem: error instanceof Error ? error.message : 'unknown' }),
    later: deps.later,
  });
  const inbox = createInbox({
    ...deps,
    privacy,
    worker,
    features,
    preparations: joined.preparations(deps),
    roleOf,
    kindOfSeat,
    postOfSeat,
    isResponsible,
    isEmpty,
    openItems: joined.openItems,
  });
  const deadlines = createDeadlines({
    ...deps,
    worker,
    machines,
    putOff: joined.putOff,
    onJump: (work, jump) => joined.noteJump(work, ids, jump),
    onMoved: () => seats.renew(),
  });
  const view = createRowView({ journal, privacy, collections: joined.collections, dueAt: deadlines.dueAt });
  const sessions = createSessions({ ...deps, worker });
  const context: ServiceContext = {
    deps,
    worker,
    inbox,
    privacy,
    isOpen: (session) => sessions.view(session) !== null,
    maySee: view.mayGet,
    shownTo: view.open,
    jobRunners: () => new Map(services.flatMap(({ jobs }) => Object.entries(jobs ?? {}))),
    openItems: joined.openItems,
    isSimulated: (what) => features.some(({ simulates }) => simulates(journal).includes(what)),
    seatsSeen: () => seats.seen(),
    forgetOpened: () => seats.renew(),
    tellHealth: () => seats.tellHealth(),
    preparing: collections.preparing,
  };
  const services = features.map(({ serve }) => serve(context));
  const asks = createAsks({ services, isEmpty: () => isEmpty(journal) });
  const seats = createSeats({ ...deps, view, inbox, sessions, asks, services });
  const effects = createEffects({ ...deps, worker, runners: joined.runners(services) });

  for (const keeper of [deadlines.keep, seats.keep, ...services.flatMap(({ keepCommit }) => keepCommit ?? [])])
    worker.atCommit(keeper);
  const listeners: readonly ((committed: Committed) => void)[] = [
    deadlines.noteCommit,
    seats.noteCommit,
    ...services.flatMap(({ noteCommit }) => noteCommit ?? []),
    (committed) => {
      if (committed.effects) effects.run();
    },
  ];
  for (const listener of listeners) worker.onCommit(listener);

  return {
    start: async () => {
      collections.begin();
      assertKeysFit(journal, privacy);
      for (const { noteStart } of services) noteStart?.();
      effects.start();
      deadlines.start();
      for (const { start } of services) await start?.();
      inbox.start();
      seats.start();
      for (const { afterStart } of services) afterStart?.();
      worker.flush();
      collections.goOn();
    },
    connectSeat: seats.connect,
    isEmpty: () => isEmpty(journal),
    stop: async () => {
      worker.flush();
      collections.stop();
      seats.stop();
      inbox.stop();
      deadlines.stop();
      effects.stop();
      for (const { stop } of services.toReversed()) await stop?.();
      worker.flush();
    },
  };
};
