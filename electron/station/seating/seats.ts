/** The connected seats: what each says, and what all of them hear. */
import { TICK_MS, type SeatMessage } from '../../contract/messages.schema.ts';
import type { SeatsSeen } from '../../contract/seats/seats.views.ts';
import type { Asks } from '../core/asks.ts';
import type { AnyService } from '../core/define-feature.ts';
import { textsOf } from '../core/docs.ts';
import { refusalOf } from '../core/handler.ts';
import type { Inbox } from '../core/inbox.ts';
import type { Committed } from '../core/work.ts';
import { createRecentChanges, rowsForSeats } from '../feeds/recent-changes.ts';
import type { RowView } from '../feeds/row-view.ts';
import { BUFFER_LIMIT_BYTES, createSeatFeed, MOST_BUFFERED_BYTES } from '../feeds/seat-feed.ts';
import type { SeatConnection, SeatHandle } from '../ports/seat.port.ts';
import type { StationDeps } from '../core/station-deps.ts';
import { createConnected, standingAt, type Bye, type Seat } from './connected.ts';
import { createGreeting } from './greeting.ts';
import { createHeard } from './heard.ts';
import { createRequests } from './requests.ts';
import type { Sessions } from './sessions.ts';

export interface Seats {
  readonly start: () => void;
  readonly connect: (connection: SeatConnection) => SeatHandle;
  /** What was read before the commit is not shown again, at once. */
  readonly keep: (committed: Committed) => void;
  /** Tells every seat what has changed. */
  readonly noteCommit: (committed: Committed) => void;
  /** The seats that were here since the station started. */
  readonly seen: () => SeatsSeen['seats'];
  /** A subject was forgotten: everything that seats hold is sent anew. */
  readonly renew: () => void;
  /** What the station's health is made of has changed: every seat is told at once. */
  readonly tellHealth: () => void;
  readonly stop: () => void;
}

export interface SeatsDeps extends Pick<StationDeps, 'journal' | 'clock' | 'ids' | 'log' | 'version'> {
  readonly view: RowView;
  readonly inbox: Inbox;
  readonly sessions: Sessions;
  readonly asks: Asks;
  readonly services: readonly AnyService[];
}

/** Seats that may not go on as they are: used no more, or made something else. */
const lettingGo = ({ facts }: Committed): readonly { readonly seatId: string; readonly reason: Bye }[] =>
  facts.flatMap(({ type, entityId: seatId, body }) => {
    if (type === 'v1.SeatRevoked') return { seatId, reason: 'seatRevoked' };
    const isOther = textsOf(body, 'changes').some((field) => field !== 'name');
    return type === 'v1.SeatChanged' && isOther ? { seatId, reason: 'seatChanged' } : [];
  });

/** Facts after which somebody may no longer be who they were a moment ago. */
const changesSessions = ({ facts }: Committed): boolean =>
  facts.some(({ kind }) => kind === 'person' || kind === 'session');

export const createSeats = (deps: SeatsDeps): Seats => {
  const { journal, clock, ids, view, sessions, asks, services } = deps;
  const recent = createRecentChanges(journal.lastSeq());
  let cancelTick: (() => void) | null = null;
  /** Somebody was forgotten since the last tick. */
  let renewing = false;
  let stopped = false;
  const connected = createConnected(deps);
  const heard = createHeard(clock, connected);
  const requests = createRequests({ ...deps, connected });
  const missedSince = (seq: number) => (renewing ? null : recent.since(seq));
  const greeting = createGreeting({ ...deps, bootId: ids.next(), connected, requests, missedSince });

  const tick = (seat: Seat): void => {
    const known = Map.groupBy(
      [...connected.all].filter(({ seatId }) => seatId !== null),
      ({ seatId }) => seatId,
    );
    // Each feature that is there says its own part; the seat's schema holds them to the contract.
    const health = {
      ...Object.assign({}, ...services.map((service) => service.health?.() ?? {})),
      seats: known.size,
      // One window that can be heard is enough.
      seatsWithoutSound: [...known.values()].filter((windows) => windows.every(({ sound }) => sound === 'off')).length,
    };
    seat.connection.send({ t: 'tick', nowMs: Math.floor(clock.nowMs()), seq: journal.lastSeq(), health });
  };

  const receive = (seat: Seat, message: SeatMessage): void => {
    if (!connected.all.has(seat)) return undefined;
    if (seat.connection.bufferedBytes() > MOST_BUFFERED_BYTES) return connected.dismiss(seat, 'tooSlow');
    if (message.t === 'hello') {
      greeting.hello(seat, message);
      if (seat.seatId !== null) heard.note(seat.seatId);
      return connected.all.has(seat) ? tick(seat) : undefined;
    }
    const { seatId, session } = seat;
    if (seatId === null) return connected.dismiss(seat, 'protocol');
    heard.note(seatId);
    switch (message.t) {
      case 'show':
        return seat.feed.show(message.collections);
      case 'command':
        return requests.giveCommand(seat, seatId, message);
      case 'query':
        return requests.reply(seat, message.id, () => asks.ask(() => standingAt(seat), message.query, session));
      case 'signIn':
        return greeting.signIn(seat, seatId, message);
      case 'signOut':
        return greeting.signOut(seat, seatId, message.id);
      case 'recover':
        return requests.reply(seat, message.id, () => sessions.recover(seatId, message.code, message.newPin));
      case 'changePin':
        return requests.reply(seat, message.id, async () =>
          session === null
            ? { ok: false, error: refusalOf('notSignedIn') }
            : sessions.changePin(seatId, session, message.oldPin, message.newPin),
        );
      case 'sound':
        seat.sound = message.state;
    }
  };

  const tellAll = (): void => {
    for (const seat of connected.all) {
      connected.attempt(seat, () => {
        connected.flush(seat, 'tick');
        const keepsUp = seat.connection.bufferedBytes() <= BUFFER_LIMIT_BYTES;
        if (seat.seatId !== null && connected.all.has(seat) && keepsUp) tick(seat);
      });
    }
  };

  const keepTicking = (): void => {
    if (stopped) return;
    cancelTick = clock.after(TICK_MS, keepTicking);
    tellAll();
    // Every seat has been sent everything anew, or will be: nothing from before may be gone on from.
    if (renewing) recent.forgetAll(journal.lastSeq());
    renewing = false;
  };

  return {
    start: keepTicking,
    tellHealth: () => {
      if (!stopped) tellAll();
    },
    connect: (connection) => {
      const feed = createSeatFeed({ connection, view, clock, lastSeq: journal.lastSeq });
      const seat: Seat = { connection, feed, seatId: null, kind: '', session: null, shown: null, sound: 'on' };
      connected.add(seat);
      return {
        receive: (message) => connected.attempt(seat, () => receive(seat, message)),
        isOccupied: () => seat.session !== null,
        closed: () => connected.gone(seat),
      };
    },
    keep: (committed) => {
      for (const { collection, key } of committed.changes) view.changed(collection, key);
      recent.add(committed);
    },
    noteCommit: (committed) => {
      const rows = rowsForSeats(committed);
      for (const { seatId, reason } of lettingGo(committed))
        for (const seat of connected.all) if (seat.seatId === seatId) connected.dismiss(seat, reason);
      const recheckAll = changesSessions(committed);
      for (const seat of connected.all) seat.feed.changed(rows, committed.seq);
      for (const seat of connected.all) {
        connected.attempt(seat, () => {
          if (recheckAll) connected.recheck(seat);
          connected.flush(seat, 'commit');
        });
      }
    },
    seen: heard.seen,
    renew: () => {
      view.forgetOpened();
      recent.forgetAll(journal.lastSeq());
      renewing = true;
      for (const seat of connected.all) seat.feed.renew();
    },
    stop: () => {
      stopped = true;
      cancelTick?.();
      for (const seat of connected.all) connected.dismiss(seat, 'stopping');
    },
  };
};
