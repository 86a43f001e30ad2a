import { useRef, useState, type ReactNode } from 'react';
import type { VisitView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Choice, TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeat } from '../../store/seat-context.tsx';

const kinds: readonly VisitView['kind'][] = ['family', 'delivery', 'repair', 'care', 'other'];
const blank = { name: '', phone: '', plate: '', visiting: '' };
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Who comes, to whom; everything but the name and the place may be left empty. */
export const RegisterForm = (): ReactNode => {
  const { t } = useWords();
  const { sounds } = useSeat();
  const sender = useSender();
  const whyNot = useWhyNot();
  const form = useRef<HTMLFormElement>(null);
  const [kind, setKind] = useState<VisitView['kind']>('family');
  const [fields, setFields] = useState(blank);
  const [saved, setSaved] = useState<string | null>(null);
  const set = (name: keyof typeof blank) => (value: string) => {
    setFields((before) => ({ ...before, [name]: value }));
    setSaved(null);
  };
  const phoneWrong = fields.phone !== '' && !/^[0-9+\- ]{3,24}$/.test(fields.phone.trim());
  const missing = fields.name.trim() === '' ? t('visit.needsName') : fields.visiting.trim() === '' ? t('visit.needsPlace') : phoneWrong ? t('visit.phoneWrong') : null;
  const why = whyNot('registerVisit') ?? missing;
  const save = async (): Promise<void> => {
    const name = fields.name.trim();
    const answer = await sender.send('registerVisit', {
      kind, name, phone: orNull(fields.phone), plate: orNull(fields.plate.toUpperCase()), visiting: fields.visiting.trim(),
    });
    if (!answer.ok) return;
    sounds.play('done');
    setFields(blank);
    setSaved(name);
    form.current?.querySelector<HTMLInputElement>('input[name="name"]')?.focus();
  };
  return (
    <form ref={form} className="card register" aria-label={t('visit.register')} onSubmit={(event) => {
      event.preventDefault();
      if (why === null) void save();
    }}>
      <h3>{t('visit.register')}</h3>
      <Choice label={t('visit.kindLabel')} name="kind" value={kind} onChange={setKind} options={kinds.map((value) => ({ value, label: t(`visit.kind.${value}`) }))} />
      <TextField label={t('visit.name')} name="name" value={fields.name} maxLength={40} onChange={set('name')} />
      <TextField label={t('visit.visiting')} hint={t('visit.visitingHint')} name="visiting" value={fields.visiting} maxLength={40} onChange={set('visiting')} />
      <div className="field-row">
        <TextField label={t('visit.plate')} hint={t('visit.mayBeEmpty')} name="plate" value={fields.plate} maxLength={12} onChange={set('plate')} />
        <TextField label={t('visit.phone')} hint={t('visit.mayBeEmpty')} problem={phoneWrong ? t('visit.phoneWrong') : null} name="phone" type="tel" value={fields.phone} maxLength={24} onChange={set('phone')} />
      </div>
      <RefusalNote refusal={sender.refusal} />
      <Button action="registerVisit" look="primary" size="large" submit label={t('visit.save')} why={why} busy={sender.busy} />
      <p className="saved" role="status">{saved !== null && t('visit.saved', { name: saved })}</p>
    </form>
  );
};
