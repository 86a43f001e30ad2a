import { useState, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { RecoveryCode } from '../../kit/recovery-code.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeat } from '../../seat/seat-context.tsx';

/** The manager has lost the PIN: the recovery code sets a new one, and is replaced by the next code. */
export const RecoverForm = ({ onDone }: { readonly onDone: () => void }): ReactNode => {
  const { t } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const [code, setCode] = useState('');
  const [pin, setPin] = useState('');
  const [next, setNext] = useState<string | null>(null);
  const why = code.trim() === '' ? t('recover.needsCode') : /^\d{4,8}$/.test(pin) ? null : t('recover.needsPin');
  const recover = async (): Promise<void> => {
    const reply = await sender.ask(bridge.recover(code.trim(), pin));
    const given = reply.ok ? reply.value['recoveryCode'] : null;
    if (typeof given === 'string') setNext(given);
  };
  if (next !== null) return <RecoveryCode code={next} onWritten={onDone} />;
  return (
    <form
      className="card narrow"
      aria-label={t('recover.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (why === null) void recover();
      }}
    >
      <TextField
        label={t('recover.code')}
        name="recoveryCode"
        value={code}
        maxLength={60}
        onChange={setCode}
        autoFocus
      />
      <TextField
        label={t('recover.newPin')}
        hint={t('setup.pinHint')}
        name="newPin"
        type="password"
        inputMode="numeric"
        value={pin}
        maxLength={8}
        onChange={setPin}
      />
      <RefusalNote refusal={sender.refusal} />
      <div className="buttons">
        <Button
          action="recover"
          submit
          size="large"
          look="primary"
          label={t('recover.set')}
          why={why}
          busy={sender.busy}
        />
        <Button action="cancel" size="large" look="quiet" label={t('common.cancel')} onPress={onDone} />
      </div>
    </form>
  );
};
