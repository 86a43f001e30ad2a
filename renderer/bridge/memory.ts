/** What a seat remembers from one day to the next. */
export interface SeatMemory {
  readonly seatId: () => string;
  /** Proves that a window is one of this seat's. */
  readonly seatKey: () => string;
  readonly session: () => string | null;
  readonly keepSession: (token: string | null) => void;
  /** This seat has never been signed in or out by a person. */
  readonly fresh: () => boolean;
  readonly touched: () => void;
}

const SEAT = 'guardroom.seatId';
const KEY = 'guardroom.seatKey';
const SESSION = 'guardroom.session';
const TOUCHED = 'guardroom.touched';

export const createSeatMemory = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  uuid: () => string,
): SeatMemory => ({
  seatId: () => {
    const kept = storage.getItem(SEAT);
    if (kept !== null && /^[A-Za-z0-9_:.-]{1,80}$/.test(kept)) return kept;
    const made = `seat-${uuid()}`;
    storage.setItem(SEAT, made);
    return made;
  },
  seatKey: () => {
    const kept = storage.getItem(KEY);
    if (kept !== null && /^[A-Za-z0-9-]{32,100}$/.test(kept)) return kept;
    const made = `${uuid()}-${uuid()}`;
    storage.setItem(KEY, made);
    return made;
  },
  session: () => storage.getItem(SESSION),
  keepSession: (token) => {
    if (token === null) storage.removeItem(SESSION);
    else storage.setItem(SESSION, token);
  },
  fresh: () => storage.getItem(TOUCHED) === null,
  touched: () => storage.setItem(TOUCHED, '1'),
});
