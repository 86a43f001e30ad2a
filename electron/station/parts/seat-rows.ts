/** What a seat is. */
import type { SeatView } from '../../contract/seats/seats.views.ts';
import type { SeatKind } from '../../domain/access/access.rules.ts';
import { monitoringRoom, type PostId } from '../../domain/posts/post.ts';
import { defineTable, type RowReader } from '../core/table.ts';
import type { Work } from '../core/work.ts';

export const seatRows = defineTable<SeatView>('seats');

/** How the id of a seat begins that has shown its key; the first half of the key's SHA-256 follows, hexadecimal. */
export const KEYED = 'seat-key-';

/** What a seat is of which nothing is recorded yet: nobody has set it up as anything else. */
const unrecorded = { kind: 'room', postId: monitoringRoom, name: null } as const satisfies Partial<SeatView>;

/** What a seat is for, and how it stands. */
export const seatOf = (
  rows: Pick<RowReader, 'row'>,
  seatId: string,
): Pick<SeatView, 'kind' | 'postId' | 'name'> & { readonly isRevoked: boolean } => {
  const row = seatRows.get(rows, seatId);
  return row === null ? { ...unrecorded, isRevoked: false } : { ...row, isRevoked: row.revokedAt !== null };
};

/** The post of a seat; what is done at none is the monitoring room's. */
export const postOfSeat = (rows: Pick<RowReader, 'row'>, seatId: string | null): PostId =>
  seatId === null ? monitoringRoom : seatOf(rows, seatId).postId;

/** The kind of a seat; the station itself, which sits at none, is held back by none. */
export const kindOfSeat = (rows: Pick<RowReader, 'row'>, seatId: string | null): SeatKind =>
  seatId === null ? 'room' : seatOf(rows, seatId).kind;

/** Writes a seat down before the first thing that is done at it: no fact names a seat that the journal does not know. */
export const recordSeat = ({ read, record }: Pick<Work, 'read' | 'record'>, seatId: string): void => {
  if (seatRows.get(read, seatId) !== null) return;
  const keyHash = seatId.startsWith(KEYED) ? seatId.slice(KEYED.length) : null;
  record({ type: 'v1.SeatRecorded', kind: 'seat', entityId: seatId, body: { ...unrecorded, keyHash } });
};
