/** What devices report becomes events of machines and alarms. A panel is answered after the commit, and only then. */
import type { BarrierEvent } from '../domain/barriers/barrier.types.ts';
import type { CameraEvent } from '../domain/cameras/camera.types.ts';
import { seconds } from '../domain/kernel/time.ts';
import { clearAlarm, raiseAlarm, type AlarmAbout } from './alarm-desk.ts';
import { textOf, textsOf } from './docs.ts';
import { openAlarmOf } from './open-alarms.ts';
import { judgePanelEvent, type PanelEvent } from './panel-events.ts';
import { sameZone } from './wire-zone.ts';
import type { Clock, Ids, Log } from './ports/clock.port.ts';
import type { BarrierReport, DeviceEvent, PanelReport } from './ports/devices.port.ts';
import { JournalError, type Journal } from './ports/journal.port.ts';
import type { StreamReport } from './ports/video.port.ts';
import { byDevice, type Work, type Worker } from './work.ts';

/** A report that storage did not take is tried again after this long; only the newest of its kind. */
const RETRY_MS = seconds(5);

export interface Observations {
  readonly stream: (report: StreamReport) => void;
  readonly barrier: (report: BarrierReport) => void;
  readonly panel: (report: PanelReport) => 'committed' | 'refused';
  readonly camera: (cameraId: string, event: DeviceEvent) => void;
  /** How many reports were not understood, by where they came from. */
  readonly unrecognised: () => ReadonlyMap<string, number>;
  readonly stop: () => void;
}

export interface ObservationsDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly worker: Worker;
}

/** While such an alarm stands, what comes again is counted, and the sum is written so often: a storm of it must not fill the journal. */
const GATHER_MS = seconds(5);

const isPowerOfTen = (count: number): boolean => /^10*$/.test(String(count));

export const createObservations = ({ journal, clock, ids, log, worker }: ObservationsDeps): Observations => {
  const unrecognised = new Map<string, number>();
  const retries = new Map<string, () => void>();
  /** How many reports wait to be written, by the alarm that they repeat. */
  const gathered = new Map<string, number>();
  let stopped = false;

  /** A torrent of rubbish is a line at 1, 10, 100 … and not one each. */
  const count = (source: string, detail: string): void => {
    const times = (unrecognised.get(source) ?? 0) + 1;
    unrecognised.set(source, times);
    if (isPowerOfTen(times)) log.warn('a report was not understood', { source, detail, times });
  };

  /** Devices do not wait for an answer: what storage refuses now is written when it can be, the newest of each key. */
  const keep = (key: string, deviceId: string, atMs: number, work: (work: Work) => unknown): void => {
    retries.get(key)?.();
    retries.delete(key);
    try {
      worker.commit(byDevice(deviceId, atMs), work);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      if (!stopped)
        retries.set(
          key,
          clock.after(RETRY_MS, () => keep(key, deviceId, atMs, work)),
        );
    }
  };

  /** Only the stream that is watched for the camera's sake: others come and go with the seats. */
  const stream = ({ cameraId, quality, state, fault, sinceMs }: StreamReport): void => {
    const camera = journal.row('cameras', cameraId);
    if (camera === null) return;
    if (quality !== (textOf(camera, 'subUrl') === null ? 'main' : 'sub')) return;
    keep(`stream/${cameraId}`, cameraId, sinceMs, (work) => {
      const event: CameraEvent = { type: 'streamReported', at: work.nowMs, state, fault };
      work.tell('camera', cameraId, event);
    });
  };

  const barrier = (report: BarrierReport): void => {
    const { barrierId } = report;
    const row = journal.row('barriers', barrierId);
    if (row === null) return count('barriers', barrierId);
    if (report.kind === 'link') return log.info('link to a barrier', { barrierId, state: report.state });
    const { position, atMs } = report;
    const hasSensors = textOf(row, 'openInput') !== null || textOf(row, 'closedInput') !== null;
    return keep(`barrier/${barrierId}`, barrierId, atMs, (work) => {
      const event: BarrierEvent = {
        type: 'positionReported',
        at: work.nowMs,
        position,
        source: hasSensors ? 'sensor' : 'controller',
      };
      work.tell('barrier', barrierId, event);
    });
  };

  const camera = (cameraId: string, event: DeviceEvent): void => {
    if (event.kind === 'unrecognised') return count(`camera ${cameraId}`, event.topic);
    if (event.kind !== 'tamper') return undefined;
    return keep(`tamper/${cameraId}`, cameraId, event.atMs, (work) => {
      if (event.active) raiseAlarm(work, ids, { cause: 'cameraTamper', priority: 'medium', sourceId: cameraId });
      else clearAlarm(work, 'cameraTamper', cameraId);
    });
  };

  /** The help point of this account and zone; a number that is a user's or a partition's is no zone. */
  const helpPointOf = ({ account, zone, number }: PanelEvent): string | null => {
    if (number !== 'zone' && number !== 'unknown') return null;
    const wire = account.toUpperCase();
    return (
      journal
        .rows('helpPoints')
        .find(({ doc }) => textOf(doc, 'account') === wire && sameZone(textOf(doc, 'zone') ?? '', zone))?.key ?? null
    );
  };

  /**
   * Raises what nobody set up, or what could not be read. The first of it is committed at once; while its alarm stands, the others are
   * counted for some seconds and written as one repeat. What is new about it (another zone, another kind) is written at once too.
   */
  const raiseGathered = (deviceId: string, atMs: number, about: AlarmAbout): void => {
    const key = `${about.cause}/${about.sourceId}`;
    const open = openAlarmOf(journal, about.cause, about.sourceId);
    const shown = open === null ? [] : textsOf(journal.row('alarms', open), 'details');
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
    keep(`gathered/${key}`, deviceId, clock.nowMs(), (work) => raiseAlarm(work, ids, { ...about, times }));
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
      count('panels', report.detail);
      return 'committed';
    }
    // It speaks: a silence that storage has not taken yet is over.
    if (report.kind !== 'stranger') retries.get(`silent/${report.account}`)?.();
    try {
      panelWork(report);
      return 'committed';
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      if (report.kind === 'silent' && !stopped) {
        // Nobody repeats a silence.
        retries.set(
          `silent/${report.account}`,
          clock.after(RETRY_MS, () => panel(report)),
        );
      }
      return 'refused';
    }
  };

  return {
    stream,
    barrier,
    panel,
    camera,
    unrecognised: () => unrecognised,
    stop: () => {
      stopped = true;
      for (const cancel of retries.values()) cancel();
    },
  };
};
