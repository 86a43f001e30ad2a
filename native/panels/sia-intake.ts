import { createHash } from 'node:crypto';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type {
  PanelAccount,
  PanelFrameSeen,
  PanelProtocol,
  PanelReport,
  PanelUnreadable,
} from '../../electron/station/ports/devices.port.ts';
import { decodePanelData, type PanelData } from './sia-events.ts';
import { decodeSiaFrame, type SiaAnswer, type SiaFrame } from './sia-frame.ts';
import { createStrangers } from './strangers.ts';
import type { Supervision } from './supervision.ts';

/**
 * A panel that heard no answer sends the very same bytes again, with nothing in between; within this time that is a repeat. Anything else is
 * news: panels exist that give every message the same number.
 */
const retryMs = 30_000;
/** More unrecognised input than this in a minute is counted and told in one sum, so that a storm cannot fill the journal. */
const unrecognisedPerMinute = 10;

/** How a frame was taken. */
export interface Intake {
  readonly answer: SiaAnswer;
  /** What is echoed; null when the frame was unreadable. */
  readonly frame: SiaFrame | null;
  /** The account that is set up and that it belongs to, or null: a stranger's. */
  readonly account: string | null;
  /** What was made of it, for whoever sets a receiver up. */
  readonly seen: Pick<PanelFrameSeen, 'account' | 'readAs' | 'meaning' | 'zone'>;
}

/** Where a frame came from. */
export interface FrameOrigin {
  /** The peer's address. */
  readonly source: string;
  /** The account that this connection has reported for and no other, or null: a frame without an account of its own is that one's. */
  readonly account: string | null;
}

/** Turns the bytes of one frame into reports and the answer. Knows nothing of sockets. */
export interface SiaIntake {
  readonly take: (bytes: Uint8Array, from: FrameOrigin) => Intake;
  readonly unrecognised: (detail: string) => void;
  /** How long an answer to this address waits, milliseconds: not 0 while accounts are guessed from there. */
  readonly waitMs: (source: string) => number;
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

/** The last message of each account, where it was taken: at most one each. */
const createLast = (clock: Clock) => {
  const last = new Map<string, { readonly hash: string; readonly atMs: number }>();
  return {
    isRepeat: (account: string, hash: string): boolean => {
      const before = last.get(account);
      return before !== undefined && before.hash === hash && clock.monotonicMs() - before.atMs < retryMs;
    },
    taken: (account: string, hash: string): void => {
      last.set(account, { hash, atMs: clock.monotonicMs() });
    },
    forget: (account: string): void => {
      last.delete(account);
    },
  };
};

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

const protocolOf = (id: string): PanelProtocol | null => {
  if (id === 'ADM-CID') return 'ADM-CID';
  return id.startsWith('SIA') ? 'SIA-DCS' : null;
};

/** Decides what a frame is worth. ACK is answered only for what was recorded. */
export const createSiaIntake = ({ clock, log, supervision, report }: SiaIntakeDeps): SiaIntake => {
  const last = createLast(clock);
  const throttle = createThrottle(clock);
  const strangers = createStrangers(clock);

  const unrecognised = (detail: string): void => {
    const { pass, held } = throttle();
    if (!pass) return;
    log.warn('panel input not recognised', { detail, heldBack: held });
    report({ kind: 'unrecognised', detail: held === 0 ? detail : `${detail} (and ${held} more)`, atMs: clock.nowMs() });
  };

  /** It is set up, and it said something that nobody can read: people are told before it is answered. Returns whether they will be. */
  const unreadable = (account: string, why: PanelUnreadable, detail: string): boolean => {
    unrecognised(`${detail} of account ${account}`);
    return report({ kind: 'unreadable', account, why, atMs: clock.nowMs() });
  };

  const stranger = (named: string, source: string): void => {
    unrecognised(named === '' ? 'a message without an account' : `unknown account ${named}`);
    const news = strangers.note(source, named);
    if (news !== null) report({ kind: 'stranger', ...news, atMs: clock.nowMs() });
  };

  const events = (frame: SiaFrame, account: string, protocol: PanelProtocol, { signals }: PanelData): SiaAnswer => {
    const { panelAtMs } = frame;
    const committed = signals.every((signal) =>
      report({ kind: 'event', account, protocol, ...signal, atMs: clock.nowMs(), panelAtMs }),
    );
    return committed ? 'ACK' : 'NAK';
  };

  /** Whose it is: the account in front of the bracket, else the one inside, else the only one of this connection. */
  const ownerOf = (frame: SiaFrame, data: PanelData, from: FrameOrigin): PanelAccount | undefined => {
    const found =
      supervision.find(frame.account?.toUpperCase() ?? '') ??
      (data.account === null ? undefined : supervision.find(data.account));
    if (found !== undefined || frame.account !== null || data.account !== null || from.account === null) return found;
    return supervision.find(from.account);
  };

  const judge = (frame: SiaFrame, bytes: Uint8Array, from: FrameOrigin): Omit<Intake, 'frame'> => {
    const protocol = protocolOf(frame.id);
    const data = decodePanelData(protocol ?? 'SIA-DCS', frame.data);
    const owner = ownerOf(frame, data, from);
    const named = (frame.account ?? data.account ?? owner?.account ?? '').toUpperCase();
    const [first] = data.signals;
    const event = { meaning: first?.meaning ?? null, zone: first?.zone ?? '' };
    if (owner === undefined) {
      stranger(named, from.source);
      return { answer: 'NAK', account: null, seen: { account: named, readAs: 'unknownAccount', ...event } };
    }
    const account = owner.account.toUpperCase();
    const is = (answer: SiaAnswer, readAs: PanelFrameSeen['readAs']): Omit<Intake, 'frame'> => ({
      answer,
      account,
      seen: { account: named, readAs, ...event },
    });
    if (!frame.intact) {
      if (!owner.lenient) {
        last.forget(account);
        unreadable(account, 'checksum', 'wrong checksum or length');
        return is('NAK', 'checksum');
      }
      log.warn('panel checksum wrong, taken all the same', { account, sequence: frame.sequence });
    }
    const alive = supervision.heard(account, () => report({ kind: 'alive', account, atMs: clock.nowMs() }));
    const hash = hashOf(bytes);
    if (last.isRepeat(account, hash)) return is('ACK', frame.id === 'NULL' ? 'alive' : 'event');
    last.forget(account);
    if (frame.encrypted) return is(unreadable(account, 'encrypted', 'encrypted message') ? 'DUH' : 'NAK', 'encrypted');
    if (frame.id === 'NULL') return is(alive ? 'ACK' : 'NAK', alive ? 'alive' : 'refused');
    if (protocol === null || data.signals.length === 0) {
      const told = unreadable(
        account,
        'unreadable',
        protocol === null ? `message kind ${frame.id}` : `${protocol} data`,
      );
      return is(told ? 'DUH' : 'NAK', 'unreadable');
    }
    const answer = events(frame, account, protocol, data);
    if (answer === 'ACK') last.taken(account, hash);
    return is(answer, answer === 'ACK' ? 'event' : 'refused');
  };

  return {
    unrecognised,
    waitMs: strangers.waitMs,
    take: (bytes, from) => {
      const decoded = decodeSiaFrame(bytes);
      if (decoded.ok) return { ...judge(decoded.value, bytes, from), frame: decoded.value };
      const { detail, accounts } = decoded.error;
      const owner = accounts.map((account) => supervision.find(account)).find((found) => found !== undefined);
      const account = owner?.account.toUpperCase() ?? null;
      if (account === null) unrecognised(`frame unreadable: ${detail}`);
      else {
        last.forget(account);
        unreadable(account, 'unreadable', `frame unreadable: ${detail}`);
      }
      const readAs = account === null ? 'unknownAccount' : 'unreadable';
      const seen = { account: account ?? accounts[0] ?? '', readAs, meaning: null, zone: '' } as const;
      return { answer: 'NAK', frame: null, account, seen };
    },
  };
};
