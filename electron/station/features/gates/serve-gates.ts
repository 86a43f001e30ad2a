/** Gates while the station runs: their controllers are set up, and what they report is kept. */
import type { BarrierView } from '../../../contract/gates/gates.views.ts';
import type { gates } from '../../../contract/gates/gates.contract.ts';
import { barrier } from '../../../domain/barriers/barrier.ts';
import type { Service, ServiceContext } from '../../core/define-feature.ts';
import { createTargets } from '../../parts/device-target.ts';
import { createKeeper, createUnrecognised } from '../../parts/keep-trying.ts';
import { barrierRows } from '../../parts/rows.ts';
import type { BarrierLink, BarrierReport } from '../../ports/devices.port.ts';
import { createDriver } from './drive-barrier.ts';
import { createBetween } from './between.ts';
import { excuseGates } from './gate-watch.ts';

const concerns = new Set(['cameraConfig', 'barrierConfig']);
const removals = new Set(['v1.CameraRemoved', 'v1.BarrierRemoved']);

export const serveGates = ({
  deps,
  worker,
  privacy,
  tellHealth,
}: ServiceContext): Service<typeof gates> & Required<Pick<Service<typeof gates>, 'health'>> => {
  const { journal, clock, log, barriers } = deps;
  const targets = createTargets({ ...deps, privacy });
  const keeper = createKeeper({ clock, worker });
  const unrecognised = createUnrecognised(log);
  let unsubscribe = (): void => undefined;

  const keep = (row: BarrierView, position: BarrierView['position'], atMs: number): void => {
    const { barrierId } = row;
    const source = row.openInput !== null || row.closedInput !== null ? 'sensor' : 'controller';
    keeper.keep(`barrier/${barrierId}`, barrierId, atMs, (work) =>
      work.tell(barrier, barrierId, { type: 'positionReported', at: work.nowMs, position, source }),
    );
  };
  const between = createBetween({ journal, tellHealth, keep });

  const noteReport = (report: BarrierReport): void => {
    const { barrierId } = report;
    const row = barrierRows.get(journal, barrierId);
    if (row === null) return unrecognised.count('barriers', barrierId);
    if (report.kind === 'link') return log.info('link to a barrier', { barrierId, state: report.state });
    const { position, atMs } = report;
    return between.note(row, position, atMs);
  };

  const links = (): readonly BarrierLink[] =>
    barrierRows.all(journal).flatMap((row) => {
      const target = targets.deviceOf(row.cameraId);
      if (target === null) return [];
      const { barrierId, openRelay, closeRelay, openInput, closedInput, travelMs } = row;
      return [{ barrierId, target, openRelay, closeRelay, openInput, closedInput, travelMs }];
    });
  const configure = (): void => barriers.configure(links());

  return {
    health: () => ({ armsMoving: [...between.arms()] }),
    effects: { driveBarrier: createDriver({ barriers, log }) },
    start: () => {
      unsubscribe = barriers.onReport(noteReport);
      configure();
    },
    noteCommit: (committed) => {
      if (committed.facts.some(({ kind, type }) => concerns.has(kind) || removals.has(type))) configure();
      excuseGates(journal, worker, committed);
      between.noteCommit(committed);
    },
    stop: () => {
      unsubscribe();
      keeper.stop();
    },
  };
};
