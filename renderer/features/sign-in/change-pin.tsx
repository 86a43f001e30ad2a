import { useState, type ReactNode } from 'react';
import { refusesPin } from '../../../electron/domain/people/pin.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeat } from '../../seat/seat-context.tsx';

/** One's own PIN, by oneself: no manager has to know it. Says that it worked. */
export const ChangePin = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t, byName } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const [old, setOld] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [done, setDone] = useState(false);
  const refused = pin === '' ? null : refusesPin(pin);
  const why =
    old === ''
      ? t('changePin.needsOld')
      : pin === ''
        ? t('recover.needsPin')
        : refused !== null
          ? byName(`refusal.${refused.kind}`)
          : pin === again
            ? null
            : t('setup.pinsDiffer');
  const change = async (): Promise<void> => {
    const reply = await sender.ask(bridge.changePin(old, pin));
    if (reply.ok) setDone(true);
  };
  if (done)
    return (
      <div className="card narrow">
        <p className="notice" role="status" data-pin-changed>
          {t('changePin.done')}
        </p>
        <Button action="pinChanged" size="large" look="primary" label={t('common.close')} autoFocus onPress={onClose} />
      </div>
    );
  const field = (label: string, name: string, value: string, set: (text: string) => void, hint?: string): ReactNode => (
    <TextField
      label={label}
      name={name}
      type="password"
      inputMode="numeric"
      value={value}
      maxLength={8}
      onChange={set}
      hint={hint}
      autoFocus={name === 'oldPin'}
    />
  );
  return (
    <form
      className="card narrow"
      aria-label={t('changePin.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (why === null) void change();
      }}
    >
      <h3>{t('changePin.title')}</h3>
      {field(t('changePin.old'), 'oldPin', old, setOld)}
      {field(t('recover.newPin'), 'newPin', pin, setPin, t('setup.pinHint'))}
      {field(t('setup.pinAgain'), 'newPinAgain', again, setAgain)}
      <RefusalNote refusal={sender.refusal} />
      <div className="buttons">
        <Button
          action="changePin"
          submit
          size="large"
          look="primary"
          label={t('recover.set')}
          why={why}
          busy={sender.busy}
        />
        <Button action="cancel" size="large" look="quiet" label={t('common.cancel')} onPress={onClose} />
      </div>
    </form>
  );
};
