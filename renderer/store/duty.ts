/** The duty as a seat sees it: the same rules as the station's, on the rows that it has. */
import { isUnsettled } from '../../electron/domain/barriers/arm.rules.ts';
import { comingOf, dutyPicture, type DutyPicture, type Holder } from '../../electron/domain/roster/duty.rules.ts';
import type { PostId } from '../../electron/domain/posts/post.ts';
import { entriesAt, type RosterEntry } from '../../electron/domain/roster/roster.rules.ts';
import { openItems } from '../../electron/domain/shifts/open-items.rules.ts';
import type { Tables } from './tables.ts';

/** The planned shifts of a post, of those who can come. */
export const comingEntries = (tables: Pick<Tables, 'roster' | 'people'>, post: PostId): readonly RosterEntry[] =>
  comingOf(entriesAt([...tables.roster.values()], post), (personId) => tables.people.get(personId)?.active === true);

/** Who is responsible for a post now, and since when. */
export const holderOf = (tables: Pick<Tables, 'shift'>, post: PostId): Holder | null => {
  const responsible = tables.shift.get(post)?.responsible ?? null;
  return responsible === null ? null : { personId: responsible.personId, sinceMs: responsible.since };
};

/** What the roster of a post says of this moment. */
export const dutyOf = (tables: Pick<Tables, 'roster' | 'people' | 'shift'>, post: PostId, nowMs: number): DutyPicture =>
  dutyPicture(comingEntries(tables, post), holderOf(tables, post), nowMs);

/** What is open now, as the station lists it for a handover. */
export const openItemsNow = (tables: Tables): readonly string[] =>
  openItems({
    incidents: [...tables.incidents.values()].map(({ incidentId, work }) => ({
      id: incidentId,
      resolved: work === 'resolved',
    })),
    alarms: [...tables.alarms.values()].map(({ alarmId, cause, sourceId, incidentId }) => ({
      id: alarmId,
      cause,
      sourceId,
      incidentId,
    })),
    barriers: [...tables.barriers.values()].map(({ barrierId, standing, commandState }) => ({
      id: barrierId,
      unseen: standing !== null,
      unsettled: isUnsettled(commandState),
    })),
    visitorsInside: [...tables.visits.values()].filter(({ state }) => state === 'inside').length,
  });
