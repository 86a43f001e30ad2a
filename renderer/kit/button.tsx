import { useRef, type ReactNode } from 'react';
import { useShortcut, type Shortcut } from '../seat/keys.tsx';
import './button.css';

/** Every button that leaves a form is reached by Escape. */
const leavesForm: Shortcut = { key: 'Escape', says: 'keys.escape', scope: 'form' };

export interface ButtonProps {
  /** What is done; the button's stable name for tests and for the help of keys. */
  readonly action: string;
  readonly label: ReactNode;
  /** A second line: what happens, or what is meant. */
  readonly hint?: ReactNode;
  /** Set: the button cannot be used now, for this reason, said on the button. It stays reachable, so that the reason can be read. */
  readonly why?: string | null;
  /** `urgent`: it is about somebody's life, and is no answer to it. */
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet' | 'outlined' | 'urgent';
  /** `tile`: a name among others; `digit`: of a pad; `row`: one of many below each other. */
  readonly size?: 'normal' | 'large' | 'small' | 'tile' | 'digit' | 'row';
  /** Room for two lines from the beginning. */
  readonly lines?: 2;
  /** For a choice: whether it is the chosen one. */
  readonly pressed?: boolean;
  readonly busy?: boolean;
  /** The key that presses it, for as long as it is on screen. */
  readonly shortcut?: Shortcut | undefined;
  /** The key is not written on the button: its label says it, or another place does. */
  readonly quietKey?: boolean;
  /** A key that does the same elsewhere. */
  readonly keyElsewhere?: string;
  /** A name for it where `action` is shared by several buttons. */
  readonly pressName?: string;
  readonly answer?: string;
  /** It asks for the second of two taps. */
  readonly armed?: boolean;
  readonly submit?: boolean;
  readonly autoFocus?: boolean;
  readonly name?: string;
  readonly onPress?: () => void;
}

/** The one button of the seat. */
export const Button = (props: ButtonProps): ReactNode => {
  const {
    action,
    label,
    hint,
    why = null,
    look = 'plain',
    size = 'normal',
    pressed,
    busy = false,
    shortcut,
    answer,
    submit,
  } = props;
  const blocked = why !== null || busy;
  const ref = useRef<HTMLButtonElement>(null);
  useShortcut(action === 'cancel' ? leavesForm : shortcut, ref);
  const written = props.quietKey === true ? undefined : (shortcut?.key ?? props.keyElsewhere);
  return (
    <button
      ref={ref}
      type={submit === true ? 'submit' : 'button'}
      className="button"
      data-action={action}
      data-look={look}
      data-size={size}
      data-lines={props.lines}
      data-answer={answer}
      data-press={props.pressName}
      data-armed={props.armed === true || undefined}
      aria-pressed={pressed}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={shortcut?.key ?? props.keyElsewhere}
      aria-label={props.name}
      autoFocus={props.autoFocus}
      onClick={(event) => {
        if (blocked) event.preventDefault();
        else props.onPress?.();
      }}
    >
      <span className="button-label">
        {label}
        {written !== undefined && <kbd aria-hidden="true">{written}</kbd>}
      </span>
      {(why ?? hint) !== undefined && (why ?? hint) !== null && <small className="button-hint">{why ?? hint}</small>}
    </button>
  );
};
