import type { BarrierView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { visitorsItem } from '../../../electron/domain/shifts/open-items.rules.ts';
import type { Words } from '../../kit/use-words.ts';
import type { Tables } from '../../store/tables.ts';
import { alarmSentence } from '../alarms/alarm-sentence.ts';
import type { Place } from '../shell/route.ts';

/** One thing that is open at a handover: what it is, how far it is, and where it can be seen. */
export interface OpenItem {
  readonly item: string;
  readonly title: string;
  readonly facts: readonly string[];
  /** The alarm whose card shows it, or the screen. */
  readonly alarmId: string | null;
  readonly place: Place | null;
}

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

/** Where the arm is, who opened it for what, and until when it is wanted open. */
const gateFacts = (barrier: BarrierView, { t, hm, person, either }: Words): readonly string[] => {
  const { standing } = barrier;
  if (standing === null) return [t(`gate.position.${barrier.position}`)];
  const reason = standing.reasonNote ?? (standing.reason === null ? '' : either(`gate.reason.${standing.reason}`, ''));
  return [
    t('takeover.gateSince', { position: t(`gate.position.${barrier.position}`), time: hm(standing.since) }),
    ...(standing.by === null ? [] : [t('takeover.gateBy', { name: person(standing.by), reason })]),
    ...(standing.keepUntil === null
      ? []
      : [t('takeover.gateKeep', { name: person(standing.keptBy), time: hm(standing.keepUntil) })]),
  ];
};

/** Reads `<kind>/<id>` as the station lists it. What has been closed since then says so. */
export const describeItem = (item: string, tables: Tables, words: Words): OpenItem => {
  const { t, hm } = words;
  const [kind = '', id = ''] = item.split('/', 2);
  const nowhere = { item, alarmId: null, place: null };
  const incident = kind === 'incident' ? tables.incidents.get(id) : undefined;
  if (incident !== undefined) {
    const alarm = tables.alarms.get(incident.alarmId);
    const place = tables.helpPoints.get(incident.sourceId)?.place ?? t('alarm.somewhere');
    return {
      ...nowhere,
      title: alarm === undefined ? t('takeover.helpAt', { place }) : alarmSentence(alarm, tables, words),
      facts: callFacts(incident, tables, words),
      alarmId: alarm?.alarmId ?? null,
    };
  }
  const alarm = kind === 'alarm' ? tables.alarms.get(id) : undefined;
  if (alarm !== undefined) {
    const facts = [t('alarm.since', { time: hm(alarm.raisedAt) }), ...(alarm.active ? [] : [t('alarm.over')])];
    return { ...nowhere, title: alarmSentence(alarm, tables, words), facts, alarmId: id };
  }
  const barrier = kind === 'barrier' ? tables.barriers.get(id) : undefined;
  if (barrier !== undefined) {
    const title = t('takeover.gate', { gate: barrier.name });
    return { ...nowhere, title, facts: gateFacts(barrier, words), place: 'gate' };
  }
  if (item === visitorsItem) {
    const inside = [...tables.visits.values()].filter(({ state }) => state === 'inside');
    if (inside.length > 0) {
      const facts = inside.map((visit) =>
        t('takeover.visitor', {
          name: visit.name ?? t('visit.forgotten'),
          visiting: visit.visiting ?? '',
          time: hm(visit.arrivedAt),
        }),
      );
      return { ...nowhere, title: t('takeover.visitors', { count: inside.length }), facts, place: 'visitors' };
    }
  }
  return { ...nowhere, title: t('takeover.closedSince'), facts: [] };
};
