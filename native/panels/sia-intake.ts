import { createHash } from 'node:crypto';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { PanelReport } from '../../electron/station/ports/devices.port.ts';
import { decodePanelData } from './sia-events.ts';
import { decodeSiaFrame, type SiaAnswer, type SiaFrame } from './sia-frame.ts';
import type { Supervision } from './supervision.ts';

/** A repeat of a committed message within this time is acknowledged and not reported again. */
const duplicateWindowMs = 60_000;
const rememberedMessages = 1000;
/** More unrecognised input than this in a minute is counted and told in one sum, so that a storm cannot fill the journal. */
const unrecognisedPerMinute = 10;

interface IntakeAnswer {
  readonly answer: SiaAnswer;
  /** What is echoed; null when the frame was unreadable. */
  readonly frame: SiaFrame | null;
}

/** Turns the bytes of one frame into reports and the answer. Knows nothing of sockets. */
export interface SiaIntake {
  readonly take: (bytes: Uint8Array) => IntakeAnswer;
  readonly unrecognised: (detail: string) => void;
}

export interface SiaIntakeDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly supervision: Supervision;
  /** Whether every listener has recorded the report. */
  readonly report: (report: PanelReport) => boolean;
}

/** One gate for "not more than so many a minute", which tells how many were held back. */
const createThrottle = (clock: Clock) => {
  let since = clock.monotonicMs();
  let count = 0;
  let held = 0;
  return (): { readonly pass: boolean; readonly held: number } => {
    if (clock.monotonicMs() - since >= 60_000) {
      since = clock.monotonicMs();
      count = 0;
    }
    count += 1;
    if (count > unrecognisedPerMinute) {
      held += 1;
      return { pass: false, held };
    }
    const told = held;
    held = 0;
    return { pass: true, held: told };
  };
};

/** Committed messages of the last minute, at most 1000, oldest first. */
const createRecent = (clock: Clock) => {
  const seenAt = new Map<string, number>();
  return {
    has: (key: string): boolean => {
      const at = seenAt.get(key);
      return at !== undefined && clock.monotonicMs() - at < duplicateWindowMs;
    },
    add: (key: string): void => {
      seenAt.delete(key);
      seenAt.set(key, clock.monotonicMs());
      const oldest = seenAt.keys().next().value;
      if (seenAt.size > rememberedMessages && oldest !== undefined) seenAt.delete(oldest);
    },
  };
};

/** The time of the message is left out: some panels put a fresh one into a repeat. */
const messageKey = (frame: SiaFrame): string =>
  createHash('sha256')
    .update(JSON.stringify([frame.account, frame.sequence, frame.id, frame.data, frame.extended]))
    .digest('base64');

/** Decides what a frame is worth. ACK is answered only for what was recorded. */
export const createSiaIntake = ({ clock, log, supervision, report }: SiaIntakeDeps): SiaIntake => {
  const recent = createRecent(clock);
  const throttle = createThrottle(clock);

  const unrecognised = (detail: string): void => {
    const { pass, held } = throttle();
    if (!pass) return;
    log.warn('panel input not recognised', { detail, heldBack: held });
    report({ kind: 'unrecognised', detail: held === 0 ? detail : `${detail} (and ${held} more)`, atMs: clock.nowMs() });
  };

  const events = (frame: SiaFrame, protocol: 'SIA-DCS' | 'ADM-CID'): SiaAnswer => {
    const key = messageKey(frame);
    if (recent.has(key)) return 'ACK';
    const signals = decodePanelData(protocol, frame.data);
    if (signals === null) {
      unrecognised(`${protocol} data of account ${frame.account}`);
      return 'DUH';
    }
    const { account, panelAtMs } = frame;
    const committed = signals.every((signal) =>
      report({ kind: 'event', account, protocol, ...signal, atMs: clock.nowMs(), panelAtMs }),
    );
    if (!committed) return 'NAK';
    recent.add(key);
    return 'ACK';
  };

  const judge = (frame: SiaFrame): SiaAnswer => {
    const account = supervision.find(frame.account);
    if (account === undefined) {
      unrecognised(`unknown account ${frame.account}`);
      return 'NAK';
    }
    if (!frame.intact) {
      if (!account.lenient) {
        unrecognised(`wrong checksum or length from account ${frame.account}`);
        return 'NAK';
      }
      log.warn('panel checksum wrong, taken all the same', { account: frame.account, sequence: frame.sequence });
    }
    const alive = supervision.heard(frame.account, () =>
      report({ kind: 'alive', account: frame.account, atMs: clock.nowMs() }),
    );
    if (frame.encrypted) {
      unrecognised(`encrypted message from account ${frame.account}`);
      return 'DUH';
    }
    if (frame.id === 'NULL') return alive ? 'ACK' : 'NAK';
    if (frame.id === 'SIA-DCS' || frame.id === 'ADM-CID') return events(frame, frame.id);
    unrecognised(`message kind ${frame.id} from account ${frame.account}`);
    return 'DUH';
  };

  return {
    unrecognised,
    take: (bytes) => {
      const decoded = decodeSiaFrame(bytes);
      if (decoded.ok) return { answer: judge(decoded.value), frame: decoded.value };
      unrecognised(`frame unreadable: ${decoded.error.detail}`);
      return { answer: 'NAK', frame: null };
    },
  };
};
