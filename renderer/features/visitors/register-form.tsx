import { useRef, useState, type ReactNode } from 'react';
import type { VisitView } from '../../../electron/contract/views.schema.ts';
import { plateToText, toPlate } from '../../../electron/domain/visits/plate.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Choice, TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { createDraft } from '../../seat/draft.ts';
import { useSeat } from '../../seat/seat-context.tsx';

const kinds: readonly VisitView['kind'][] = ['family', 'delivery', 'repair', 'care', 'other'];
const blank: { readonly kind: VisitView['kind'] } & Readonly<Record<'name' | 'phone' | 'plate' | 'visiting', string>> =
  {
    kind: 'family',
    name: '',
    phone: '',
    plate: '',
    visiting: '',
  };
const useVisitDraft = createDraft(blank);
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A plate as it is kept; what is no plate of the mainland stays as it was typed. */
const plateToKeep = (text: string): string | null => {
  const plate = toPlate(text, null);
  return plate.ok ? plate.value : orNull(text.toUpperCase());
};

/** What to say of a plate that does not look like one: what may have been meant. It never stands in the way of a visitor. */
const usePlateHint = (text: string): string | null => {
  const { t } = useWords();
  if (Array.from(text.trim()).length < 6) return null;
  const plate = toPlate(text, null);
  if (plate.ok) return plateToText(plate.value);
  const details = plate.error.details;
  const meant =
    typeof details === 'object' && details !== null && 'suggestion' in details ? details['suggestion'] : null;
  return typeof meant === 'string' ? t('visit.plateMeant', { plate: meant }) : t('visit.plateUnusual');
};

/** Who comes, to whom; everything but the name and the place may be left empty. */
export const RegisterForm = (): ReactNode => {
  const { t } = useWords();
  const { sounds } = useSeat();
  const sender = useSender();
  const whyNot = useWhyNot();
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useVisitDraft();
  const [saved, setSaved] = useState<string | null>(null);
  const set = (name: Exclude<keyof typeof blank, 'kind'>) => (value: string) => {
    setFields((before) => ({ ...before, [name]: value }));
    setSaved(null);
  };
  const phoneWrong = fields.phone !== '' && !/^[0-9+\- ]{3,24}$/.test(fields.phone.trim());
  const missing =
    fields.name.trim() === ''
      ? saved === null
        ? t('visit.needsName')
        : t('visit.savedNext', { name: saved })
      : fields.visiting.trim() === ''
        ? t('visit.needsPlace')
        : phoneWrong
          ? t('visit.phoneWrong')
          : null;
  const plateSays = usePlateHint(fields.plate);
  const why = whyNot('registerVisit') ?? missing;
  const save = async (): Promise<void> => {
    const name = fields.name.trim();
    const answer = await sender.send('registerVisit', {
      kind: fields.kind,
      name,
      phone: orNull(fields.phone),
      plate: plateToKeep(fields.plate),
      visiting: fields.visiting.trim(),
    });
    if (!answer.ok) return;
    sounds.play('done');
    setFields(() => blank);
    setSaved(name);
    form.current?.querySelector<HTMLInputElement>('input[name="name"]')?.focus();
  };
  return (
    <form
      ref={form}
      className="card register"
      aria-label={t('visit.register')}
      onSubmit={(event) => {
        event.preventDefault();
        if (why === null) void save();
      }}
    >
      <h3>{t('visit.register')}</h3>
      <Choice
        label={t('visit.kindLabel')}
        name="kind"
        value={fields.kind}
        onChange={(kind) => setFields((before) => ({ ...before, kind }))}
        options={kinds.map((value) => ({ value, label: t(`visit.kind.${value}`) }))}
      />
      <div className="field-row">
        <TextField label={t('visit.name')} name="name" value={fields.name} maxLength={40} onChange={set('name')} />
        <TextField
          label={t('visit.visiting')}
          hint={t('visit.visitingHint')}
          name="visiting"
          value={fields.visiting}
          maxLength={40}
          onChange={set('visiting')}
        />
      </div>
      <div className="field-row">
        <TextField
          label={t('visit.plate')}
          hint={plateSays ?? t('visit.mayBeEmpty')}
          name="plate"
          value={fields.plate}
          maxLength={12}
          onChange={set('plate')}
        />
        <TextField
          label={t('visit.phone')}
          hint={t('visit.mayBeEmpty')}
          problem={phoneWrong ? t('visit.phoneWrong') : null}
          name="phone"
          type="tel"
          value={fields.phone}
          maxLength={24}
          onChange={set('phone')}
        />
      </div>
      <RefusalNote refusal={sender.refusal} />
      <Button
        action="registerVisit"
        look="primary"
        size="large"
        submit
        label={t('visit.save')}
        why={why}
        busy={sender.busy}
      />
      <p className="saved" role="status">
        {saved !== null && t('visit.saved', { name: saved })}
      </p>
    </form>
  );
};
