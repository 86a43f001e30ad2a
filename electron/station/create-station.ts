import { domainMachines } from '../domain/machines.ts';
import { createCondition } from './condition.ts';
import { createDeadlines } from './deadlines.ts';
import { communityKind, createDemo } from './demo.ts';
import { createDevices } from './devices.ts';
import { createDutyWatch } from './duty-watch.ts';
import { createEffectRunner } from './effect-runner.ts';
import { createRowView } from './feeds/row-view.ts';
import { excuseGates, putOffReminder } from './gate-watch.ts';
import { assertKeysFit } from './fingerprint.ts';
import { watchHolders } from './holder-watch.ts';
import { createInbox } from './inbox.ts';
import { createMachineHost } from './machine-host.ts';
import { createObservations } from './observations.ts';
import { createPrivacy } from './privacy.ts';
import { createQueries } from './queries.ts';
import { createReceiver } from './receiver.ts';
import { isOutdated, rebuildReadModels } from './rebuild.ts';
import { createSeats } from './seats.ts';
import { createSessions } from './sessions.ts';
import { createViewers } from './viewers.ts';
import { createSiren } from './siren.ts';
import type { Station, StationDeps } from './station.ts';
import { byStation, createWorker } from './work.ts';

/**
 * The only constructor of a station. The ports stay the caller's: `stop` ends what the station started and closes none of them.
 */
export const createStation = (deps: StationDeps): Station => {
  const { journal, clock, ids, log, vault, sounder, video, barriers, panels } = deps;
  const privacy = createPrivacy(vault);
  const worker = createWorker({ journal, clock, log, host: createMachineHost(domainMachines) });
  const inbox = createInbox({ ...deps, privacy, worker });
  const deadlines = createDeadlines({
    journal,
    clock,
    ids,
    log,
    worker,
    putOff: putOffReminder,
    onMoved: () => seats.renew(),
  });
  const view = createRowView(journal, privacy, deadlines.dueAt);
  const condition = createCondition({ ...deps, worker });
  const observations = createObservations({ journal, clock, ids, log, worker });
  const devices = createDevices({ ...deps, privacy, onCameraEvent: observations.camera });
  const duty = createDutyWatch({ journal, clock, ids, log, worker });
  const sessions = createSessions({ ...deps, worker });
  const demo = createDemo({ ...deps, privacy, worker, inbox });
  const receiver = createReceiver({ ...deps, worker });
  const viewers = createViewers({ clock, log, sessions, video });
  const queries = createQueries({ ...deps, view, condition, receiver, viewers, devices });
  const seats = createSeats({ ...deps, view, inbox, sessions, queries, condition, receiver, demo, viewers });
  const siren = createSiren({ journal, clock, log, worker, sounder });
  const effects = createEffectRunner({ ...deps, worker, siren, onForgotten: seats.renew });
  const unsubscribe: (() => void)[] = [];

  worker.onCommit(deadlines.noteCommit);
  worker.onCommit(viewers.noteCommit);
  worker.onCommit(seats.noteCommit);
  worker.onCommit(devices.noteCommit);
  worker.onCommit(receiver.noteCommit);
  worker.onCommit(({ effects: waiting }) => {
    if (waiting) effects.run();
  });
  worker.onCommit(condition.noteCommit);
  worker.onCommit(duty.noteCommit);
  worker.onCommit((committed) => excuseGates(journal, worker, committed));
  worker.onCommit((committed) => watchHolders(journal, worker, committed));

  const noteStart = (): void => {
    if (communityKind(journal) === 'empty') return;
    const body = { version: deps.version, again: deps.startedAgain };
    worker.commit(byStation, (work) => {
      work.record({ type: 'v1.StationStarted', kind: 'station', entityId: 'station', body });
    });
  };

  return {
    start: async () => {
      if (isOutdated(journal)) log.info('read models rebuilt', rebuildReadModels(journal));
      assertKeysFit(journal, privacy);
      noteStart();
      effects.start();
      deadlines.start();
      unsubscribe.push(
        video.onReport(observations.stream),
        barriers.onReport(observations.barrier),
        panels.onReport(observations.panel),
      );
      devices.configure();
      await receiver.start();
      condition.start();
      duty.start();
      seats.start();
      if (communityKind(journal) === 'demo') demo.resume();
    },
    connectSeat: seats.connect,
    startDemo: demo.start,
    community: () => communityKind(journal),
    stop: async () => {
      seats.stop();
      for (const cancel of unsubscribe) cancel();
      devices.stop();
      receiver.stop();
      observations.stop();
      deadlines.stop();
      effects.stop();
      siren.stop();
      condition.stop();
      duty.stop();
      await demo.stop();
    },
  };
};
