/** The connected seats: what each says, and what all of them hear. */
import { TICK_MS, type SeatMessage, type SessionView, type StationMessage } from '../contract/messages.schema.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import type { Refusal } from '../domain/kernel/machine.ts';
import type { Result } from '../domain/kernel/result.ts';
import { Refused, refusalOf } from './commands/handler.ts';
import type { Condition } from './condition.ts';
import { communityKind, type Demo } from './demo.ts';
import { createRecentChanges } from './feeds/recent-changes.ts';
import type { RowView } from './feeds/row-view.ts';
import { BUFFER_LIMIT_BYTES, createSeatFeed, MOST_BUFFERED_BYTES, type SeatFeed } from './feeds/seat-feed.ts';
import { levelOf } from './feeds/visibility.ts';
import type { Inbox } from './inbox.ts';
import type { Clock, Ids, Log } from './ports/clock.port.ts';
import { JournalError, type Journal } from './ports/journal.port.ts';
import type { SeatConnection, SeatHandle } from './ports/seat.port.ts';
import type { Queries } from './queries.ts';
import { RealCommunityError } from './station.ts';
import type { Receiver } from './receiver.ts';
import type { Session, Sessions } from './sessions.ts';
import type { Viewers } from './viewers.ts';
import type { Committed } from './work.ts';

export interface Seats {
  readonly start: () => void;
  readonly connect: (connection: SeatConnection) => SeatHandle;
  readonly noteCommit: (committed: Committed) => void;
  /** A subject was forgotten: everything that seats hold is sent anew. */
  readonly renew: () => void;
  readonly stop: () => void;
}

export interface SeatsDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly view: RowView;
  readonly inbox: Inbox;
  readonly sessions: Sessions;
  readonly queries: Queries;
  readonly condition: Condition;
  readonly receiver: Receiver;
  readonly demo: Demo;
  readonly viewers: Pick<Viewers, 'left'>;
  readonly version: string;
  readonly offersDemo: boolean;
}

type Bye = Extract<StationMessage, { t: 'bye' }>['reason'];
type Said<T extends SeatMessage['t']> = Extract<SeatMessage, { t: T }>;

interface Seat {
  readonly connection: SeatConnection;
  readonly feed: SeatFeed;
  /** `null` before the hello. */
  seatId: string | null;
  session: Session | null;
  shown: SessionView | null;
  sound: 'on' | 'off';
}

/** How the id of a seat begins that has shown its key. */
const KEYED = 'seat-key-';

/** Facts after which somebody may no longer be who they were a moment ago. */
const changesSessions = ({ facts }: Committed): boolean =>
  facts.some(({ kind }) => kind === 'person' || kind === 'session');

const refusalValue = ({ kind, details }: Refusal): JsonObject => (details === undefined ? { kind } : { kind, details });

export const createSeats = (deps: SeatsDeps): Seats => {
  const {
    journal,
    clock,
    ids,
    log,
    view,
    inbox,
    sessions,
    queries,
    condition,
    receiver,
    demo,
    viewers,
    version,
    offersDemo,
  } = deps;
  const bootId = ids.next();
  const seats = new Set<Seat>();
  const recent = createRecentChanges(journal.lastSeq());
  let cancelTick: (() => void) | null = null;
  /** Somebody was forgotten since the last tick. */
  let renewing = false;
  let stopped = false;

  const isSeated = ({ tokenHash }: Session): boolean =>
    [...seats].some(({ session }) => session?.tokenHash === tokenHash);

  /** The seat is gone, or somebody else sits at it. */
  const noteLeft = (session: Session | null): void => {
    if (session !== null) viewers.left(session, () => isSeated(session));
  };

  const dismiss = (seat: Seat, reason: Bye): void => {
    if (!seats.delete(seat)) return;
    noteLeft(seat.session);
    seat.connection.send({ t: 'bye', reason });
    seat.connection.close();
  };

  const flush = (seat: Seat, when: 'commit' | 'tick'): void => {
    if (seat.feed.flush(when) === 'tooSlow') dismiss(seat, 'tooSlow');
  };

  const setSession = (seat: Seat, session: Session | null): void => {
    if (seat.session?.tokenHash !== session?.tokenHash) noteLeft(seat.session);
    seat.session = session;
    seat.shown = session === null ? null : sessions.view(session);
  };

  /** Says who is signed in now, and shows what they may see. */
  const announceSession = (seat: Seat, session: Session | null, sessionToken: string | null): void => {
    setSession(seat, session);
    seat.connection.send({ t: 'signedIn', session: seat.shown, sessionToken });
    seat.feed.snapshot(levelOf(seat.shown?.role ?? null));
  };

  /** Ends what has ended and follows a changed role, at once. */
  const recheck = (seat: Seat): void => {
    if (seat.session === null) return;
    const now = sessions.view(seat.session);
    if (now?.role === seat.shown?.role && now !== null) return;
    announceSession(seat, now === null ? null : seat.session, null);
  };

  const reply = (seat: Seat, id: string, result: Result<JsonObject, Refusal>): void => {
    if (!seats.has(seat)) return;
    const value = result.ok ? result.value : refusalValue(result.error);
    seat.connection.send({ t: 'reply', id, ok: result.ok, value });
  };

  const asRefusal = (error: unknown): Refusal => {
    if (error instanceof JournalError) return refusalOf('storageFailed', { fault: error.fault.kind });
    if (error instanceof Refused) return error.refusal;
    if (error instanceof RealCommunityError) return refusalOf('demoOnly');
    log.error('a request broke', { problem: error instanceof Error ? error.message : 'unknown' });
    return refusalOf('stationFault');
  };

  /** Every request is replied to, whatever becomes of it. */
  const request = (seat: Seat, id: string, work: () => Promise<Result<JsonObject, Refusal>>): void => {
    work().then(
      (result) => reply(seat, id, result),
      (error: unknown) => reply(seat, id, { ok: false, error: asRefusal(error) }),
    );
  };

  /** A seat whose rows cannot be read is sent away and begins anew; the others are not kept from theirs. */
  const attempt = (seat: Seat, work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.error('a seat could not be told', { fault: error.fault.kind });
      dismiss(seat, 'stopping');
    }
  };

  const rowsSince = (resume: Said<'hello'>['resume']) => (resume?.bootId === bootId ? recent.since(resume.seq) : null);

  /** Storage that takes no entry takes no session either; the seat is let in all the same, with nobody at it. */
  const signInDemo = (seatId: string, personId: string) => {
    try {
      return sessions.signInDemo(seatId, personId);
    } catch (error) {
      log.warn('nobody was signed in', { refusal: asRefusal(error).kind });
      return null;
    }
  };

  /** All windows of this seat, itself among them. */
  const windowsOf = (seat: Seat): readonly Seat[] => [...seats].filter(({ seatId }) => seatId === seat.seatId);

  /**
   * Which seat a connection belongs to. A seat is proven by its key, or by the session of one of its windows; an id that is only named is taken
   * while no other connection has it.
   */
  const idOf = (seat: Seat, { seatId, seatKey }: Said<'hello'>, stored: Session | null): string => {
    if (seatKey !== undefined) return `${KEYED}${ids.hash(seatKey).slice(0, 32)}`;
    const others = [...seats].filter((other) => other !== seat && other.seatId === seatId);
    const proven = others.some(({ session }) => session !== null && session.tokenHash === stored?.tokenHash);
    return proven || (others.length === 0 && !seatId.startsWith(KEYED)) ? seatId : `seat-${ids.next()}`;
  };

  const hello = (seat: Seat, message: Said<'hello'>): void => {
    const { session: token, fresh, resume, sound } = message;
    const stored = token === null ? null : sessions.resume(token);
    const seatId = idOf(seat, message, stored);
    seat.seatId = seatId;
    seat.sound = sound;
    const volunteerId = communityKind(journal) === 'demo' && fresh ? demo.volunteerId() : null;
    const made = stored === null && volunteerId !== null ? signInDemo(seatId, volunteerId) : null;
    setSession(seat, stored ?? made?.session ?? null);
    seat.connection.send({
      t: 'welcome',
      bootId,
      session: seat.shown,
      sessionToken: made?.token ?? null,
      empty: communityKind(journal) === 'empty',
      offersDemo,
      version,
    });
    const level = levelOf(seat.shown?.role ?? null);
    // Whoever is somebody else than before sees other things: then only a snapshot is right.
    const missed = stored === null || renewing ? null : rowsSince(resume);
    if (missed === null || resume === null || resume.seq > journal.lastSeq()) seat.feed.snapshot(level);
    else seat.feed.resume(level, resume.seq, missed);
    tick(seat);
  };

  /**
   * Whoever sits here sits at all windows of the seat, and nobody else does: not in a window that has just lost its connection either, whose
   * pictures would go on.
   */
  const changePerson = (seat: Seat, seatId: string, session: Session | null, token: string | null): void => {
    const windows = windowsOf(seat);
    const held = windows.flatMap((one) => (one.session === null ? [] : [one.session]));
    const before = new Map([...sessions.at(seatId), ...held].map((one) => [one.tokenHash, one]));
    if (session !== null) before.delete(session.tokenHash);
    for (const one of windows) setSession(one, null);
    for (const ended of before.values()) sessions.signOut(seatId, ended, session?.personId ?? null);
    if (session === null && before.size === 0) return;
    for (const one of windows) announceSession(one, session, token);
  };

  const signIn = (seat: Seat, seatId: string, { id, personId, pin }: Said<'signIn'>): void =>
    request(seat, id, async () => {
      const result = await sessions.signIn(seatId, personId, pin);
      if (!result.ok) return result;
      if (!seats.has(seat)) {
        // The seat went away while the PIN was looked at: nobody holds this session's token.
        sessions.signOut(seatId, result.value.session, null);
        return { ok: true, value: {} };
      }
      const { session, token } = result.value;
      changePerson(seat, seatId, session, token);
      return { ok: true, value: {} };
    });

  const signOut = (seat: Seat, seatId: string, id: string): void =>
    request(seat, id, async () => {
      changePerson(seat, seatId, null, null);
      return { ok: true, value: {} };
    });

  const giveCommand = (seat: Seat, seatId: string, { command }: Said<'command'>): void => {
    // Whoever gave it, and not who has signed in at the seat by the time its turn comes.
    const { session } = seat;
    const actor = (): string | null => (session === null ? null : (sessions.view(session)?.personId ?? null));
    inbox.give({ actor, seat: seatId }, command).then(
      (answer) => {
        if (seats.has(seat)) seat.connection.send({ t: 'answer', commandId: command.id, answer });
      },
      (error: unknown) => {
        if (!seats.has(seat)) return;
        seat.connection.send({ t: 'answer', commandId: command.id, answer: { ok: false, refusal: asRefusal(error) } });
      },
    );
  };

  const receive = (seat: Seat, message: SeatMessage): void => {
    if (!seats.has(seat)) return undefined;
    if (seat.connection.bufferedBytes() > MOST_BUFFERED_BYTES) return dismiss(seat, 'tooSlow');
    if (message.t === 'hello') return hello(seat, message);
    const { seatId } = seat;
    if (seatId === null) return dismiss(seat, 'protocol');
    switch (message.t) {
      case 'command':
        return giveCommand(seat, seatId, message);
      case 'query':
        return request(seat, message.id, () =>
          queries.ask(() => seat.shown?.role ?? 'nobody', message.query, seat.session),
        );
      case 'signIn':
        return signIn(seat, seatId, message);
      case 'signOut':
        return signOut(seat, seatId, message.id);
      case 'recover':
        return request(seat, message.id, () => sessions.recover(seatId, message.code, message.newPin));
      case 'changePin': {
        const { session } = seat;
        return request(seat, message.id, async () =>
          session === null
            ? { ok: false, error: refusalOf('notSignedIn') }
            : sessions.changePin(seatId, session, message.oldPin, message.newPin),
        );
      }
      case 'startDemo':
        return request(seat, message.id, async () => {
          if (!offersDemo) return { ok: false, error: refusalOf('demoOff') };
          await demo.start(message.lang);
          return { ok: true, value: {} };
        });
      case 'sound':
        seat.sound = message.state;
    }
  };

  const tick = (seat: Seat): void => {
    const known = Map.groupBy(
      [...seats].filter(({ seatId }) => seatId !== null),
      ({ seatId }) => seatId,
    );
    const health = {
      ...condition.health(),
      receiver: receiver.health(),
      demo: demo.state(),
      seats: known.size,
      // One window that can be heard is enough.
      seatsWithoutSound: [...known.values()].filter((windows) => windows.every(({ sound }) => sound === 'off')).length,
    };
    seat.connection.send({ t: 'tick', nowMs: Math.floor(clock.nowMs()), seq: journal.lastSeq(), health });
  };

  const keepTicking = (): void => {
    if (stopped) return;
    cancelTick = clock.after(TICK_MS, keepTicking);
    for (const seat of seats) {
      attempt(seat, () => {
        flush(seat, 'tick');
        if (seat.seatId !== null && seats.has(seat) && seat.connection.bufferedBytes() <= BUFFER_LIMIT_BYTES)
          tick(seat);
      });
    }
    // Every seat has been sent everything anew, or will be: nothing from before may be gone on from.
    if (renewing) recent.forgetAll(journal.lastSeq());
    renewing = false;
  };

  return {
    start: keepTicking,
    connect: (connection) => {
      const feed = createSeatFeed({ connection, view, clock, lastSeq: journal.lastSeq });
      const seat: Seat = { connection, feed, seatId: null, session: null, shown: null, sound: 'on' };
      seats.add(seat);
      return {
        receive: (message) => {
          attempt(seat, () => receive(seat, message));
        },
        isOccupied: () => seat.session !== null,
        closed: () => {
          if (seats.delete(seat)) noteLeft(seat.session);
        },
      };
    },
    noteCommit: (committed) => {
      for (const { collection, key } of committed.changes) view.changed(collection, key);
      const rows = recent.add(committed);
      const recheckAll = changesSessions(committed);
      for (const seat of seats) seat.feed.changed(rows, committed.seq);
      for (const seat of seats) {
        attempt(seat, () => {
          if (recheckAll) recheck(seat);
          flush(seat, 'commit');
        });
      }
    },
    renew: () => {
      view.forgetOpened();
      recent.forgetAll(journal.lastSeq());
      renewing = true;
      for (const seat of seats) seat.feed.renew();
    },
    stop: () => {
      stopped = true;
      cancelTick?.();
      for (const seat of seats) dismiss(seat, 'stopping');
    },
  };
};
