import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { dutySourceOf, gapAfter, gapStartOf, postOfAlarm } from '../../../electron/domain/roster/duty.rules.ts';
import { monitoringRoom } from '../../../electron/domain/posts/post.ts';
import { entriesAt, onDutyAt } from '../../../electron/domain/roster/roster.rules.ts';
import type { Words } from '../../../electron/words/words.ts';
import { postName } from '../../../electron/words/sentences/post-name.ts';
import { comingEntries } from '../../store/duty.ts';
import type { Tables } from '../../store/tables.ts';

interface DutySentences {
  /** Short, for the list. */
  readonly dutyRow: string;
  readonly dutySays: string;
  readonly dutyMeans: string;
  readonly dutyNext: string;
}

const none: DutySentences = { dutyRow: '', dutySays: '', dutyMeans: '', dutyNext: '' };

const managersOf = (tables: Tables, { t }: Words): string =>
  [...tables.people.values()]
    .filter(({ active, role }) => active && role === 'manager')
    .flatMap(({ name }) => name ?? [])
    .join(t('common.listComma'));

/** Who should have come when, and who is here all the same. */
const missingWords = (alarm: AlarmView, tables: Tables, words: Words): DutySentences => {
  const { t, hm, person } = words;
  const { postId, what: missing } = dutySourceOf(alarm.sourceId);
  const holder = tables.shift.get(postId)?.responsible ?? null;
  const name = person(missing);
  // As it was planned when the alarm was raised; the plan may have changed since.
  const planned = onDutyAt(entriesAt([...tables.roster.values()], postId), alarm.raisedAt).find(
    ({ personId }) => personId === missing,
  );
  const names = {
    missing: name,
    holder: person(holder?.personId ?? null),
    time: hm(planned?.fromMs ?? alarm.raisedAt),
    phone: tables.people.get(missing)?.phone ?? '',
  };
  if (!alarm.active) {
    const tookOver = holder !== null && holder.since >= alarm.raisedAt;
    const says = !tookOver ? 'notAwaited' : holder.personId === missing ? 'came' : 'replaced';
    const at = says === 'came' ? { ...names, time: hm(holder?.since ?? alarm.raisedAt) } : names;
    const told = t(`alarm.duty.${says}`, at);
    return {
      dutyRow: told,
      dutySays: told,
      dutyMeans: holder === null ? t('alarm.duty.unstaffed') : t('alarm.duty.overMeans', names),
      dutyNext: t('alarm.duty.overNext'),
    };
  }
  return {
    dutyRow: t('alarm.duty.rowMissing', names),
    dutySays: t('alarm.duty.missing', names),
    dutyMeans: holder === null ? t('alarm.duty.unstaffed') : t('alarm.duty.stillHere', names),
    dutyNext: t(`alarm.duty.${names.phone === '' ? 'callSomebody' : 'callMissing'}`, names),
  };
};

/** From when to when nobody is planned; or that somebody has stayed with nobody to come. */
const gapWords = (alarm: AlarmView, tables: Tables, words: Words): DutySentences => {
  const { t, hm, person } = words;
  const { postId } = dutySourceOf(alarm.sourceId);
  const holder = tables.shift.get(postId)?.responsible ?? null;
  const managers = managersOf(tables, words);
  const fromMs = gapStartOf(alarm.sourceId) ?? alarm.raisedAt;
  const over = t('alarm.duty.gapOver', { from: hm(fromMs) });
  if (!alarm.active) return { dutyRow: over, dutySays: over, dutyMeans: '', dutyNext: t('alarm.duty.overNext') };
  if (alarm.priority !== 'low' && holder !== null) {
    const names = { holder: person(holder.personId), time: hm(fromMs), managers };
    return {
      dutyRow: t('alarm.duty.alone', names),
      dutySays: t('alarm.duty.alone', names),
      dutyMeans: t('alarm.duty.stillHere', names),
      dutyNext: t('alarm.duty.aloneNext', names),
    };
  }
  const toMs = gapAfter(comingEntries(tables, postId), fromMs)?.toMs ?? null;
  const from = hm(fromMs);
  const says = toMs === null ? t('alarm.duty.gapOpen', { from }) : t('alarm.duty.gap', { from, to: hm(toMs) });
  return {
    dutyRow: t('alarm.duty.rowGap', { from }),
    dutySays: says,
    dutyMeans: t('alarm.duty.gapMeans'),
    dutyNext: t('alarm.duty.gapNext', { managers }),
  };
};

const unstaffedWords = (alarm: AlarmView, tables: Tables, { t, person }: Words): DutySentences => {
  const post = postOfAlarm(alarm.cause, alarm.sourceId);
  const holder = tables.shift.get(post)?.responsible ?? null;
  if (!alarm.active && holder !== null) {
    const staffed = t('alarm.duty.staffed', { holder: person(holder.personId) });
    return {
      dutyRow: staffed,
      dutySays: staffed,
      dutyMeans: t('alarm.duty.overMeans', { holder: person(holder.personId) }),
      dutyNext: t('alarm.duty.overNext'),
    };
  }
  const planned = onDutyAt(comingEntries(tables, post), alarm.raisedAt)[0];
  const phone = planned === undefined ? null : (tables.people.get(planned.personId)?.phone ?? t('alarm.duty.noPhone'));
  return {
    dutyRow: t('alarm.duty.rowUnstaffed'),
    dutySays: t('alarm.duty.unstaffed'),
    dutyMeans: t('alarm.duty.unstaffedMeans'),
    dutyNext:
      planned === undefined || phone === null
        ? t('alarm.duty.unstaffedNext')
        : t('alarm.duty.unstaffedPlanned', { planned: person(planned.personId), phone }),
  };
};

const atOnePost = (alarm: AlarmView, tables: Tables, words: Words): DutySentences => {
  if (alarm.cause === 'reliefMissing') return missingWords(alarm, tables, words);
  if (alarm.cause === 'rosterGap') return gapWords(alarm, tables, words);
  return alarm.cause === 'postUnstaffed' ? unstaffedWords(alarm, tables, words) : none;
};

/**
 * What an alarm about the duty says: names, times and a number to call; and at which post, where that is not the monitoring room. Nothing for any
 * other alarm.
 */
export const dutyNames = (alarm: AlarmView, tables: Tables, words: Words): DutySentences => {
  const sentences = atOnePost(alarm, tables, words);
  const postId = postOfAlarm(alarm.cause, alarm.sourceId);
  if (postId === monitoringRoom) return sentences;
  const post = postName(postId, words);
  const dutyRow = words.t('post.says', { post, says: sentences.dutyRow });
  return { ...sentences, dutyRow, dutySays: words.t('post.says', { post, says: sentences.dutySays }) };
};
