import { useState, type ReactNode } from 'react';
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { logSentence } from './log-sentence.ts';

/** One line of the story, and the manager's remarks under it. */
export const LogLine = ({ entry }: { readonly entry: LogEntryView }): ReactNode => {
  const words = useWords();
  const { t, clock, hm, day, person } = words;
  const tables = useSeatState((state) => state.tables);
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
      <time className="log-time" dateTime={new Date(entry.at).toISOString()} title={day(entry.at)}>
        {clock(entry.at)}
      </time>
      <div className="log-says">
        <p>{logSentence(entry, tables, words)}</p>
        {entry.managerNotes.map((note) => (
          <p key={`${note.at}-${note.by}`} className="log-note">
            {t('log.noteBy', { name: person(note.by), time: hm(note.at) })} {note.text ?? t('common.notShown')}
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
      <span className="log-seq">{t('log.line', { seq: entry.seq })}</span>
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
