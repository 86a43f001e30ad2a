/** What panels report becomes alarms, their ends, and lines of the log. */
import { seconds } from '../../../domain/kernel/time.ts';
import { byDevice, type Worker } from '../../core/work.ts';
import { clearAlarm, raiseAlarm, type AlarmAbout } from '../../parts/alarm-desk.ts';
import { createKeeper, createUnrecognised } from '../../parts/keep-trying.ts';
import { openAlarmOf } from '../../parts/open-alarms.ts';
import { alarmRows } from '../../parts/rows.ts';
import type { PanelReport } from '../../ports/devices.port.ts';
import { JournalError } from '../../ports/journal.port.ts';
import type { StationDeps } from '../../core/station-deps.ts';
import { judgePanelEvent, type PanelEvent } from './panel-events.ts';
import { zoneKey, zoneRows } from './wire-zone.ts';

export interface Observations {
  readonly panel: (report: PanelReport) => 'committed' | 'refused';
  /** How many reports were not understood, by where they came from. */
  readonly unrecognised: () => ReadonlyMap<string, number>;
  readonly stop: () => void;
}

export interface ObservationsDeps extends Pick<StationDeps, 'journal' | 'clock' | 'ids' | 'log'> {
  readonly worker: Worker;
}

/** While such an alarm stands, what comes again is counted, and the sum is written so often: a storm of it must not fill the journal. */
const GATHER_MS = seconds(5);

export const createObservations = ({ journal, clock, ids, log, worker }: ObservationsDeps): Observations => {
  const keeper = createKeeper({ clock, worker });
  const unrecognised = createUnrecognised(log);
  /** How many reports wait to be written, by the alarm that they repeat. */
  const gathered = new Map<string, number>();
  let stopped = false;

  /** The help point of this account and zone; a number that is a user's or a partition's is no zone. */
  const helpPointOf = ({ account, zone, number }: PanelEvent): string | null => {
    if (number !== 'zone' && number !== 'unknown') return null;
    return zoneRows.get(journal, zoneKey(account, zone))?.helpPointId ?? null;
  };

  /**
   * Raises what nobody set up, or what could not be read. The first of it is committed at once; while its alarm stands, the others are
   * counted for some seconds and written as one repeat. What is new about it (another zone, another kind) is written at once too.
   */
  const raiseGathered = (deviceId: string, atMs: number, about: AlarmAbout): void => {
    const key = `${about.cause}/${about.sourceId}`;
    const open = openAlarmOf(journal, about.cause, about.sourceId);
    const shown = open === null ? [] : (alarmRows.get(journal, open)?.details ?? []);
    const isNews =
      open === null || (shown.length < 9 && (about.details ?? []).some((detail) => !shown.includes(detail)));
    const waiting = gathered.get(key);
    if (isNews) {
      worker.commit(byDevice(deviceId, atMs), (work) => raiseAlarm(work, ids, about));
      return;
    }
    gathered.set(key, (waiting ?? 0) + (about.times ?? 1));
    if (waiting === undefined) clock.after(GATHER_MS, () => writeGathered(key, open, deviceId, about));
  };

  /** The alarm may have ended meanwhile: then it was ended after all of these, and nothing new is raised by them. */
  const writeGathered = (key: string, alarmId: string, deviceId: string, about: AlarmAbout): void => {
    const times = gathered.get(key) ?? 0;
    gathered.delete(key);
    if (stopped || times === 0 || openAlarmOf(journal, about.cause, about.sourceId) !== alarmId) return;
    keeper.keep(`gathered/${key}`, deviceId, clock.nowMs(), (work) => raiseAlarm(work, ids, { ...about, times }));
  };

  const panelEvent = (report: PanelEvent): void => {
    const { account, zone, code, meaning, restored, protocol, number, atMs } = report;
    const verdict = judgePanelEvent(report, helpPointOf(report));
    if (verdict.is === 'alarm' && verdict.unknownPlace) return raiseGathered(account, atMs, verdict.about);
    return worker.commit(byDevice(account, atMs), (work) => {
      if (verdict.is === 'alarm') raiseAlarm(work, ids, verdict.about);
      else if (verdict.is === 'over') clearAlarm(work, verdict.cause, verdict.sourceId);
      else {
        work.record({
          type: 'v1.PanelReported',
          kind: 'station',
          entityId: account,
          body: { account, zone, number, code, meaning, restored, protocol },
        });
      }
    });
  };

  const panelWork = (report: Exclude<PanelReport, { kind: 'unrecognised' }>): void => {
    switch (report.kind) {
      case 'event':
        return panelEvent(report);
      case 'unreadable':
        return raiseGathered(report.account, report.atMs, {
          cause: 'panelUnreadable',
          priority: 'high',
          sourceId: report.account,
          endsWithNote: true,
          details: [report.why],
        });
      case 'stranger':
        return raiseGathered(report.source, report.atMs, {
          cause: 'panelStranger',
          priority: 'high',
          sourceId: report.source,
          endsWithNote: true,
          details: report.accounts,
          times: report.times,
        });
      case 'silent':
        return worker.commit(byDevice(report.account, clock.nowMs()), (work) => {
          raiseAlarm(work, ids, { cause: 'panelSilent', priority: 'high', sourceId: report.account });
        });
      case 'alive':
        if (openAlarmOf(journal, 'panelSilent', report.account) === null) return undefined;
        return worker.commit(byDevice(report.account, report.atMs), (work) =>
          clearAlarm(work, 'panelSilent', report.account),
        );
    }
  };

  const panel = (report: PanelReport): 'committed' | 'refused' => {
    if (report.kind === 'unrecognised') {
      unrecognised.count('panels', report.detail);
      return 'committed';
    }
    // It speaks: a silence that storage has not taken yet is over.
    if (report.kind !== 'stranger') keeper.cancel(`silent/${report.account}`);
    try {
      panelWork(report);
      return 'committed';
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      // Nobody repeats a silence.
      if (report.kind === 'silent') keeper.later(`silent/${report.account}`, () => panel(report));
      return 'refused';
    }
  };

  return {
    panel,
    unrecognised: unrecognised.bySource,
    stop: () => {
      stopped = true;
      keeper.stop();
    },
  };
};
