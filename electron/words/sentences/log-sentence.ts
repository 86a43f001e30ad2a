import { cameraAllowance } from '../../contract/kernel/primitives.ts';
import type { LogEntryView, LogLabel } from '../../contract/log/log.views.ts';
import { monitoringRoom, type PostId } from '../../domain/posts/post.ts';
import { postOfAlarm } from '../../domain/roster/duty.rules.ts';
import { begun } from '../kernel/begun.ts';
import type { Language as AnyLanguage } from '../kernel/words.ts';
import type { TextKey } from '../texts.ts';
import { postName } from './post-name.ts';
import { sentenceName } from './sentence-name.ts';

/** Nothing of what anything is called now: a line has the names of its time with it. */
type Language = AnyLanguage<TextKey>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Somebody or something as it was called then; without a name by the words for what has none. */
const called = ({ kind, name, place, number, count: places }: LogLabel, { t }: Language): string => {
  if (kind === 'receiver') {
    if (place === null) return t('alarm.panel.ofAccount', { account: name ?? '' });
    return t(places === 1 ? 'alarm.panel.ofPlace' : 'alarm.panel.ofPlaces', { place, count: places ?? 0 });
  }
  if (kind === 'visit') return name ?? t('visit.forgotten');
  if (kind === 'camera') return name === null ? t('camera.unknown') : t('camera.called', { number: number ?? 0, name });
  if (kind === 'seat') return name ?? t('seat.unnamed');
  return name ?? t(kind === 'person' || kind === 'contact' ? 'common.somebody' : 'log.something');
};

/** Whoever did it. */
export const actorOf = ({ actor, labels }: Pick<LogEntryView, 'actor' | 'labels'>, language: Language): string => {
  if (actor === 'station') return language.t('common.theStation');
  if (actor.startsWith('device:')) return language.t('common.aDevice');
  const label = labels['actor'];
  return label === undefined ? language.t('common.somebody') : called(label, language);
};

/** The person in a field of the line's body; `null` where nobody is. */
export const personIn = (
  { body, labels }: Pick<LogEntryView, 'body' | 'labels'>,
  field: string,
  language: Language,
): string | null => {
  const id = text(body[field]);
  if (id === '') return null;
  if (id === 'station') return language.t('common.theStation');
  if (id.startsWith('device:')) return language.t('common.aDevice');
  const label = labels[field];
  return label === undefined ? language.t('common.somebody') : called(label, language);
};

/** Who was called, as the contact was named when the call was made. */
const calledContact = ({ body, labels }: LogEntryView, t: Language['t']): string => {
  const named = 'contactName' in body ? text(body['contactName']) : (labels['contactId']?.name ?? '');
  return named === '' ? t('common.somebody') : named;
};

/** The place of the help button, camera or gate that a line is about; empty where it is about none. */
export const placeOf = ({ labels }: Pick<LogEntryView, 'labels'>): string => {
  const { what } = labels;
  return what !== undefined && ['helpPoint', 'camera', 'barrier'].includes(what.kind) ? (what.place ?? '') : '';
};

/** What a line is about. */
const thing = ({ body, labels }: LogEntryView, language: Language): string => {
  const { what } = labels;
  if (what !== undefined) return called(what, language);
  if (body['cause'] === 'helpButton') return language.t('log.unknownButton');
  const named = text(body['name']) || text(body['place']);
  return named === '' ? language.t('log.something') : named;
};

/** The sentence of an entry, where what is in it makes it another one. */
const told = (name: string, body: LogEntryView['body']): string => {
  if (name === 'ShiftTakenOver' && text(body['planned']) !== '') return 'ShiftTakenOverInPlace';
  if (name === 'BarrierPositionReported' && body['position'] === 'unknown') return 'BarrierPositionLost';
  if (name === 'SignedIn' && body['how'] === 'givenBack') return 'SeatGivenBack';
  if (name !== 'AlarmCleared') return name;
  if (body['cause'] === 'reliefMissing') return 'ReliefSettled';
  if (body['cause'] === 'rosterGap') return 'GapSettled';
  return text(body['incidentId']) === '' ? name : 'CallReset';
};

/** That a call calls again, with the true reason: help was asked for, it was laid aside until now, or the button was pressed again. */
const escalated = (entry: LogEntryView, language: Language): string => {
  const { t, either } = language;
  const { body } = entry;
  const owner = text(body['claimedBy']);
  const names = { owner: personIn(entry, 'claimedBy', language) ?? '' };
  const group = owner === '' ? 'untaken' : 'taken';
  const said = either(`log.escalated.${group}.${text(body['level'])}`, '', names);
  const why = owner === '' ? '' : either(`log.calledFor.${text(body['why'])}`, '', names);
  const now = either(`log.callNow.${text(body['level'])}`, '');
  return why === '' || now === '' ? said : t('log.calledAgain', { why, now });
};

/** What a manager lets a camera do less safely, or nothing. */
const allowedWords = (allows: unknown, t: Language['t']): string => {
  if (!Array.isArray(allows)) return '';
  const known = cameraAllowance.options.filter((one) => allows.includes(one)).map((one) => t(`log.allow.${one}`));
  return known.length === 0 ? '' : t('log.allowed', { list: known.join(t('common.listComma')) });
};

/** What happened, as one clause with the name of the place, thing or person in it. */
const clause = ({ body }: LogEntryView, what: string, { t, either }: Language): string => {
  const unknown = body['cause'] === 'helpButton' && what === t('log.unknownButton');
  return either(`log.cause.${unknown ? 'unknownButton' : text(body['cause'])}`, '', { what });
};

/** What a receiver reports that makes nobody come. That something is over is its own word: nobody may have been told of it before. */
const reported = ({ body }: LogEntryView, { t, either }: Language): string => {
  const meaning = text(body['meaning']);
  const what = either(`log.panelOf.${meaning}`, t('alarm.panel.reported.unclear'));
  if (body['restored'] !== true) return either(`log.panel.${meaning}`, '');
  return t('log.panel.over', { what: either(`alarm.panel.reported.${meaning}`, what) });
};

/** What of a thing changed, where the fact names it: never what a secret is. */
const changes = ({ type, body }: LogEntryView, { t, either }: Language): string => {
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

/** The post whose duty a line is about; the monitoring room where it is about none. */
const postToldOf = ({ kind, body, postId }: LogEntryView): PostId => {
  if (kind === 'alarm') return postOfAlarm(text(body['cause']), text(body['sourceId']));
  return kind === 'shift' || kind === 'rosterEntry' ? postId : monitoringRoom;
};

/** The story's line for one entry of the journal, in the reader's language. */
export const logSentence = (entry: LogEntryView, language: Language): string => {
  const { t, either, hm, dayTime } = language;
  const { body, labels } = entry;
  const name = sentenceName(entry.type);
  const word = (group: string, field: string): string => {
    const value = text(body[field]);
    return value === '' ? '' : either(`${group}.${value}`, '');
  };
  const at = (field: string): string => (typeof body[field] === 'number' ? hm(body[field]) : '');
  const person = (field: string): string | null => personIn(entry, field, language);
  const visit = labels['what']?.kind === 'visit' ? labels['what'] : undefined;
  const what = thing(entry, language);
  const post = postToldOf(entry);
  const values: Record<string, string | number> = {
    post: postName(post, language),
    who: person('by') ?? actorOf(entry, language),
    what,
    about: clause(entry, what, language),
    changes: changes(entry, language),
    contact: calledContact(entry, t),
    escalated: escalated(entry, language),
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
    seatKind: word('seat.kind', 'kind'),
    visitor: visit === undefined ? t('log.aVisitor') : called(visit, language),
    visiting: (visit?.place ?? '') === '' ? '' : t('log.visiting', { place: visit?.place ?? '' }),
    incoming: person('incoming') ?? person('responsible') ?? t('common.theStation'),
    outgoing: person('outgoing') ?? t('header.nobody'),
    openedBy:
      text(body['reason']) === ''
        ? t('log.openedOutside')
        : t('log.openedBy', { name: person('by') ?? t('common.theStation'), reason: word('gate.reason', 'reason') }),
    minutes: typeof body['openLimitMs'] === 'number' ? Math.round(body['openLimitMs'] / 60_000) : '',
    until: at('until') || at('untilMs'),
    job: either(`job.called.${text(body['job'])}`, ''),
    jobOutcome: word('job.outcome', 'outcome'),
    count: typeof body['lines'] === 'number' ? body['lines'] : 0,
    periodFrom: typeof body['fromMs'] === 'number' ? language.stamp(body['fromMs']) : t('log.fromBegin'),
    periodTo: language.stamp(typeof body['toMs'] === 'number' ? body['toMs'] : entry.recordedAt),
    text: text(body['text']) || text(body['note']),
    items: count(body['openItems']) || count(body['seenItems']),
    planned: person('personId') ?? person('planned') ?? t('common.theStation'),
    from: typeof body['fromMs'] === 'number' ? dayTime(body['fromMs']) : '',
    to: typeof body['toMs'] === 'number' ? dayTime(body['toMs']) : '',
    account: text(body['account']),
    reported: reported(entry, language),
    again: word('log.startedAgain', 'again'),
    seq: typeof body['seq'] === 'number' ? body['seq'] : '',
  };
  const said = either(`log.says.${told(name, body)}`, t('log.other'), values);
  const elsewhere = name !== 'PostEstablished' && post !== monitoringRoom;
  return begun(elsewhere ? t('post.says', { post: values['post'] ?? '', says: said }) : said, language.lang);
};
