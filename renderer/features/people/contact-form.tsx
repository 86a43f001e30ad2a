import { useState, type ReactNode } from 'react';
import type { ContactView } from '../../../electron/contract/views.schema.ts';
import { contactRoles, publicNumbers } from '../../../electron/domain/people/contact-role.ts';
import { useSender } from '../../kit/command.ts';
import { Select, TextField } from '../../kit/field.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { FormFrame, type FormProps } from '../../parts/devices/form-frame.tsx';

export const ContactForm = ({ row, onClose }: FormProps<ContactView>): ReactNode => {
  const { t } = useWords();
  const sender = useSender();
  const count = useSeatState((state) => state.tables.contacts.size);
  const [name, setName] = useState(row?.name ?? '');
  const [phone, setPhone] = useState(row?.phone ?? '');
  const [role, setRole] = useState<ContactView['role']>(row?.role ?? 'other');
  const [rank, setRank] = useState(String(row?.rank ?? Math.min(99, count + 1)));
  const chooseRole = (value: string): void => {
    const chosen = contactRoles.find((one) => one === value) ?? 'other';
    setRole(chosen);
    if (phone.trim() === '') setPhone(publicNumbers[chosen] ?? '');
  };
  const rankNumber = Number(rank);
  const phoneWrong = !/^[0-9+\- ]{3,24}$/.test(phone.trim());
  const why =
    name.trim() === ''
      ? t('people.needsName')
      : phoneWrong
        ? t('visit.phoneWrong')
        : Number.isInteger(rankNumber) && rankNumber >= 1 && rankNumber <= 99
          ? null
          : t('contact.rankWrong');
  return (
    <FormFrame
      title={t(row === null ? 'contact.add' : 'contact.change')}
      action="addContact"
      removal={
        row === null
          ? null
          : {
              of: 'contact',
              action: 'removeContact',
              send: () => sender.send('removeContact', { contactId: row.contactId }),
            }
      }
      sender={sender}
      why={why}
      onClose={onClose}
      save={() =>
        sender.send('addContact', {
          contactId: row?.contactId ?? null,
          name: name.trim(),
          phone: phone.trim(),
          role,
          rank: rankNumber,
        })
      }
    >
      <TextField
        label={t('contact.name')}
        hint={t('contact.nameHint')}
        name="name"
        value={name}
        maxLength={40}
        onChange={setName}
      />
      <Select
        label={t('contact.role')}
        name="role"
        value={role}
        options={contactRoles.map((value) => ({ value, label: t(`contactRole.${value}`) }))}
        onChange={chooseRole}
      />
      <TextField label={t('visit.phone')} name="phone" type="tel" value={phone} maxLength={24} onChange={setPhone} />
      <TextField
        label={t('contact.rank')}
        hint={t('contact.rankHint')}
        name="rank"
        type="number"
        value={rank}
        onChange={setRank}
      />
    </FormFrame>
  );
};
