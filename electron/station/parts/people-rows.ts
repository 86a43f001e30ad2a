/** Who somebody is. */
import type { Role } from '../../domain/access/access.rules.ts';
import type { RowReader } from '../core/table.ts';
import { communityRows, personRows } from './rows.ts';

/** The role a person has at this moment; `nobody` for a stranger and for somebody who may no longer be here. */
export const roleOf = (rows: Pick<RowReader, 'row'>, personId: string | null): Role => {
  const person = personId === null ? null : personRows.get(rows, personId);
  return person?.active === true ? person.role : 'nobody';
};

/** Whether nothing has been set up. */
export const isEmpty = (rows: Pick<RowReader, 'row'>): boolean => communityRows.get(rows, 'community') === null;
