/** What devices report becomes events of machines and alarms. A panel is answered after the commit, and only then. */
import type { BarrierEvent } from '../domain/barriers/barrier.types.ts';
import type { CameraEvent } from '../domain/cameras/camera.types.ts';
import { seconds } from '../domain/kernel/time.ts';
import { clearAlarm, openAlarmOf, raiseAlarm } from './alarm-desk.ts';
import { textOf } from './docs.ts';
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

type PanelEvent = Extract<PanelReport, { kind: 'event' }>;

/** What makes somebody come, whatever the panel calls it. */
const callsForHelp = new Set<PanelEvent['meaning']>(['help', 'fire', 'burglary']);

const isPowerOfTen = (count: number): boolean => /^10*$/.test(String(count));

export const createObservations = ({ journal, clock, ids, log, worker }: ObservationsDeps): Observations => {
  const unrecognised = new Map<string, number>();
  const retries = new Map<string, () => void>();
  let stopped = false;

  /** A torrent of rubbish is a line at 1, 10, 100 … and not one each. */
  const count = (source: string, detail: string): void => {
    const times = (unrecognised.get(source) ?? 0) + 1;
    unrecognised.set(source, times);
    if (isPowerOfTen(times)) log.warn('a report was not understood', { source, detail, times });
  };

  /** Devices do not wait for an answer: what storage refuses now is written when it can be, the newest of each key. */
  const keep = (key: string, deviceId: string, atMs: number, work: (work: Work) => void): void => {
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

  /** The help point of this account and zone. A life alarm from a zone that nobody set up is an alarm all the same, named as it came. */
  const sourceOf = ({ account, zone }: PanelEvent): { readonly sourceId: string; readonly known: boolean } => {
    const wire = account.toUpperCase();
    const found = journal
      .rows('helpPoints')
      .find(({ doc }) => textOf(doc, 'account') === wire && sameZone(textOf(doc, 'zone') ?? '', zone));
    return found === undefined ? { sourceId: `${wire}/${zone}`, known: false } : { sourceId: found.key, known: true };
  };

  const panelEvent = (work: Work, report: PanelEvent): void => {
    const { sourceId, known } = sourceOf(report);
    const isCall = callsForHelp.has(report.meaning) || (known && report.meaning === 'other');
    if (isCall && report.restored) return clearAlarm(work, 'helpButton', sourceId);
    if (isCall) {
      raiseAlarm(work, ids, { cause: 'helpButton', priority: 'life', sourceId, withIncident: true });
      return;
    }
    const { account, zone, code, meaning, restored, protocol } = report;
    work.record({
      type: 'v1.PanelReported',
      kind: 'station',
      entityId: account,
      body: { account, zone, code, meaning, restored, protocol },
    });
  };

  const panelWork = (work: Work, report: Exclude<PanelReport, { kind: 'unrecognised' }>): void => {
    if (report.kind === 'event') panelEvent(work, report);
    else if (report.kind === 'silent')
      raiseAlarm(work, ids, { cause: 'panelSilent', priority: 'high', sourceId: report.account });
    else clearAlarm(work, 'panelSilent', report.account);
  };

  const panel = (report: PanelReport): 'committed' | 'refused' => {
    if (report.kind === 'unrecognised') {
      count('panels', report.detail);
      return 'committed';
    }
    // It speaks: a silence that storage has not taken yet is over.
    retries.get(`silent/${report.account}`)?.();
    try {
      if (report.kind === 'alive' && openAlarmOf(journal, 'panelSilent', report.account) === null) return 'committed';
      const atMs = report.kind === 'silent' ? clock.nowMs() : report.atMs;
      worker.commit(byDevice(report.account, atMs), (work) => panelWork(work, report));
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
