import { useState, type ReactNode } from 'react';
import type { CommunityView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { zoneName } from '../../../electron/words/kernel/time-words.ts';
import { useWords } from '../../seat/use-words.ts';
import { FormFrame, type FormProps } from './form-frame.tsx';

/** What an ambulance is told of the community, as it is being written. */
interface WrittenAddress {
  readonly street: string;
  readonly entrance: string;
  readonly callBack: string;
}

export const noAddress: WrittenAddress = { street: '', entrance: '', callBack: '' };

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** As the station takes it: what was left empty is not known. */
export const addressOf = ({ street, entrance, callBack }: WrittenAddress) => ({
  street: orNull(street),
  entrance: orNull(entrance),
  callBack: orNull(callBack),
});

/** Whether the number to call back is one, or none was written. */
export const callBackFits = ({ callBack }: WrittenAddress): boolean =>
  callBack.trim() === '' || /^[0-9+\- ]{3,24}$/.test(callBack.trim());

/** The three fields of what an ambulance is told. */
export const AddressFields = ({
  value,
  onChange,
}: {
  readonly value: WrittenAddress;
  readonly onChange: (value: WrittenAddress) => void;
}): ReactNode => {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t('address.street')}
        hint={t('address.streetHint')}
        name="street"
        value={value.street}
        maxLength={80}
        onChange={(street) => onChange({ ...value, street })}
      />
      <TextField
        label={t('address.entrance')}
        hint={t('address.entranceHint')}
        name="entrance"
        value={value.entrance}
        maxLength={40}
        onChange={(entrance) => onChange({ ...value, entrance })}
      />
      <TextField
        label={t('address.callBack')}
        hint={t('address.callBackHint')}
        problem={callBackFits(value) ? null : t('visit.phoneWrong')}
        name="callBack"
        type="tel"
        value={value.callBack}
        maxLength={24}
        onChange={(callBack) => onChange({ ...value, callBack })}
      />
    </>
  );
};

/** What is told to 120, to be changed by a manager at any time. */
export const AddressForm = ({ row, onClose, ...rest }: FormProps<CommunityView>): ReactNode => {
  const { t, lang } = useWords();
  const sender = useSender();
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [address, setAddress] = useState<WrittenAddress>({
    street: row?.street ?? '',
    entrance: row?.entrance ?? '',
    callBack: row?.callBack ?? '',
  });
  return (
    <FormFrame
      title={t('address.title')}
      action="setAddress"
      sender={sender}
      why={callBackFits(address) ? null : t('visit.phoneWrong')}
      onClose={onClose}
      {...rest}
      save={() => sender.send('setAddress', addressOf(address))}
    >
      <AddressFields value={address} onChange={setAddress} />
      {row !== null && row.timeZone !== here && (
        <div className="form-wide">
          <Button
            action="setTimeZone"
            label={t('address.useZone', { zone: zoneName(here, lang) })}
            hint={t('address.useZoneHint')}
            busy={sender.busy}
            onPress={() => void sender.send('setTimeZone', { timeZone: here })}
          />
        </div>
      )}
    </FormFrame>
  );
};
