/** Who is responsible, and who comes: the roster and the shift as their rules take them. */
import { comingOf, endOfStretch, type Holder } from '../../domain/roster/duty.rules.ts';
import type { Fact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { monitoringRoom, postId, type PostId } from '../../domain/posts/post.ts';
import { entriesAt, type RosterEntry } from '../../domain/roster/roster.rules.ts';
import { textOf } from '../core/docs.ts';
import type { RowReader } from '../core/table.ts';
import { personRows, rosterRows, shiftRows } from './rows.ts';
import { postOfSeat } from './seat-rows.ts';

/** Of which post a planned shift is, by its fact. One that does not say was planned when there was only the monitoring room. */
export const postOfEntry = (body: JsonObject): PostId => postId(textOf(body, 'postId') ?? monitoringRoom);

/** Of which post something that happened is: a shift's its own, a planned one's whose it is, and else that of the seat where it was done. */
export const postOfFact = ({ kind, entityId, body, seat }: Fact, rows: RowReader): PostId => {
  if (kind === 'shift') return postId(entityId);
  return kind === 'rosterEntry' ? postOfEntry(body) : postOfSeat(rows, seat);
};

/** The planned shifts of all posts, as the rules of the roster take them. */
export const rosterOf = (rows: Pick<RowReader, 'rows'>): readonly RosterEntry[] => rosterRows.all(rows);

/** The planned shifts of all posts, of those who can come. */
export const comingToAll = (rows: RowReader): readonly RosterEntry[] =>
  comingOf(rosterOf(rows), (personId) => personRows.get(rows, personId)?.active === true);

/** The planned shifts of a post, of those who can come. */
export const comingRosterOf = (rows: RowReader, post: PostId): readonly RosterEntry[] =>
  entriesAt(comingToAll(rows), post);

/** Who is responsible for a post now, and since when. */
export const holderOf = (rows: Pick<RowReader, 'row'>, post: PostId): Holder | null => {
  const responsible = shiftRows.get(rows, post)?.responsible ?? null;
  return responsible === null ? null : { personId: responsible.personId, sinceMs: responsible.since };
};

/** Whether this person is responsible for the calls for help now: for the monitoring room, wherever they sit. */
export const isResponsible = (rows: Pick<RowReader, 'row'>, personId: string | null): boolean =>
  personId !== null && holderOf(rows, monitoringRoom)?.personId === personId;

/** When a takeover of a post by this person at this moment ends. */
export const endOfTakeover = (rows: RowReader, post: PostId, personId: string, sinceMs: number): number =>
  endOfStretch(comingRosterOf(rows, post), { personId, sinceMs }).untilMs;
