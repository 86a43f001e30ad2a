import { useState, type ReactNode } from 'react';
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { HeadCode } from '../../parts/log/head-code.tsx';
import { isLate, numbersOf, roundsOf, type LogItem } from './log-fold.rules.ts';
import { logSentence } from '../../../electron/words/sentences/log-sentence.ts';

/** When it happened; and when it was written down, marked, where that is another time. */
const When = ({ entry }: { readonly entry: LogEntryView }): ReactNode => {
  const { t, clock, day, dayTime } = useWords();
  const { at, recordedAt } = entry;
  const otherDay = day(at) !== day(recordedAt);
  return (
    <div className="log-when-line">
      <time className="log-time" dateTime={new Date(at).toISOString()} title={day(at)}>
        {otherDay ? dayTime(at) : clock(at)}
      </time>
      {isLate(entry) && (
        <time className="log-recorded" data-late dateTime={new Date(recordedAt).toISOString()}>
          ▲ {t('log.recorded', { time: clock(recordedAt) })}
        </time>
      )}
    </div>
  );
};

/** One line of the story, what says the same folded into it, and the manager's remarks under it. */
export const LogLine = ({ item }: { readonly item: LogItem }): ReactNode => {
  const entry = item.main;
  const { from, to } = numbersOf(item);
  const rounds = roundsOf(item);
  const [all, setAll] = useState(false);
  const words = useWords();
  const { t, hm, clock } = words;
  const sender = useSender();
  const whyNot = useWhyNot();
  const [writing, setWriting] = useState(false);
  const [text, setText] = useState('');
  const manager = whyNot('addManagerNote') === null;
  const save = async (): Promise<void> => {
    const answer = await sender.send('addManagerNote', { seq: entry.seq, text });
    if (!answer.ok) return;
    setText('');
    setWriting(false);
  };
  return (
    <li className="log-line" data-log-seq={entry.seq} data-log-type={entry.type} data-log-kind={entry.kind}>
      <When entry={entry} />
      <div className="log-says">
        <p>
          {logSentence(entry, words)}
          {rounds !== null && ` ${t('log.rounds', { count: rounds.times, time: hm(rounds.lastAt) })}`}
          {entry.type.endsWith('.ShiftTakenOver') && <HeadCode seq={entry.seq} />}
        </p>
        {all &&
          item.also.map((other) => (
            <p key={other.seq} className="log-also" data-log-seq={other.seq} data-log-type={other.type}>
              {t('log.line', { seq: other.seq })} {other.at !== entry.at && `${clock(other.at)} `}
              {logSentence(other, words)}
            </p>
          ))}
        {entry.managerNotes.map((note) => (
          <p key={`${note.at}-${note.by}`} className="log-note">
            {t('log.noteBy', { name: note.name ?? t('common.somebody'), time: hm(note.at) })}{' '}
            {note.text ?? t('common.notShown')}
          </p>
        ))}
        {writing && (
          <form
            className="form-row"
            onSubmit={(event) => {
              event.preventDefault();
              if (text.trim() !== '') void save();
            }}
          >
            <TextField
              label={t('log.noteLabel')}
              name="managerNote"
              value={text}
              maxLength={500}
              onChange={setText}
              autoFocus
            />
            <div className="buttons">
              <Button
                action="addManagerNote"
                submit
                look="primary"
                label={t('common.save')}
                busy={sender.busy}
                why={text.trim() === '' ? t('note.writeFirst') : null}
              />
              <Button action="cancel" look="quiet" label={t('common.cancel')} onPress={() => setWriting(false)} />
            </div>
            <RefusalNote refusal={sender.refusal} />
          </form>
        )}
      </div>
      {from === to ? (
        <span className="log-seq">{t('log.line', { seq: entry.seq })}</span>
      ) : (
        <button
          type="button"
          className="log-seq log-seq-many"
          data-action="logShowSame"
          data-from={from}
          data-to={to}
          aria-expanded={all}
          title={t('log.showSame', { from, to })}
          onClick={() => setAll(!all)}
        >
          {t('log.lines', { from, to })} <span aria-hidden="true">{all ? '▴' : '▾'}</span>
        </button>
      )}
      {manager && !writing && (
        <Button
          action="writeManagerNote"
          size="small"
          look="quiet"
          label={t('log.addNote')}
          onPress={() => setWriting(true)}
        />
      )}
    </li>
  );
};
