/** Taking over, and the roster. */
import type { duty } from '../../../contract/duty/duty.contract.ts';
import { stationActor } from '../../../domain/people/actor.rules.ts';
import { monitoringRoom, type PostId } from '../../../domain/posts/post.ts';
import { onDutyAt, overlapsOf, refusesEntry, type RosterEntry } from '../../../domain/roster/roster.rules.ts';
import { shift } from '../../../domain/shifts/shift.ts';
import { refuse, Refused, tellOrRefuse, type CommandScope, type Handlers } from '../../core/handler.ts';
import type { RowReader } from '../../core/table.ts';
import { passCallsOn } from '../../parts/calls.ts';
import { comingRosterOf, comingToAll, endOfTakeover, holderOf, rosterOf } from '../../parts/duty-rows.ts';
import { existing, recordChange } from '../../parts/record-change.ts';
import { personRows, rosterRows, shiftRows } from '../../parts/rows.ts';

/** Who is planned at a moment at which somebody takes over a post, and is neither that person nor the one who had it. */
const otherPlannedAt = (rows: RowReader, post: PostId, incoming: string, atMs: number): string | null => {
  const planned = onDutyAt(comingRosterOf(rows, post), atMs)[0]?.personId ?? null;
  return planned === incoming || planned === holderOf(rows, post)?.personId ? null : planned;
};

/** The open shifts of people who have left that this entry fills: taken off, so that nobody who comes back is planned beside somebody else. */
const fillOpenShifts = ({ work }: CommandScope, entry: RosterEntry): void => {
  for (const open of overlapsOf(rosterOf(work.read), entry)) {
    if (personRows.get(work.read, open.personId)?.active === true) continue;
    work.record({ type: 'v1.RosterEntryRemoved', kind: 'rosterEntry', entityId: open.entryId, body: { ...open } });
  }
};

export const dutyCommands: Handlers<typeof duty> = {
  beginTakeover: (scope) => {
    const { work, actor, postId } = scope;
    const openItems = [...scope.openItems()];
    const untilMs = endOfTakeover(work.read, postId, actor, work.nowMs);
    tellOrRefuse(scope, shift, postId, {
      type: 'beginTakeover',
      at: work.nowMs,
      incoming: actor,
      untilMs,
      openItems,
    });
    return { openItems };
  },
  acceptTakeover: (scope, { seenItems }) => {
    const { work, actor, postId } = scope;
    const untilMs = endOfTakeover(work.read, postId, actor, work.nowMs);
    const planned = otherPlannedAt(work.read, postId, actor, work.nowMs);
    tellOrRefuse(scope, shift, postId, { type: 'accept', at: work.nowMs, by: actor, seenItems, untilMs, planned });
    if (postId === monitoringRoom) passCallsOn(work, actor);
    return {};
  },
  withdrawTakeover: (scope) => {
    tellOrRefuse(scope, shift, scope.postId, { type: 'withdraw', at: scope.work.nowMs, by: scope.actor });
    return {};
  },
  establishPost: (scope, { postId }) => {
    tellOrRefuse(scope, shift, postId, { type: 'establish', at: scope.work.nowMs, postId });
    return {};
  },
  setRosterEntry: (scope, { entryId, postId: asked, personId, fromMs, toMs }) => {
    const { work, ids } = scope;
    const person = existing(scope, personRows, personId);
    const id = entryId ?? ids.next();
    const before = rosterRows.get(work.read, id);
    const postId = asked ?? before?.postId ?? scope.postId;
    existing(scope, shiftRows, postId);
    const entry = { entryId: id, postId, personId, fromMs, toMs };
    // What the station itself plans is anchored anew at every start, entry by entry.
    if (scope.actor !== stationActor) {
      if (!person.active) refuse('hasLeft');
      const refusal = refusesEntry(comingToAll(work.read), entry);
      if (refusal !== null) throw new Refused(refusal);
      fillOpenShifts(scope, entry);
    }
    const names = { added: 'v1.RosterEntrySet', changed: 'v1.RosterEntrySet' } as const;
    recordChange(scope, 'rosterEntry', names, id, before, { postId, personId, fromMs, toMs });
    return { entryId: id };
  },
  removeRosterEntry: (scope, { entryId }) => {
    const body = existing(scope, rosterRows, entryId);
    scope.work.record({ type: 'v1.RosterEntryRemoved', kind: 'rosterEntry', entityId: entryId, body: { ...body } });
    return {};
  },
};
