import { useState, type ReactNode } from 'react';
import type { PersonView } from '../../../electron/contract/views.schema.ts';
import { refusesPin } from '../../../electron/domain/people/pin.rules.ts';
import { useSender } from '../../kit/command.ts';
import { Choice, TextField } from '../../kit/field.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { FormFrame, type FormProps } from '../../parts/devices/form-frame.tsx';

export const PersonForm = ({ row, onClose, tellSaved }: FormProps<PersonView>): ReactNode => {
  const { t, byName } = useWords();
  const sender = useSender();
  const [name, setName] = useState(row?.name ?? '');
  const [phone, setPhone] = useState(row?.phone ?? '');
  const [role, setRole] = useState<PersonView['role']>(row?.role ?? 'volunteer');
  const [pin, setPin] = useState('');
  const [active, setActive] = useState<'yes' | 'no'>(row?.active === false ? 'no' : 'yes');
  const pinRefusal = pin === '' ? null : refusesPin(pin);
  const why =
    name.trim() === ''
      ? t('people.needsName')
      : phone.trim() !== '' && !/^[0-9+\- ]{3,24}$/.test(phone.trim())
        ? t('visit.phoneWrong')
        : row === null && pin === ''
          ? t('people.needsPin')
          : pinRefusal === null
            ? null
            : byName(`refusal.${pinRefusal.kind}`);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const roster = useSeatState((state) => state.tables.roster);
  const savedKey = (shifts: number) => {
    if (row?.active === true && active === 'no') return shifts === 0 ? 'people.savedLeft' : 'people.savedLeftOpen';
    return row !== null && pin !== '' ? 'people.savedPin' : 'people.saved';
  };
  const saved = (): void => {
    // What is planned with somebody who has left is planned with nobody.
    const shifts = [...roster.values()].filter((one) => one.personId === row?.personId && one.toMs > nowMs).length;
    tellSaved?.(t(savedKey(shifts), { name: name.trim(), shifts }));
  };
  return (
    <FormFrame
      title={t(row === null ? 'people.addPerson' : 'people.changePerson')}
      action="addPerson"
      sender={sender}
      why={why}
      onClose={onClose}
      onSaved={saved}
      save={() =>
        sender.send('addPerson', {
          personId: row?.personId ?? null,
          name: name.trim(),
          phone: phone.trim() === '' ? null : phone.trim(),
          role,
          pin: pin === '' ? null : pin,
          active: active === 'yes',
        })
      }
    >
      <TextField label={t('people.name')} name="name" value={name} maxLength={40} onChange={setName} />
      <TextField
        label={t('people.phone')}
        hint={t('people.phoneHint')}
        name="phone"
        type="tel"
        value={phone}
        maxLength={24}
        onChange={setPhone}
      />
      <TextField
        label={t('people.pin')}
        hint={t(row === null ? 'setup.pinHint' : 'people.pinKeep')}
        name="pin"
        type="password"
        inputMode="numeric"
        value={pin}
        maxLength={8}
        onChange={setPin}
      />
      <Choice
        label={t('people.role')}
        name="role"
        value={role}
        onChange={setRole}
        options={(['volunteer', 'guard', 'manager'] as const).map((value) => ({
          value,
          label: t(`role.${value}`),
          hint: t(`roleMeans.${value}`),
        }))}
      />
      {row !== null && (
        <Choice
          label={t('people.active')}
          name="active"
          value={active}
          onChange={setActive}
          options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`people.activeIs.${value}`) }))}
        />
      )}
    </FormFrame>
  );
};
