import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { createDraft } from '../../seat/draft.ts';

const useText = createDraft('');

/** Writes a line into the shift's log. What is written so far outlives the dialog, so that closing it throws nothing away. */
export const NoteDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const [text, change] = useText();
  const onText = (next: string): void => change(() => next);
  const { t } = useWords();
  const sender = useSender();
  const whyNot = useWhyNot();
  const why = whyNot('addNote') ?? (text.trim() === '' ? t('note.writeFirst') : null);
  const discard = (): void => {
    onText('');
    onClose();
  };
  const save = async (): Promise<void> => {
    const answer = await sender.send('addNote', { text });
    if (answer.ok) discard();
  };
  return (
    <Dialog name="note" title={t('note.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null) void save();
        }}
      >
        <TextField
          label={t('note.label')}
          hint={t('note.hint')}
          name="noteText"
          value={text}
          maxLength={500}
          lines={4}
          onChange={onText}
          autoFocus
        />
        <RefusalNote refusal={sender.refusal} />
        <div className="buttons">
          <Button
            action="addNote"
            look="primary"
            size="large"
            submit
            label={t('note.save')}
            why={why}
            busy={sender.busy}
          />
          <Button action="cancel" size="large" look="quiet" label={t('note.discard')} onPress={discard} />
        </div>
      </form>
    </Dialog>
  );
};
