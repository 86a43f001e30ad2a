import type { ReactNode } from 'react';
import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { isRecovered } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { alarmHeadline } from '../../parts/alarms/alarm-sentence.ts';
import { useWhoHasIt } from './who-has-it.ts';
import { Shape } from '../../parts/alarms/shape.tsx';

/** One open alarm in two lines that always fit: what and where; who has it, and for how long. The same in the list and above the card. */
export const AlarmSummary = ({
  alarm,
  progress = null,
}: {
  readonly alarm: AlarmView;
  /** How far its questions are, under its age. */
  readonly progress?: ReactNode;
}): ReactNode => {
  const words = useWords();
  const { t, span, hm } = words;
  const tables = useSeatState((state) => state.tables);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const whoHasIt = useWhoHasIt();
  const headline = alarmHeadline(alarm, tables, words);
  const says = whoHasIt(alarm);
  return (
    <>
      <Shape priority={alarm.priority} />
      <span className="alarm-row-text" title={`${headline} ${says.text}`}>
        <span className="alarm-row-line">
          <span className="alarm-row-word">{t(`priority.${alarm.priority}`)}</span>
          {headline}
        </span>
        <span className="alarm-row-who" data-tone={says.tone}>
          {says.text}
        </span>
      </span>
      <span className="alarm-row-age" title={t('column.since', { time: hm(alarm.raisedAt) })}>
        {isRecovered(alarm) ? '' : span(nowMs - alarm.raisedAt)}
        {progress}
      </span>
    </>
  );
};
