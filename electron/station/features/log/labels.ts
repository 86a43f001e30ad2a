/**
 * What a line of the log names, as it is called at that moment: so that a later name, a removal or a review changes no sentence of the past.
 * Personal names are the sealed texts that are in the fact or the row: to forget somebody takes the name out of the lines, and nothing else.
 */
import type { LogLabel, LogLabels } from '../../../contract/log/log.views.ts';
import type { RecordedFact } from '../../../domain/kernel/fact.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import { dutySourceOf } from '../../../domain/roster/duty.rules.ts';
import type { VisitContext } from '../../../domain/visits/visit.types.ts';
import { numberOf, textOf } from '../../core/docs.ts';
import { defineTable, type RowReader } from '../../core/table.ts';
import { barrierRows, cameraRows, contactRows, helpPointRows, personRows } from '../../parts/rows.ts';
import { seatRows } from '../../parts/seat-rows.ts';

/** What was taken down, as it was called last: alarms about it end after it is gone. */
export const retiredRows = defineTable<LogLabel>('retired');

const plain = { name: null, place: null, number: null, count: null };

const labelOfPerson = (rows: RowReader, id: string): LogLabel | null => {
  const row = personRows.get(rows, id);
  return row === null ? null : { ...plain, kind: 'person', name: row.name };
};

const labelOfContact = (rows: RowReader, id: string): LogLabel | null => {
  const row = contactRows.get(rows, id);
  return row === null ? null : { ...plain, kind: 'contact', name: row.name };
};

const labelOfHelpPoint = (rows: RowReader, id: string): LogLabel | null => {
  const row = helpPointRows.get(rows, id);
  return row === null ? null : { ...plain, kind: 'helpPoint', name: row.place, place: row.place };
};

const labelOfCamera = (rows: RowReader, id: string): LogLabel | null => {
  const row = cameraRows.get(rows, id);
  return row === null ? null : { ...plain, kind: 'camera', name: row.name, place: row.place, number: row.number };
};

const labelOfBarrier = (rows: RowReader, id: string): LogLabel | null => {
  const row = barrierRows.get(rows, id);
  return row === null ? null : { ...plain, kind: 'barrier', name: row.name, place: row.name };
};

const labelOfSeat = (rows: RowReader, id: string): LogLabel | null => {
  const row = seatRows.get(rows, id);
  return row === null ? null : { ...plain, kind: 'seat', name: row.name };
};

/** A help receiver by one of the places that it reports for, and how many these are; its number is its name. */
const labelOfReceiver = (rows: RowReader, account: string): LogLabel => {
  const places = helpPointRows
    .all(rows)
    .filter((point) => point.account === account)
    .map(({ place }) => place);
  return { ...plain, kind: 'receiver', name: account, place: places.toSorted()[0] ?? null, count: places.length };
};

/** Causes that a whole receiver can be the source of. */
const receiverCauses = new Set(['unknownZone', 'panelAlarm', 'panelUnreadable', 'panelSilent']);

/** A fact whose body is the whole thing says itself what that is called from now on. */
const saysItself: Readonly<Record<string, (body: JsonObject, before: LogLabel | null) => LogLabel>> = {
  person: (body) => ({ ...plain, kind: 'person', name: textOf(body, 'name') }),
  contact: (body) => ({ ...plain, kind: 'contact', name: textOf(body, 'name') }),
  helpPoint: (body) => ({ ...plain, kind: 'helpPoint', name: textOf(body, 'place'), place: textOf(body, 'place') }),
  cameraConfig: (body, before) => ({
    ...plain,
    kind: 'camera',
    name: textOf(body, 'name'),
    place: textOf(body, 'place') ?? before?.place ?? null,
    number: numberOf(body, 'number') ?? before?.number ?? null,
  }),
  barrierConfig: (body) => ({ ...plain, kind: 'barrier', name: textOf(body, 'name'), place: textOf(body, 'name') }),
};

/** The thing of this id, whatever it is: help button, camera, gate, or one of them that was taken down; or a person. */
const labelOfThing = (rows: RowReader, id: string): LogLabel | null =>
  labelOfHelpPoint(rows, id) ??
  labelOfCamera(rows, id) ??
  labelOfBarrier(rows, id) ??
  retiredRows.get(rows, id) ??
  labelOfPerson(rows, id) ??
  labelOfContact(rows, id) ??
  labelOfSeat(rows, id);

/** What the fact is about; `null` where nothing is known by a name. */
const labelOfWhat = (fact: RecordedFact, rows: RowReader): LogLabel | null => {
  const { kind, entityId, body, snapshot } = fact;
  if (kind === 'visit' && snapshot !== null) {
    const { name, visiting } = snapshot.context as unknown as VisitContext;
    return { ...plain, kind: 'visit', name, place: visiting };
  }
  const { what: id } = dutySourceOf(textOf(body, 'sourceId') ?? entityId);
  const known = labelOfThing(rows, id);
  const itself = typeof body['name'] === 'string' || kind === 'helpPoint' ? saysItself[kind] : undefined;
  if (itself !== undefined) return itself(body, known);
  if (known !== null) return known;
  const account = textOf(body, 'account') ?? (receiverCauses.has(textOf(body, 'cause') ?? '') ? id : null);
  return account === null ? null : labelOfReceiver(rows, account);
};

/** Fields of facts that hold a person's id. */
const people = ['by', 'from', 'incoming', 'outgoing', 'responsible', 'planned', 'claimedBy', 'personId'] as const;

/** Whatever a fact names: who did it (`actor`), what it is about (`what`), and whoever stands in a field of it, under the field's name. */
export const labelsOf = (fact: RecordedFact, rows: RowReader): LogLabels => {
  const { actor, entityId, kind, body } = fact;
  const what = labelOfWhat(fact, rows);
  const named: (readonly [string, LogLabel | null])[] = [
    ['what', what],
    // Whoever is written down by themselves is in no row yet.
    ['actor', labelOfPerson(rows, actor) ?? (kind === 'person' && actor === entityId ? what : null)],
    ...people.map((field) => [field, labelOfPerson(rows, textOf(body, field) ?? '')] as const),
    ['contactId', labelOfContact(rows, textOf(body, 'contactId') ?? '')],
  ];
  return Object.fromEntries(named.filter((entry): entry is readonly [string, LogLabel] => entry[1] !== null));
};

/** What a fact that takes something down leaves: how it was called. */
export const retiredBy = ({ type, entityId }: RecordedFact, rows: RowReader): LogLabel | null => {
  if (type === 'v1.CameraRemoved') return labelOfCamera(rows, entityId);
  if (type === 'v1.BarrierRemoved') return labelOfBarrier(rows, entityId);
  return type === 'v1.HelpPointRemoved' ? labelOfHelpPoint(rows, entityId) : null;
};

/** Who wrote a remark, as they are called now; `null` where they have no name. */
export const nameOf = (personId: string, rows: RowReader): string | null => labelOfPerson(rows, personId)?.name ?? null;
