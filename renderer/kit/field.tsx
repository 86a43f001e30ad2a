import { useId, type ReactNode } from 'react';
import './field.css';

interface Common {
  readonly label: string;
  readonly name: string;
  readonly hint?: string | undefined;
  /** What is wrong with what was entered, in words; `null` when nothing is. */
  readonly problem?: string | null;
}

export interface TextFieldProps extends Common {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'tel' | 'number';
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'url';
  readonly maxLength?: number;
  readonly lines?: number;
  readonly autoFocus?: boolean;
}

/** A label above its field, a hint below it, and the problem in place of the hint. */
export const TextField = (props: TextFieldProps): ReactNode => {
  const id = useId();
  const { label, name, hint, problem = null, value, onChange, lines = 1 } = props;
  const says = problem ?? hint;
  const shared = {
    id,
    name,
    value,
    maxLength: props.maxLength,
    autoFocus: props.autoFocus,
    autoComplete: 'off',
    'aria-describedby': says === undefined ? undefined : `${id}-says`,
    'aria-invalid': problem === null ? undefined : true,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {says !== undefined && (
        <p id={`${id}-says`} className={problem === null ? 'field-hint' : 'field-problem'}>
          {says}
        </p>
      )}
    </div>
  );
};

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly name: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
}

/** A few large choices, one of them taken: radio buttons that look like buttons and behave like radio buttons. */
export const Choice = <T extends string>({ label, name, options, value, onChange }: ChoiceProps<T>): ReactNode => (
  <fieldset className="choice">
    <legend>{label}</legend>
    <div className="choice-options">
      {options.map((option) => (
        <label key={option.value} className="choice-option" data-choice={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span className="choice-text">
            {option.label}
            {option.hint !== undefined && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </div>
  </fieldset>
);

export interface SelectProps extends Common {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

export const Select = ({ label, name, hint, problem = null, value, options, onChange }: SelectProps): ReactNode => {
  const id = useId();
  const says = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        value={value}
        aria-invalid={problem === null ? undefined : true}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {says !== undefined && <p className={problem === null ? 'field-hint' : 'field-problem'}>{says}</p>}
    </div>
  );
};
