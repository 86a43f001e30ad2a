/**
 * What one seat hears of the read models: a snapshot, then ordered patches. A seat that does not keep up gets fewer and fuller patches
 * (only the newest version of a row), then a new snapshot, and after 30 s without progress it is sent away.
 */
import type { RowChange, StationMessage } from '../../contract/messages.schema.ts';
import { collectionNames, wayTo, type CollectionName } from '../../contract/views.schema.ts';
import type { Standing } from '../../domain/access/access.rules.ts';
import { seconds } from '../../domain/kernel/time.ts';
import type { Clock } from '../ports/clock.port.ts';
import type { SeatConnection } from '../ports/seat.port.ts';
import type { RowView } from './row-view.ts';

/** Bytes on the way to a seat above which nothing more is sent for now. */
export const BUFFER_LIMIT_BYTES = 262_144;
/** Answers and replies are not held back: a seat that asks on and on without reading is sent away above this, many times what a snapshot needs. */
export const MOST_BUFFERED_BYTES = 16 * BUFFER_LIMIT_BYTES;
/** A seat that stays above the limit for this long is too slow. */
const TOO_SLOW_MS = seconds(30);
/** Rows that wait for a slow seat; with more, a snapshot is cheaper. */
const MOST_WAITING = 1000;
/** Rows of one message: a snapshot goes out in pieces, so that no message grows without bound. */
const ROWS_PER_MESSAGE = 200;
/** The number of a seat that has part of a snapshot: before every fact. */
const NOTHING_SENT = 0;

export interface ChangedRow {
  readonly collection: CollectionName;
  readonly key: string;
}

export interface SeatFeed {
  /** Sends everything that whoever sits there sees. */
  readonly snapshot: (standing: Standing) => void;
  /** Goes on after `seq` with these rows, in place of a snapshot. */
  readonly resume: (standing: Standing, seq: number, rows: readonly ChangedRow[]) => void;
  /** The windows that the seat's screen shows, said before its first snapshot or resumption. */
  readonly begin: (collections: readonly CollectionName[]) => void;
  /** The windows that it shows from now on: their rows, and then that they are there. */
  readonly show: (collections: readonly CollectionName[]) => void;
  /** Rows that the commit up to `seq` changed. */
  readonly changed: (rows: readonly ChangedRow[], seq: number) => void;
  /** Sends what waits, if the seat keeps up. Called after every commit and every second. `tooSlow`: the seat is to be sent away. */
  readonly flush: (when: 'commit' | 'tick') => 'ok' | 'tooSlow';
  /** At the next tick, everything anew: many things forgotten in one night are one snapshot and not one each. */
  readonly renew: () => void;
}

export interface SeatFeedDeps {
  readonly connection: SeatConnection;
  readonly view: RowView;
  readonly clock: Clock;
  readonly lastSeq: () => number;
}

export const createSeatFeed = ({ connection, view, clock, lastSeq }: SeatFeedDeps): SeatFeed => {
  const waiting = new Map<string, ChangedRow>();
  /** Nobody, at no seat that is known. */
  let standing: Standing = { role: 'nobody', seatKind: '' };
  let sentSeq = 0;
  /** The newest commit this feed was told of. The journal may be further: what it does not know yet is not to be called sent. */
  let heardSeq = 0;
  /** Windows that the seat's screen shows. */
  let shows: ReadonlySet<string> = new Set();
  /** Windows whose rows the seat has, or gets with the next snapshot, and has not been told so. */
  let unsaid: readonly CollectionName[] | null = null;
  let started = false;
  let overflowed = false;
  let renewing = false;
  let slowSinceMs: number | null = null;

  /** What is sent without being asked for. */
  const wants = (collection: CollectionName): boolean => {
    const { way } = wayTo(collection);
    return way === 'live' || (way === 'window' && shows.has(collection));
  };

  const send = (message: StationMessage): void => connection.send(message);

  /** Only the last piece reaches `seq`: a seat that is cut off before it resumes from `after` and misses nothing. */
  const sendRows = (kind: 'snapshot' | 'patch', rows: readonly RowChange[], after: number, seq: number): void => {
    for (let from = 0; from === 0 || from < rows.length; from += ROWS_PER_MESSAGE) {
      const end = from + ROWS_PER_MESSAGE;
      const reached = end < rows.length ? after : seq;
      const piece = rows.slice(from, end);
      send(
        kind === 'snapshot' && from === 0
          ? { t: 'snapshot', seq: reached, rows: piece }
          : { t: 'patch', after, seq: reached, rows: piece },
      );
    }
    sentSeq = seq;
  };

  const sayShown = (): void => {
    if (unsaid !== null) send({ t: 'shown', collections: [...unsaid] });
    unsaid = null;
  };

  const sendSnapshot = (): void => {
    waiting.clear();
    overflowed = false;
    renewing = false;
    sendRows('snapshot', view.some(standing, collectionNames.filter(wants), clock.nowMs()), NOTHING_SENT, lastSeq());
    sayShown();
  };

  const sendPatch = (): void => {
    const seq = Math.max(heardSeq, sentSeq);
    if (seq === sentSeq && waiting.size === 0) return;
    const changed = [...waiting.values()].map(({ collection, key }) => view.row(standing, collection, key));
    waiting.clear();
    sendRows('patch', changed, sentSeq, seq);
  };

  const wait = (rows: readonly ChangedRow[]): void => {
    for (const row of rows) {
      if (wants(row.collection) && view.mayGet(standing, row.collection))
        waiting.set(`${row.collection}/${row.key}`, row);
    }
    if (waiting.size <= MOST_WAITING) return;
    waiting.clear();
    overflowed = true;
  };

  const flush = (when: 'commit' | 'tick'): 'ok' | 'tooSlow' => {
    if (!started) return 'ok';
    // At the tick it is decided: a seat that is slow just then gets nothing else before it.
    if (renewing && when === 'tick') overflowed = true;
    if (connection.bufferedBytes() > BUFFER_LIMIT_BYTES) {
      slowSinceMs ??= clock.monotonicMs();
      return clock.monotonicMs() - slowSinceMs > TOO_SLOW_MS ? 'tooSlow' : 'ok';
    }
    slowSinceMs = null;
    if (overflowed) sendSnapshot();
    else sendPatch();
    sayShown();
    return 'ok';
  };

  return {
    snapshot: (newStanding) => {
      standing = newStanding;
      started = true;
      // A seat that asks for everything again and again without reading gets it when it has read.
      if (connection.bufferedBytes() > BUFFER_LIMIT_BYTES) overflowed = true;
      else sendSnapshot();
    },
    resume: (newStanding, seq, rows) => {
      standing = newStanding;
      started = true;
      sentSeq = seq;
      heardSeq = lastSeq();
      wait(rows);
      flush('commit');
    },
    changed: (rows, seq) => {
      heardSeq = Math.max(heardSeq, seq);
      wait(rows);
    },
    begin: (collections) => {
      shows = new Set(collections);
      unsaid = collections;
    },
    show: (collections) => {
      const added = collections.filter((collection) => wayTo(collection).way === 'window' && !shows.has(collection));
      shows = new Set(collections);
      unsaid = collections;
      if (!started || overflowed) return;
      if (connection.bufferedBytes() > BUFFER_LIMIT_BYTES) {
        // When it has read it gets everything, these among them.
        overflowed = true;
        return;
      }
      sendPatch();
      if (added.length > 0) sendRows('patch', view.some(standing, added, clock.nowMs()), sentSeq, sentSeq);
      sayShown();
    },
    flush,
    renew: () => {
      renewing = true;
    },
  };
};
