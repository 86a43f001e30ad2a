import type { ReactNode } from 'react';
import type { Answer } from '../../../electron/contract/commands.schema.ts';
import { Button } from '../../kit/button.tsx';
import type { Sender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { TwoTaps } from '../../kit/two-taps.tsx';
import { useWords } from '../../seat/use-words.ts';

export interface FormFrameProps {
  readonly title: string;
  readonly action: string;
  readonly sender: Sender;
  /** What is still missing, or `null`. */
  readonly why: string | null;
  readonly save: () => Promise<Answer>;
  readonly onClose: () => void;
  /** Said when it was saved. */
  readonly onSaved?: () => void;
  readonly cancelLabel?: string;
  /** Takes the thing down that the form is about. */
  readonly removal?: Removal | null;
  readonly children: ReactNode;
}

/** What is taken down, and the command that does it. */
export interface Removal {
  readonly of: 'camera' | 'barrier' | 'helpPoint' | 'contact' | 'seat';
  readonly action: 'removeCamera' | 'removeBarrier' | 'removeHelpPoint' | 'removeContact' | 'revokeSeat';
  readonly send: () => Promise<Answer>;
}

/** A form that adds or changes one thing: fields, the station's refusal, save and leave. */
export const FormFrame = ({
  title,
  action,
  sender,
  why,
  save,
  onClose,
  onSaved,
  cancelLabel,
  removal = null,
  children,
}: FormFrameProps): ReactNode => {
  const { t } = useWords();
  return (
    <form
      className="card form"
      data-form={action}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (why !== null) return;
        void save().then((answer) => {
          if (!answer.ok) return;
          onSaved?.();
          onClose();
        });
      }}
    >
      <h3>{title}</h3>
      <div className="form-fields">{children}</div>
      <RefusalNote refusal={sender.refusal} />
      <div className="buttons">
        <Button
          action={action}
          submit
          look="primary"
          size="large"
          label={t('common.save')}
          why={why}
          busy={sender.busy}
        />
        <Button action="cancel" size="large" look="quiet" label={cancelLabel ?? t('common.cancel')} onPress={onClose} />
      </div>
      {removal !== null && (
        <div className="form-removal">
          <TwoTaps
            action={removal.action}
            look="quiet"
            label={t(`remove.label.${removal.of}`)}
            confirm={t(`remove.sure.${removal.of}`)}
            hint={t(`remove.hint.${removal.of}`)}
            busy={sender.busy}
            onPress={() => void removal.send().then((answer) => answer.ok && onClose())}
          />
        </div>
      )}
    </form>
  );
};

export interface FormProps<Row> {
  /** The thing to change; `null` adds one. */
  readonly row: Row | null;
  readonly onClose: () => void;
  /** What was done, in a sentence. */
  readonly tellSaved?: (sentence: string) => void;
  readonly cancelLabel?: string;
}
