import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '../seat/use-words.ts';
import './dialog.css';

export interface DialogProps {
  readonly name: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus, closes with Escape and gives the focus back. There is never a second one. */
export const Dialog = ({ name, title, onClose, children }: DialogProps): ReactNode => {
  const { t } = useWords();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // Where something is to be written, it is written at once: the browser itself would go to the first button, which closes.
    dialog?.querySelector<HTMLElement>('textarea, input[inputmode="search"]')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      data-dialog={name}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button type="button" className="button" data-look="quiet" data-action="close" onClick={onClose}>
          {t('common.close')}
        </button>
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
};
