/** The seats that are connected now: who sits at each, and how one is let go. */
import type { SeatMessage, SessionView, StationMessage } from '../../contract/messages.schema.ts';
import type { Standing } from '../../domain/access/access.rules.ts';
import type { AnyService } from '../core/define-feature.ts';
import type { Session } from '../core/session.ts';
import type { SeatFeed } from '../feeds/seat-feed.ts';
import type { Log } from '../ports/clock.port.ts';
import { JournalError } from '../ports/journal.port.ts';
import type { SeatConnection } from '../ports/seat.port.ts';
import type { Sessions } from './sessions.ts';

export type Bye = Extract<StationMessage, { t: 'bye' }>['reason'];
export type Said<T extends SeatMessage['t']> = Extract<SeatMessage, { t: T }>;

export interface Seat {
  readonly connection: SeatConnection;
  readonly feed: SeatFeed;
  /** `null` before the hello. */
  seatId: string | null;
  /** What the seat is for; nothing before the hello. A seat that is made another one says hello again. */
  kind: string;
  session: Session | null;
  shown: SessionView | null;
  sound: 'on' | 'off';
}

/** Who sits there, and at what. */
export const standingAt = ({ shown, kind }: Seat): Standing => ({ role: shown?.role ?? 'nobody', seatKind: kind });

export interface Connected {
  readonly all: ReadonlySet<Seat>;
  readonly add: (seat: Seat) => void;
  /** The connection is over. */
  readonly gone: (seat: Seat) => void;
  readonly dismiss: (seat: Seat, reason: Bye) => void;
  readonly flush: (seat: Seat, when: 'commit' | 'tick') => void;
  readonly setSession: (seat: Seat, session: Session | null) => void;
  /** Says who is signed in now, and shows what they may see. */
  readonly announceSession: (seat: Seat, session: Session | null, sessionToken: string | null) => void;
  /** Ends what has ended and follows a changed role, at once. */
  readonly recheck: (seat: Seat) => void;
  /** A seat whose rows cannot be read is sent away and begins anew; the others are not kept from theirs. */
  readonly attempt: (seat: Seat, work: () => void) => void;
}

export interface ConnectedDeps {
  readonly log: Log;
  readonly sessions: Pick<Sessions, 'view'>;
  readonly services: readonly Pick<AnyService, 'noteLeft'>[];
}

export const createConnected = ({ log, sessions, services }: ConnectedDeps): Connected => {
  const all = new Set<Seat>();

  const isSeated = ({ tokenHash }: Session): boolean =>
    [...all].some(({ session }) => session?.tokenHash === tokenHash);

  /** The seat is gone, or somebody else sits at it. */
  const noteLeft = (session: Session | null): void => {
    if (session === null) return;
    for (const { noteLeft: tell } of services) tell?.(session, () => isSeated(session));
  };

  const dismiss = (seat: Seat, reason: Bye): void => {
    if (!all.delete(seat)) return;
    noteLeft(seat.session);
    seat.connection.send({ t: 'bye', reason });
    seat.connection.close();
  };

  const setSession = (seat: Seat, session: Session | null): void => {
    if (seat.session?.tokenHash !== session?.tokenHash) noteLeft(seat.session);
    seat.session = session;
    seat.shown = session === null ? null : sessions.view(session);
  };

  const announceSession = (seat: Seat, session: Session | null, sessionToken: string | null): void => {
    setSession(seat, session);
    seat.connection.send({ t: 'signedIn', session: seat.shown, sessionToken });
    seat.feed.snapshot(standingAt(seat));
  };

  return {
    all,
    add: (seat) => all.add(seat),
    gone: (seat) => {
      if (all.delete(seat)) noteLeft(seat.session);
    },
    dismiss,
    flush: (seat, when) => {
      if (seat.feed.flush(when) === 'tooSlow') dismiss(seat, 'tooSlow');
    },
    setSession,
    announceSession,
    recheck: (seat) => {
      if (seat.session === null) return;
      const now = sessions.view(seat.session);
      if (now?.role === seat.shown?.role && now !== null) return;
      announceSession(seat, now === null ? null : seat.session, null);
    },
    attempt: (seat, work) => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof JournalError)) throw error;
        log.error('a seat could not be told', { fault: error.fault.kind });
        dismiss(seat, 'stopping');
      }
    },
  };
};
