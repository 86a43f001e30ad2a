/** Who comes to a seat and who leaves it. */
import { CONTRACT_VERSION } from '../../contract/version.ts';
import type { AnyService } from '../core/define-feature.ts';
import type { Session } from '../core/session.ts';
import type { ChangedRow } from '../feeds/seat-feed.ts';
import { isEmpty } from '../parts/people-rows.ts';
import { KEYED, seatOf } from '../parts/seat-rows.ts';
import type { StationDeps } from '../core/station-deps.ts';
import { standingAt, type Connected, type Said, type Seat } from './connected.ts';
import type { Requests } from './requests.ts';
import type { Sessions } from './sessions.ts';

export interface Greeting {
  readonly hello: (seat: Seat, message: Said<'hello'>) => void;
  readonly signIn: (seat: Seat, seatId: string, message: Said<'signIn'>) => void;
  readonly signOut: (seat: Seat, seatId: string, id: string) => void;
}

export interface GreetingDeps extends Pick<StationDeps, 'journal' | 'ids' | 'log' | 'version'> {
  readonly bootId: string;
  readonly connected: Connected;
  readonly requests: Requests;
  readonly sessions: Sessions;
  readonly services: readonly Pick<AnyService, 'guest'>[];
  /** The rows that changed since then, or `null` where only a snapshot is right. */
  readonly missedSince: (seq: number) => readonly ChangedRow[] | null;
}

export const createGreeting = (deps: GreetingDeps): Greeting => {
  const { journal, ids, log, version, bootId, connected, requests, sessions, services, missedSince } = deps;

  /** Whose a seat is where nobody ever signed in. */
  const guest = (): string | null =>
    services.map((service) => service.guest?.() ?? null).find((id) => id !== null) ?? null;

  /** Storage that takes no entry takes no session either; the seat is let in all the same, with nobody at it. */
  const seatGuest = (seatId: string, personId: string) => {
    try {
      return sessions.seatGuest(seatId, personId);
    } catch (error) {
      log.warn('nobody was signed in', { refusal: requests.asRefusal(error).kind });
      return null;
    }
  };

  /** All windows of this seat, itself among them. */
  const windowsOf = (seat: Seat): readonly Seat[] => [...connected.all].filter(({ seatId }) => seatId === seat.seatId);

  /**
   * Which seat a connection belongs to. A seat is proven by its key, or by the session of one of its windows; an id that is only named is taken
   * while no other connection has it.
   */
  const idOf = (seat: Seat, { seatId, seatKey }: Said<'hello'>, stored: Session | null): string => {
    if (seatKey !== undefined) return `${KEYED}${ids.hash(seatKey).slice(0, 32)}`;
    const others = [...connected.all].filter((other) => other !== seat && other.seatId === seatId);
    const proven = others.some(({ session }) => session !== null && session.tokenHash === stored?.tokenHash);
    return proven || (others.length === 0 && !seatId.startsWith(KEYED)) ? seatId : `seat-${ids.next()}`;
  };

  /**
   * Whoever sits here sits at all windows of the seat, and nobody else does: not in a window that has just lost its connection either, whose
   * pictures would go on. Whoever is responsible only lends the seat to a manager who reads at it, and has it again when the manager goes.
   */
  const changePerson = (seat: Seat, seatId: string, session: Session | null, token: string | null): void => {
    const windows = windowsOf(seat);
    const held = windows.flatMap((one) => (one.session === null ? [] : [one.session]));
    const before = new Map([...sessions.at(seatId), ...held].map((one) => [one.tokenHash, one]));
    if (session !== null) before.delete(session.tokenHash);
    const there = [...before.values()];
    const guest = session ?? seat.session;
    const lender = guest === null ? null : sessions.lender(seatId, there, guest);
    for (const one of windows) connected.setSession(one, null);
    for (const ended of there) if (ended !== lender) sessions.signOut(seatId, ended, session?.personId ?? null);
    if (session === null && there.length === 0) return;
    const back = session === null && lender !== null ? sessions.giveBack(seatId, lender) : null;
    for (const one of windows) connected.announceSession(one, back?.session ?? session, back?.token ?? token);
  };

  return {
    hello: (seat, message) => {
      const { session: token, fresh, resume, sound } = message;
      const stored = token === null ? null : sessions.resume(token);
      const seatId = idOf(seat, message, stored);
      const { kind, postId, name, isRevoked } = seatOf(journal, seatId);
      if (isRevoked) return connected.dismiss(seat, 'seatRevoked');
      seat.seatId = seatId;
      seat.kind = kind;
      seat.sound = sound;
      const guestId = fresh ? guest() : null;
      const made = stored === null && guestId !== null ? seatGuest(seatId, guestId) : null;
      connected.setSession(seat, stored ?? made?.session ?? null);
      seat.connection.send({
        t: 'welcome',
        bootId,
        seat: { seatId, kind, postId, name },
        session: seat.shown,
        sessionToken: made?.token ?? null,
        contract: CONTRACT_VERSION,
        empty: isEmpty(journal),
        version,
      });
      seat.feed.begin(message.shows ?? []);
      const standing = standingAt(seat);
      // Whoever is somebody else than before sees other things: then only a snapshot is right.
      const goesOn = stored !== null && resume?.bootId === bootId && resume.seq <= journal.lastSeq();
      const missed = goesOn ? missedSince(resume.seq) : null;
      if (missed === null || resume === null) seat.feed.snapshot(standing);
      else seat.feed.resume(standing, resume.seq, missed);
    },
    signIn: (seat, seatId, { id, personId, pin }) =>
      requests.reply(seat, id, async () => {
        const result = await sessions.signIn(seatId, personId, pin);
        if (!result.ok) return result;
        const { session, token } = result.value;
        // The seat went away while the PIN was looked at: nobody holds this session's token.
        if (!connected.all.has(seat)) sessions.signOut(seatId, session, null);
        else changePerson(seat, seatId, session, token);
        return { ok: true, value: {} };
      }),
    signOut: (seat, seatId, id) =>
      requests.reply(seat, id, async () => {
        changePerson(seat, seatId, null, null);
        return { ok: true, value: {} };
      }),
  };
};
