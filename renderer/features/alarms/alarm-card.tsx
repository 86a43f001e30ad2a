import type { ReactNode } from 'react';
import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { dutySourceOf } from '../../../electron/domain/roster/duty.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { shiftOf } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useRegistry } from '../../seat/registry.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { useQuestionKey } from './question-key.ts';
import { alarmNames, isFlapping } from '../../parts/alarms/alarm-sentence.ts';

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
  const way = useRegistry().wayOf(alarm.cause);
  const { place, call } = way.leads?.(alarm, me !== null && me === responsible) ?? { place: null, call: false };
  const over = !alarm.active && way.passing === true;
  const means = over ? '' : t(`alarm.${alarm.cause}.means`, names);
  // Whoever is missed and sits here needs no call.
  const itIsMe = alarm.active && alarm.cause === 'reliefMissing' && dutySourceOf(alarm.sourceId).what === me;
  const next = over
    ? either(`alarm.${alarm.cause}.over`, t('alarm.duty.overNext'))
    : itIsMe
      ? t('alarm.duty.youAreHere')
      : t(`alarm.${alarm.cause}.next`, names);
  const calls = call && !itIsMe;
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
        {calls && (
          <Button action="callSomebody" look="primary" label={t('nav.phoneList')} onPress={() => open('phoneList')} />
        )}
        {place !== null && (
          <Button
            action={`goTo-${place}`}
            look={calls ? 'plain' : 'primary'}
            label={byName(`alarm.goTo.${place}`)}
            onPress={() => goTo(place)}
          />
        )}
        {!alarm.acknowledged && (
          <Button
            action="acknowledgeAlarm"
            {...questionKey('k', 'keys.acknowledge')}
            look={place === null && !calls ? 'primary' : 'plain'}
            busy={sender.busy}
            label={t('alarm.acknowledge')}
            hint={t('alarm.acknowledgeHint')}
            why={whyNot('acknowledgeAlarm')}
            onPress={() => void sender.send('acknowledgeAlarm', { alarmId: alarm.alarmId })}
          />
        )}
      </div>
      {way.Below !== undefined && <way.Below alarm={alarm} />}
    </section>
  );
};
