/** Pictures are for whoever is signed in: they end with the session that asked for them, and soon after its last seat is closed. */
import { seconds } from '../../../domain/kernel/time.ts';
import type { Session } from '../../core/session.ts';
import type { Committed } from '../../core/work.ts';
import type { Clock, Log } from '../../ports/clock.port.ts';
import { JournalError } from '../../ports/journal.port.ts';
import type { VideoPort, VideoTicket } from '../../ports/video.port.ts';

/** So long a session without a seat keeps its pictures: a connection that breaks is made anew within it. */
export const SEATLESS_MS = seconds(10);

export interface Viewers {
  /** A way in to the pictures for this session. */
  readonly ticket: (session: Session) => Promise<VideoTicket>;
  /** A seat no longer has this session; `isSeated` says whether one has it when it is asked later. */
  readonly left: (session: Session, isSeated: () => boolean) => void;
  /** Ends the pictures of sessions that have ended. */
  readonly noteCommit: (committed: Committed) => void;
}

export interface ViewersDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this session has not ended. Throws `JournalError`. */
  readonly isOpen: (session: Session) => boolean;
  readonly video: Pick<VideoPort, 'issueTicket' | 'dismiss'>;
}

export const createViewers = ({ clock, log, isOpen, video }: ViewersDeps): Viewers => {
  /** Sessions that have asked for pictures, by what stands for them. */
  const sessionsByHolder = new Map<string, Session>();

  const end = (session: Session): void => {
    sessionsByHolder.delete(session.tokenHash);
    video.dismiss(session.tokenHash);
  };

  /** When it cannot be read whether a session goes on, nothing is shown on the strength of it. */
  const hasEnded = (session: Session): boolean => {
    try {
      return !isOpen(session);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.error('the sessions of viewers cannot be read', { fault: error.fault.kind });
      return true;
    }
  };

  return {
    ticket: (session) => {
      sessionsByHolder.set(session.tokenHash, session);
      return video.issueTicket(session.tokenHash);
    },
    left: (session, isSeated) => {
      if (!sessionsByHolder.has(session.tokenHash)) return;
      clock.after(SEATLESS_MS, () => {
        if (sessionsByHolder.has(session.tokenHash) && !isSeated()) end(session);
      });
    },
    noteCommit: ({ facts }) => {
      if (!facts.some(({ kind }) => kind === 'person' || kind === 'session')) return;
      for (const session of sessionsByHolder.values()) if (hasEnded(session)) end(session);
    },
  };
};
