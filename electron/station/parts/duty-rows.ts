/** Who is responsible, and who comes: the roster and the shift as their rules take them. */
import { comingOf, endOfStretch, type Holder } from '../../domain/roster/duty.rules.ts';
import type { RosterEntry } from '../../domain/roster/roster.rules.ts';
import type { RowReader } from '../core/table.ts';
import { personRows, rosterRows, shiftRows } from './rows.ts';

/** The one post of the community. */
export const POST_ID = 'monitoringRoom';

/** The planned shifts, as the rules of the roster take them. */
export const rosterOf = (rows: Pick<RowReader, 'rows'>): readonly RosterEntry[] => rosterRows.all(rows);

/** The planned shifts of those who can come. */
export const comingRosterOf = (rows: RowReader): readonly RosterEntry[] =>
  comingOf(rosterOf(rows), (personId) => personRows.get(rows, personId)?.active === true);

/** Who is responsible now, and since when. */
export const holderOf = (rows: Pick<RowReader, 'row'>): Holder | null => {
  const responsible = shiftRows.get(rows, POST_ID)?.responsible ?? null;
  return responsible === null ? null : { personId: responsible.personId, sinceMs: responsible.since };
};

/** Whether this person is responsible for the post now. */
export const isResponsible = (rows: Pick<RowReader, 'row'>, personId: string | null): boolean =>
  personId !== null && holderOf(rows)?.personId === personId;

/** When a takeover by this person at this moment ends. */
export const endOfTakeover = (rows: RowReader, personId: string, sinceMs: number): number =>
  endOfStretch(comingRosterOf(rows), { personId, sinceMs }).untilMs;
