/** The shift and the log: taking over, notes, the siren. */
import { isUnsettled } from '../../domain/barriers/arm.rules.ts';
import type { ShiftEvent } from '../../domain/shifts/shift.types.ts';
import { openItems } from '../../domain/shifts/open-items.rules.ts';
import { comingOf, endOfStretch, type Holder } from '../../domain/roster/duty.rules.ts';
import { onDutyAt, type RosterEntry } from '../../domain/roster/roster.rules.ts';
import { numberOf, objectOf, textOf } from '../docs.ts';
import type { JournalReader } from '../ports/journal.port.ts';
import { logKey, POST_ID } from '../projections/log.projection.ts';
import { subjects } from '../subjects.ts';
import { passCallsOn } from './event.commands.ts';
import { refuse, tellOrRefuse, type Handlers } from './handler.ts';

/** What is open, as `<kind>/<id>`: what the incoming person has to look at. */
export const openItemsOf = (tx: Pick<JournalReader, 'rows'>): string[] =>
  openItems({
    incidents: tx.rows('incidents').map(({ key, doc }) => ({ id: key, resolved: doc['work'] === 'resolved' })),
    alarms: tx.rows('alarms').map(({ key, doc }) => ({
      id: key,
      cause: textOf(doc, 'cause') ?? '',
      sourceId: textOf(doc, 'sourceId') ?? '',
      incidentId: textOf(doc, 'incidentId'),
    })),
    barriers: tx.rows('barriers').map(({ key, doc }) => ({
      id: key,
      unseen: objectOf(doc, 'standing') !== null,
      unsettled: isUnsettled(textOf(doc, 'commandState') ?? ''),
    })),
    visitorsInside: tx.rows('visits').filter(({ doc }) => doc['state'] === 'inside').length,
  });

/** The planned shifts, as the rules of the roster take them. */
export const rosterOf = (tx: Pick<JournalReader, 'rows'>): readonly RosterEntry[] =>
  tx.rows('roster').map(({ key, doc }) => ({
    entryId: key,
    personId: textOf(doc, 'personId') ?? '',
    fromMs: numberOf(doc, 'fromMs') ?? 0,
    toMs: numberOf(doc, 'toMs') ?? 0,
  }));

/** The planned shifts of those who can come. */
export const comingRosterOf = (reader: Pick<JournalReader, 'row' | 'rows'>): readonly RosterEntry[] =>
  comingOf(rosterOf(reader), (personId) => reader.row('people', personId)?.['active'] === true);

/** Who is responsible now, and since when. */
export const holderOf = (reader: Pick<JournalReader, 'row'>): Holder | null => {
  const responsible = objectOf(reader.row('shift', POST_ID), 'responsible');
  const personId = textOf(responsible, 'personId');
  return personId === null ? null : { personId, sinceMs: numberOf(responsible, 'since') ?? 0 };
};

/** When a takeover by this person at this moment ends. */
export const endOfTakeover = (reader: Pick<JournalReader, 'row' | 'rows'>, personId: string, sinceMs: number): number =>
  endOfStretch(comingRosterOf(reader), { personId, sinceMs }).untilMs;

/** Who is planned at a moment at which somebody takes over, and is neither that person nor the one who had the watch. */
const otherPlannedAt = (reader: Pick<JournalReader, 'row' | 'rows'>, incoming: string, atMs: number): string | null => {
  const planned = onDutyAt(comingRosterOf(reader), atMs)[0]?.personId ?? null;
  return planned === incoming || planned === holderOf(reader)?.personId ? null : planned;
};

export const dutyHandlers: Handlers<
  'beginTakeover' | 'acceptTakeover' | 'withdrawTakeover' | 'addNote' | 'addManagerNote' | 'silenceSiren'
> = {
  beginTakeover: (scope) => {
    const { work, actor } = scope;
    const openItems = openItemsOf(work.tx);
    const untilMs = endOfTakeover(work.tx, actor, work.nowMs);
    const event: ShiftEvent = { type: 'beginTakeover', at: work.nowMs, incoming: actor, untilMs, openItems };
    tellOrRefuse(scope, 'shift', POST_ID, event);
    return { openItems };
  },
  acceptTakeover: (scope, { seenItems }) => {
    const { work, actor } = scope;
    const untilMs = endOfTakeover(work.tx, actor, work.nowMs);
    const planned = otherPlannedAt(work.tx, actor, work.nowMs);
    const event: ShiftEvent = { type: 'accept', at: work.nowMs, by: actor, seenItems, untilMs, planned };
    tellOrRefuse(scope, 'shift', POST_ID, event);
    passCallsOn(work, actor);
    return {};
  },
  withdrawTakeover: (scope) => {
    const event: ShiftEvent = { type: 'withdraw', at: scope.work.nowMs, by: scope.actor };
    tellOrRefuse(scope, 'shift', POST_ID, event);
    return {};
  },
  addNote: ({ work, privacy, commandId }, { text }) => {
    const body = { text: privacy.seal(subjects.note(commandId), text) };
    work.record({ type: 'v1.NoteAdded', kind: 'note', entityId: commandId, body });
    return {};
  },
  addManagerNote: ({ work, privacy, commandId }, { seq, text }) => {
    const key = logKey(seq);
    if (work.tx.row('log', key) === null) refuse('notFound', { kind: 'log', id: key });
    const body = { seq, logKey: key, text: privacy.seal(subjects.note(commandId), text) };
    work.record({ type: 'v1.ManagerNoteAdded', kind: 'note', entityId: commandId, body });
    return {};
  },
  silenceSiren: ({ work }) => {
    const reasons = work.dropSirens();
    if (reasons === 0) refuse('sirenSilent');
    work.record({ type: 'v1.SirenSilenced', kind: 'station', entityId: 'station', body: { reasons } });
    return {};
  },
};
