import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';

export interface NoteDialogProps {
  /** What is written so far: it outlives the dialog, so that closing it throws nothing away. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

/** Writes a line into the shift's log. */
export const NoteDialog = ({ text, onText, onClose }: NoteDialogProps): ReactNode => {
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
