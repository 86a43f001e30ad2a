import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import type { Refusal } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';

export interface PinPadProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (pin: string) => void;
  readonly onEnter: () => void;
  readonly enterLabel: string;
  readonly busy: boolean;
  /** Why the last one was not taken: said beside the digits, which stay where they are. */
  readonly refusal: Refusal | null;
}

const MOST = 8;
const LEAST = 4;

/** Large digits for a finger; the field takes the keyboard's. */
export const PinPad = ({ label, value, onChange, onEnter, enterLabel, busy, refusal }: PinPadProps): ReactNode => {
  const { t } = useWords();
  const add = (digit: string): void => onChange((value + digit).slice(0, MOST));
  const why = value.length < LEAST ? t('signIn.pinShort') : null;
  return (
    <form
      className="pin"
      onSubmit={(event) => {
        event.preventDefault();
        if (why === null && !busy) onEnter();
      }}
    >
      <label className="field">
        <span>{label}</span>
        <input
          name="pin"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          maxLength={MOST}
          value={value}
          onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, '').slice(0, MOST))}
        />
      </label>
      <div className="pin-keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
          <Button key={digit} action={`pin-${digit}`} size="digit" label={digit} onPress={() => add(digit)} />
        ))}
        <Button action="pin-clear" size="digit" look="quiet" label={t('signIn.clear')} onPress={() => onChange('')} />
        <Button action="pin-0" size="digit" label="0" onPress={() => add('0')} />
        <Button
          action="pin-back"
          size="digit"
          look="quiet"
          label="⌫"
          name={t('signIn.erase')}
          onPress={() => onChange(value.slice(0, -1))}
        />
      </div>
      <Button action="signInEnter" submit size="large" look="primary" label={enterLabel} why={why} busy={busy} />
      <RefusalNote refusal={refusal} />
    </form>
  );
};
