import { sentenceName } from '../../parts/log/sentence-name.ts';
import { cameraAllowance } from '../../../electron/contract/kernel/primitives.ts';
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { begun } from '../../../electron/words/kernel/begun.ts';
import type { Words } from '../../../electron/words/words.ts';
import type { Tables } from '../../store/tables.ts';
import { receiverName } from '../../parts/alarms/panel-names.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Who was called, as the contact was named when the call was made. */
const calledContact = ({ body }: LogEntryView, tables: Tables, t: Words['t']): string => {
  const named = 'contactName' in body ? text(body['contactName']) : '';
  const known = 'contactName' in body ? '' : (tables.contacts.get(text(body['contactId']))?.name ?? '');
  return [named, known, t('common.somebody')].find((name) => name !== '') ?? '';
};

/** The place of the help button, camera or gate that an entry is about; empty where it is about none, or this seat does not know it. */
export const placeOf = ({ body, entityId }: LogEntryView, tables: Tables): string => {
  const id = text(body['sourceId']) || entityId;
  const source = tables.incidents.get(id)?.sourceId ?? id;
  return (
    [
      tables.helpPoints.get(source)?.place,
      tables.cameras.get(source)?.place,
      tables.barriers.get(source)?.name,
      tables.retired.get(source)?.place,
    ].find((place) => place !== undefined) ?? ''
  );
};

/** Causes that a whole receiver can be the source of. */
const receiverCauses = new Set(['unknownZone', 'panelAlarm', 'panelUnreadable', 'panelSilent']);

/** The name of the thing that an entry is about, where this seat knows it. */
const thing = (entry: LogEntryView, tables: Tables, { t, person, camera }: Words): string => {
  const { body, entityId } = entry;
  const id = text(body['sourceId']) || entityId;
  const incident = tables.incidents.get(id);
  const helpPoint = tables.helpPoints.get(incident?.sourceId ?? id);
  if (helpPoint !== undefined) return helpPoint.place;
  if (tables.cameras.has(id)) return camera(id);
  const retired = tables.retired.get(incident?.sourceId ?? id);
  if (retired !== undefined) return t('log.retired', { name: retired.name });
  const account = text(body['account']);
  if (account !== '') return receiverName(account, tables, { t });
  const cause =
    text(body['cause']) || text(incident?.alarmId === undefined ? '' : tables.alarms.get(incident.alarmId)?.cause);
  if (receiverCauses.has(cause)) return receiverName(incident?.sourceId ?? id, tables, { t });
  const barrier = tables.barriers.get(id);
  if (barrier !== undefined) return barrier.name;
  if (tables.people.has(id)) return person(id);
  const contact = tables.contacts.get(text(body['contactId']) || id);
  if (contact !== undefined) return contact.name ?? t('common.somebody');
  if (body['cause'] === 'helpButton') return t('log.unknownButton');
  const named = text(body['name']) || text(body['place']);
  return named === '' ? t('log.something') : named;
};

/** The sentence of an entry, where what is in it makes it another one. */
const told = (name: string, body: LogEntryView['body']): string => {
  if (name === 'ShiftTakenOver' && text(body['planned']) !== '') return 'ShiftTakenOverInPlace';
  if (name === 'BarrierPositionReported' && body['position'] === 'unknown') return 'BarrierPositionLost';
  if (name !== 'AlarmCleared') return name;
  if (body['cause'] === 'reliefMissing') return 'ReliefSettled';
  if (body['cause'] === 'rosterGap') return 'GapSettled';
  return text(body['incidentId']) === '' ? name : 'CallReset';
};

/** That a call calls again, with the true reason: help was asked for, it was laid aside until now, or the button was pressed again. */
const escalated = ({ body }: LogEntryView, { t, either, person }: Words): string => {
  const owner = text(body['claimedBy']);
  const names = { owner: person(owner) };
  const group = owner === '' ? 'untaken' : 'taken';
  const said = either(`log.escalated.${group}.${text(body['level'])}`, '', names);
  const why = owner === '' ? '' : either(`log.calledFor.${text(body['why'])}`, '', names);
  const now = either(`log.callNow.${text(body['level'])}`, '');
  return why === '' || now === '' ? said : t('log.calledAgain', { why, now });
};

/** What a manager lets a camera do less safely, or nothing. */
const allowedWords = (allows: unknown, t: Words['t']): string => {
  if (!Array.isArray(allows)) return '';
  const known = cameraAllowance.options.filter((one) => allows.includes(one)).map((one) => t(`log.allow.${one}`));
  return known.length === 0 ? '' : t('log.allowed', { list: known.join(t('common.listComma')) });
};

/** What happened, as one clause with the name of the place, thing or person in it. */
const clause = ({ body }: LogEntryView, what: string, { t, either }: Words): string => {
  const unknown = body['cause'] === 'helpButton' && what === t('log.unknownButton');
  return either(`log.cause.${unknown ? 'unknownButton' : text(body['cause'])}`, '', { what });
};

/** What a receiver reports that makes nobody come. That something is over is its own word: nobody may have been told of it before. */
const reported = ({ body }: LogEntryView, { t, either }: Words): string => {
  const meaning = text(body['meaning']);
  const what = either(`log.panelOf.${meaning}`, t('alarm.panel.reported.unclear'));
  if (body['restored'] !== true) return either(`log.panel.${meaning}`, '');
  return t('log.panel.over', { what: either(`alarm.panel.reported.${meaning}`, what) });
};

/** What of a thing changed, where the fact names it: never what a secret is. */
const changes = ({ type, body }: LogEntryView, { t, either }: Words): string => {
  const fields = Array.isArray(body['changes']) ? body['changes'].map(text) : [];
  const names = fields.map((field) => {
    if (field === 'active') return t(`log.change.${body['active'] === true ? 'back' : 'left'}`);
    const isContact = field === 'role' && sentenceName(type) === 'ContactChanged';
    return either(`log.change.${isContact ? 'contactRole' : field}`, '', {
      role: either(`role.${text(body['role'])}`, ''),
    });
  });
  const list = names.filter((name) => name !== '').join(t('common.listComma'));
  return list === '' ? '' : t('log.changes', { list });
};

/** The story's line for one entry of the journal, in the reader's language. */
export const logSentence = (entry: LogEntryView, tables: Tables, words: Words): string => {
  const { t, either, hm, dayTime, person } = words;
  const { body } = entry;
  const name = sentenceName(entry.type);
  const word = (group: string, field: string): string => {
    const value = text(body[field]);
    return value === '' ? '' : either(`${group}.${value}`, '');
  };
  const at = (field: string): string => (typeof body[field] === 'number' ? hm(body[field]) : '');
  const visit = tables.visits.get(entry.entityId);
  const what = thing(entry, tables, words);
  const values: Record<string, string | number> = {
    who: person(text(body['by']) || entry.actor),
    what,
    about: clause(entry, what, words),
    changes: changes(entry, words),
    contact: calledContact(entry, tables, t),
    escalated: escalated(entry, words),
    unheard: either(`log.unheard.${text(body['sounder'])}`, ''),
    question: word('log.step', 'step'),
    answer: either(`procedure.help.${text(body['step'])}.answer.${text(body['answer'])}`, ''),
    motion: word('log.motion', 'motion'),
    reason: word('gate.reason', 'reason'),
    reasonText: text(body['reason']),
    arm: word('log.arm', 'position'),
    source: word('log.source', 'source'),
    state: word(body['hadPicture'] === true ? 'log.cameraState' : 'log.cameraFirst', 'state'),
    asks: word('log.cameraAsks', 'fault'),
    allowed: allowedWords(body['allows'], t),
    outcome: word('outcome', 'outcome'),
    resolution: word('resolution', 'resolution'),
    kind: word('visit.kind', 'kind'),
    role: word('role', 'role'),
    visitor: visit === undefined ? t('log.aVisitor') : (visit.name ?? t('visit.forgotten')),
    visiting: (visit?.visiting ?? '') === '' ? '' : t('log.visiting', { place: visit?.visiting ?? '' }),
    incoming: person(text(body['incoming']) || text(body['responsible']) || null),
    outgoing: text(body['outgoing']) === '' ? t('header.nobody') : person(text(body['outgoing'])),
    openedBy:
      text(body['reason']) === ''
        ? t('log.openedOutside')
        : t('log.openedBy', { name: person(text(body['by'])), reason: word('gate.reason', 'reason') }),
    minutes: typeof body['openLimitMs'] === 'number' ? Math.round(body['openLimitMs'] / 60_000) : '',
    until: at('until') || at('untilMs'),
    text: text(body['text']) || text(body['note']),
    items: count(body['openItems']) || count(body['seenItems']),
    planned: person(text(body['personId']) || text(body['planned']) || null),
    from: typeof body['fromMs'] === 'number' ? dayTime(body['fromMs']) : '',
    to: typeof body['toMs'] === 'number' ? dayTime(body['toMs']) : '',
    account: text(body['account']),
    reported: reported(entry, words),
    again: word('log.startedAgain', 'again'),
    seq: typeof body['seq'] === 'number' ? body['seq'] : '',
  };
  return begun(either(`log.says.${told(name, body)}`, t('log.other'), values), words.lang);
};
