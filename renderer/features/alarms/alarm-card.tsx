import type { ReactNode } from 'react';
import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { shiftOf } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { KeepOpen } from '../../parts/gate/keep-open.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { useQuestionKey } from './question-key.ts';
import { alarmNames, isFlapping } from '../../parts/alarms/alarm-sentence.ts';

/** Where an alarm of this cause is dealt with. */
const placeOf: Partial<Record<AlarmView['cause'], string>> = {
  barrierUnconfirmed: 'gate',
  barrierRefused: 'gate',
  barrierStandsOpen: 'gate',
  journalBroken: 'log',
};

/** What can be done about the duty from here: nothing once it is settled, and nobody who has it is sent to take it over. */
const dutyWays = (
  alarm: AlarmView,
  isHolder: boolean,
): { readonly call: boolean; readonly place: string | undefined } => {
  const takeover = isHolder ? undefined : 'takeover';
  if (!alarm.active) return { call: false, place: undefined };
  if (alarm.cause === 'postUnstaffed') return { call: false, place: takeover };
  if (alarm.cause === 'rosterGap' && alarm.priority === 'low') return { call: false, place: 'roster' };
  const call = alarm.cause === 'reliefMissing' || alarm.cause === 'rosterGap';
  return { call, place: call ? takeover : undefined };
};

/** What these ask for was only true while they lasted. */
const passing: ReadonlySet<AlarmView['cause']> = new Set<AlarmView['cause']>([
  'cameraLost',
  'cameraTamper',
  'barrierUnconfirmed',
  'diskLow',
]);

/** An alarm without a procedure of its own: what happened, what it means, what to do. */
export const AlarmCard = ({ alarm }: { readonly alarm: AlarmView }): ReactNode => {
  const words = useWords();
  const { t, byName, either, hm, person } = words;
  const tables = useSeatState((state) => state.tables);
  const sender = useSender();
  const whyNot = useWhyNot();
  const questionKey = useQuestionKey();
  const receiver = useSeatState((state) => state.health?.receiver ?? 'ok');
  const names = alarmNames(alarm, tables, words, receiver === 'ok');
  const me = useSeatState((state) => state.session?.personId ?? null);
  const responsible = useSeatState((state) => shiftOf(state)?.responsible?.personId ?? null);
  const { open } = useDesk();
  const ways = dutyWays(alarm, me !== null && me === responsible);
  const place = placeOf[alarm.cause] ?? ways.place;
  const over = !alarm.active && passing.has(alarm.cause);
  const means = over ? '' : t(`alarm.${alarm.cause}.means`, names);
  // Whoever is missed and sits here needs no call.
  const itIsMe = alarm.active && alarm.cause === 'reliefMissing' && alarm.sourceId === me;
  const next = over
    ? either(`alarm.${alarm.cause}.over`, t('alarm.duty.overNext'))
    : itIsMe
      ? t('alarm.duty.youAreHere')
      : t(`alarm.${alarm.cause}.next`, names);
  const duty = { ...ways, call: ways.call && !itIsMe };
  const gate = alarm.cause === 'barrierStandsOpen' ? tables.barriers.get(alarm.sourceId) : undefined;
  return (
    <section className="card alarm-card" data-joined data-priority={alarm.priority} data-alarm-card={alarm.alarmId}>
      <h3>{t(`alarm.${alarm.cause}.says`, names)}</h3>
      {means !== '' && <p>{means}</p>}
      <p className="next-step">{next}</p>
      <p className="facts">
        {t('alarm.since', { time: hm(alarm.raisedAt) })}
        {isFlapping(alarm)
          ? ` · ${t('alarm.flapping', { count: alarm.relapses + 1 })}`
          : alarm.occurrences > 1 && ` · ${t('alarm.times', { count: alarm.occurrences })}`}
        {!alarm.active && ` · ${t('alarm.over')}`}
        {alarm.acknowledged && ` · ${t('alarm.known', { name: person(alarm.acknowledgedBy) })}`}
      </p>
      <RefusalNote refusal={sender.refusal} />
      <div className="buttons">
        {duty.call && (
          <Button action="callSomebody" look="primary" label={t('nav.phoneList')} onPress={() => open('phoneList')} />
        )}
        {place !== undefined && (
          <Button
            action={`goTo-${place}`}
            look={duty.call ? 'plain' : 'primary'}
            label={byName(`alarm.goTo.${place}`)}
            onPress={() => goTo(place)}
          />
        )}
        {!alarm.acknowledged && (
          <Button
            action="acknowledgeAlarm"
            {...questionKey('k', 'acknowledge')}
            look={place === undefined && !duty.call ? 'primary' : 'plain'}
            busy={sender.busy}
            label={t('alarm.acknowledge')}
            hint={t('alarm.acknowledgeHint')}
            why={whyNot('acknowledgeAlarm')}
            onPress={() => void sender.send('acknowledgeAlarm', { alarmId: alarm.alarmId })}
          />
        )}
      </div>
      {gate !== undefined && <KeepOpen barrier={gate} />}
    </section>
  );
};
