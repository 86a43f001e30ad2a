import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { DeviceEvent } from '../../electron/station/ports/devices.port.ts';

/** A reply with more events than this is a storm: only the last of each thing is told. */
const stormEvents = 100;
/** The same state of motion or tamper is not told again within this time; some cameras repeat it with every frame. */
const repeatMs = 1000;
/** Unrecognised topics are told once in this time each, and counted. */
const unrecognisedMs = 60_000;
const rememberedKeys = 256;

/** An event, and what it is that reports it. */
export interface DetectorReport {
  readonly event: DeviceEvent;
  /** Topic, rule and source, see `detectorOf`; empty for what has no state. */
  readonly detector: string;
}

/** Stands between a pull point and the station: bounds what a device can make it do, and tells one thing's state from several detectors'. */
export interface EventShaper {
  /** A new subscription: the device tells its states anew, so that a detector that is gone holds nothing up. */
  readonly begin: () => void;
  /** The reports of one reply, in order. */
  readonly take: (reports: readonly DetectorReport[]) => void;
}

const keyOf = (event: DeviceEvent): string => {
  if (event.kind === 'unrecognised') return `unrecognised ${event.topic}`;
  return `${event.kind} ${event.kind === 'motion' || event.kind === 'tamper' ? event.source : event.token}`;
};

/** At most 256 entries; the oldest goes. */
const remember = <T>(map: Map<string, T>, key: string, value: T): void => {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > rememberedKeys && oldest !== undefined) map.delete(oldest);
};

/** What was left out is counted and written to the log at most once a minute. */
export const createEventShaper = (clock: Clock, log: Log, emit: (event: DeviceEvent) => void): EventShaper => {
  const told = new Map<string, { readonly active: boolean; readonly atMs: number }>();
  const detectors = new Map<string, { readonly key: string; readonly active: boolean }>();
  let leftOut = 0;
  let loggedMs = Number.NEGATIVE_INFINITY;

  /** Active as long as one of the detectors of the same thing says so: of motion there, of tampering with this camera at all. */
  const combined = ({ event, detector }: DetectorReport): DeviceEvent => {
    if (detector === '' || (event.kind !== 'motion' && event.kind !== 'tamper')) return event;
    const key = event.kind === 'tamper' ? event.kind : keyOf(event);
    remember(detectors, detector, { key, active: event.active });
    return { ...event, active: [...detectors.values()].some((other) => other.key === key && other.active) };
  };

  const wanted = (event: DeviceEvent): boolean => {
    const now = clock.monotonicMs();
    const key = keyOf(event);
    const last = told.get(key);
    if (event.kind === 'unrecognised') {
      if (last !== undefined && now - last.atMs < unrecognisedMs) return false;
      remember(told, key, { active: false, atMs: now });
      return true;
    }
    const repeated = last !== undefined && last.active === event.active && now - last.atMs < repeatMs;
    // Contacts are told every time: two presses of a button look alike.
    if (repeated && (event.kind === 'motion' || event.kind === 'tamper')) return false;
    remember(told, key, { active: event.active, atMs: now });
    return true;
  };

  return {
    begin: () => detectors.clear(),
    take: (reports) => {
      const storm = reports.length > stormEvents;
      const kept = storm
        ? [...new Map(reports.map((report) => [`${keyOf(report.event)} ${report.detector}`, report])).values()].slice(
            0,
            rememberedKeys,
          )
        : reports;
      leftOut += reports.length - kept.length;
      for (const report of kept) {
        const event = combined(report);
        if (wanted(event)) emit(event);
        else leftOut += 1;
      }
      if (leftOut === 0 || clock.monotonicMs() - loggedMs < 60_000) return;
      log.warn('device events left out', { count: leftOut, storm });
      loggedMs = clock.monotonicMs();
      leftOut = 0;
    },
  };
};
