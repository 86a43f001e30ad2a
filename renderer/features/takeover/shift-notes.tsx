import { useMemo, type ReactNode } from 'react';
import { actorOf } from '../../../electron/words/sentences/log-sentence.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useWords } from '../../seat/use-words.ts';
import { everything } from '../../parts/log/log-filter.rules.ts';
import { useLog } from '../../parts/log/use-log.ts';

/** What the ones before wrote down for whoever comes, oldest first; nothing where nothing was written. */
export const ShiftNotes = ({ shiftNumber }: { readonly shiftNumber: number }): ReactNode => {
  const words = useWords();
  const { t, hm } = words;
  const postId = useSeatState((state) => state.postId);
  const filter = useMemo(
    () => ({ ...everything, group: 'duty' as const, shift: { postId, number: shiftNumber } }),
    [postId, shiftNumber],
  );
  const { entries, more } = useLog(filter);
  const notes = entries.filter(({ type }) => type.endsWith('.NoteAdded')).toReversed();
  if (notes.length === 0) return null;
  return (
    <section data-shift-notes={notes.length} aria-label={t('takeover.notes')}>
      <h3>{t('takeover.notes')}</h3>
      <ul className="shift-notes">
        {notes.map((note) => (
          <li key={note.seq}>
            <p>{String(note.body['text'] ?? t('common.notShown'))}</p>
            <p className="facts">{t('takeover.noteBy', { name: actorOf(note, words), time: hm(note.at) })}</p>
          </li>
        ))}
      </ul>
      {more && <p className="facts">{t('takeover.notesMore')}</p>}
    </section>
  );
};
