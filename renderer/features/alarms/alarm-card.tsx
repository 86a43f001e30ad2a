import type { ReactNode } from 'react';
import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { KeepOpen } from '../gate/keep-open.tsx';
import { goTo, type Place } from '../shell/route.ts';
import { alarmNames } from './alarm-sentence.ts';

/** Where an alarm of this cause is dealt with. */
const placeOf: Partial<Record<AlarmView['cause'], Place>> = {
  barrierUnconfirmed: 'gate',
  barrierStandsOpen: 'gate',
  postUnstaffed: 'takeover',
  journalBroken: 'log',
};

/** An alarm without a procedure of its own: what happened, what it means, what to do. */
export const AlarmCard = ({ alarm }: { readonly alarm: AlarmView }): ReactNode => {
  const words = useWords();
  const { t, hm, person } = words;
  const tables = useSeatState((state) => state.tables);
  const sender = useSender();
  const whyNot = useWhyNot();
  const names = alarmNames(alarm, tables, words);
  const place = placeOf[alarm.cause];
  const gate = alarm.cause === 'barrierStandsOpen' ? tables.barriers.get(alarm.sourceId) : undefined;
  return (
    <section className="card alarm-card" data-priority={alarm.priority} data-alarm-card={alarm.alarmId}>
      <h3>{t(`alarm.${alarm.cause}.says`, names)}</h3>
      <p>{t(`alarm.${alarm.cause}.means`, names)}</p>
      <p className="next-step">{t(`alarm.${alarm.cause}.next`, names)}</p>
      <p className="facts">
        {t('alarm.since', { time: hm(alarm.raisedAt) })}
        {alarm.occurrences > 1 && ` · ${t('alarm.times', { count: alarm.occurrences })}`}
        {!alarm.active && ` · ${t('alarm.over')}`}
        {alarm.acknowledged && ` · ${t('alarm.known', { name: person(alarm.acknowledgedBy) })}`}
      </p>
      {gate !== undefined && <KeepOpen barrier={gate} />}
      <RefusalNote refusal={sender.refusal} />
      <div className="buttons">
        {place !== undefined && (
          <Button
            action={`goTo-${place}`}
            look="primary"
            label={t(`alarm.goTo.${place}`)}
            onPress={() => goTo(place)}
          />
        )}
        {!alarm.acknowledged && (
          <Button
            action="acknowledgeAlarm"
            shortcut="k"
            look={place === undefined ? 'primary' : 'plain'}
            busy={sender.busy}
            label={t('alarm.acknowledge')}
            hint={t('alarm.acknowledgeHint')}
            why={whyNot('acknowledgeAlarm')}
            onPress={() => void sender.send('acknowledgeAlarm', { alarmId: alarm.alarmId })}
          />
        )}
      </div>
    </section>
  );
};
