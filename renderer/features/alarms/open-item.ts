import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import type { Words } from '../../../electron/words/words.ts';
import { alarmSentence } from '../../parts/alarms/alarm-sentence.ts';
import type { OpenItemDescriber } from '../../seat/open-item.ts';
import type { Tables } from '../../store/tables.ts';

/** How far a call is: who has it, the last answer, who was called, who is on the way. */
const callFacts = (incident: IncidentView, tables: Tables, { t, hm, person, either }: Words): readonly string[] => {
  const contact = (id: string): string => tables.contacts.get(id)?.name ?? t('common.somebody');
  const answered = incident.steps.findLast(({ answer }) => answer !== null);
  const onTheWay = incident.calls.findLast(({ outcome }) => outcome === 'onTheWay');
  const calls = incident.calls.map(
    (call) => `${contact(call.contactId)} ${t(`outcome.${call.outcome}`)} ${hm(call.at)}`,
  );
  return [
    incident.recall === null
      ? t(`takeover.work.${incident.work}`, { name: person(incident.claimedBy), time: hm(incident.openedAt) })
      : t('takeover.recall', { name: person(incident.claimedBy), time: hm(incident.recall.since) }),
    answered === undefined
      ? t('takeover.noAnswerYet')
      : t('takeover.lastAnswer', {
          question: either(`log.step.${answered.step}`, answered.step),
          answer: either(`procedure.help.${answered.step}.answer.${answered.answer ?? ''}`, answered.answer ?? ''),
        }),
    calls.length === 0 ? t('takeover.noCalls') : t('takeover.calls', { calls: calls.join(t('common.listComma')) }),
    onTheWay === undefined
      ? t('takeover.nobodyOnTheWay')
      : t('takeover.onTheWay', { name: contact(onTheWay.contactId), time: hm(onTheWay.at) }),
  ];
};

/** A call for help at a handover. */
export const describeCall: OpenItemDescriber = (id, tables, words) => {
  const incident = tables.incidents.get(id);
  if (incident === undefined) return null;
  const { t } = words;
  const alarm = tables.alarms.get(incident.alarmId);
  const place = tables.helpPoints.get(incident.sourceId)?.place ?? t('alarm.somewhere');
  return {
    title: alarm === undefined ? t('takeover.helpAt', { place }) : alarmSentence(alarm, tables, words),
    facts: callFacts(incident, tables, words),
    alarmId: alarm?.alarmId ?? null,
    place: null,
  };
};

/** An alarm without a call at a handover. */
export const describeAlarm: OpenItemDescriber = (id, tables, words) => {
  const alarm = tables.alarms.get(id);
  if (alarm === undefined) return null;
  const { t, hm } = words;
  const facts = [t('alarm.since', { time: hm(alarm.raisedAt) }), ...(alarm.active ? [] : [t('alarm.over')])];
  return { title: alarmSentence(alarm, tables, words), facts, alarmId: id, place: null };
};
