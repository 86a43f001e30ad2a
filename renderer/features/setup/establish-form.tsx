import { useState, type ReactNode } from 'react';
import { refusesPin } from '../../../electron/domain/people/pin.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeat } from '../../seat/seat-context.tsx';
import { AddressFields, addressOf, callBackFits, noAddress } from '../../parts/devices/address-form.tsx';

export interface EstablishFormProps {
  readonly onBack: () => void;
  readonly onBegin: () => void;
  readonly onEstablished: (recoveryCode: string) => void;
}

/** Name of the community, its first manager, and their PIN. Signs the manager in at this seat. */
export const EstablishForm = ({ onBack, onBegin, onEstablished }: EstablishFormProps): ReactNode => {
  const { t, byName } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const [name, setName] = useState('');
  const [managerName, setManagerName] = useState('');
  const [address, setAddress] = useState(noAddress);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const pinRefusal = pin === '' ? null : refusesPin(pin);
  const why =
    name.trim() === ''
      ? t('setup.needsCommunity')
      : managerName.trim() === ''
        ? t('people.needsName')
        : !callBackFits(address)
          ? t('visit.phoneWrong')
          : pin === ''
            ? t('people.needsPin')
            : pinRefusal !== null
              ? byName(`refusal.${pinRefusal.kind}`)
              : pin === again
                ? null
                : t('setup.pinsDiffer');
  const establish = async (): Promise<void> => {
    onBegin();
    const answer = await sender.send('establishCommunity', {
      name: name.trim(),
      managerName: managerName.trim(),
      pin,
      ...addressOf(address),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    if (!answer.ok) return;
    const { personId, recoveryCode } = answer.value;
    if (typeof personId === 'string') await sender.ask(bridge.signIn(personId, pin));
    if (typeof recoveryCode === 'string') onEstablished(recoveryCode);
  };
  return (
    <form
      className="card form"
      aria-label={t('setup.ownTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (why === null) void establish();
      }}
    >
      <div className="form-fields">
        <TextField
          label={t('setup.community')}
          hint={t('setup.communityHint')}
          name="community"
          value={name}
          maxLength={40}
          onChange={setName}
          autoFocus
        />
        <AddressFields value={address} onChange={setAddress} />
        <TextField
          label={t('setup.manager')}
          hint={t('setup.managerHint')}
          name="managerName"
          value={managerName}
          maxLength={40}
          onChange={setManagerName}
        />
        <TextField
          label={t('setup.pin')}
          hint={t('setup.pinHint')}
          problem={pinRefusal === null ? null : byName(`refusal.${pinRefusal.kind}`)}
          name="pin"
          type="password"
          inputMode="numeric"
          value={pin}
          maxLength={8}
          onChange={setPin}
        />
        <TextField
          label={t('setup.pinAgain')}
          name="pinAgain"
          type="password"
          inputMode="numeric"
          value={again}
          maxLength={8}
          onChange={setAgain}
          problem={again !== '' && again.length >= pin.length && again !== pin ? t('setup.pinsDiffer') : null}
        />
      </div>
      <RefusalNote refusal={sender.refusal} />
      <div className="buttons">
        <Button
          action="establishCommunity"
          submit
          size="large"
          look="primary"
          label={t('setup.establish')}
          why={why}
          busy={sender.busy}
        />
        <Button action="back" size="large" look="quiet" label={t('common.back')} onPress={onBack} />
      </div>
    </form>
  );
};
