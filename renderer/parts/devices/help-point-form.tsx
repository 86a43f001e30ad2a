import { useState, type ReactNode } from 'react';
import type { TextKey } from '../../../electron/words/texts.ts';
import type { HelpPointView } from '../../../electron/contract/views.schema.ts';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { useWords } from '../../seat/use-words.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { TrialPress } from './trial-press.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';

const MINUTE_MS = 60_000;
const USUAL_SUPERVISION_MS = 5 * MINUTE_MS;
/** Between what the silence of a receiver may be set to; milliseconds. */
const supervision = { leastMs: 10_000, mostMs: 86_400_000 };

type Fields = Readonly<
  Record<
    'place' | 'residentName' | 'residentPhone' | 'family' | 'keyHolder' | 'account' | 'zone' | 'supervision',
    string
  >
>;

const supervisionMsOf = ({ supervision: minutes }: Pick<Fields, 'supervision'>): number =>
  Math.round(Number(minutes) * MINUTE_MS);

/** What is still missing or wrong, the first of it; `null` when nothing is. */
const problemOf = (fields: Fields): TextKey | null => {
  if (fields.place.trim() === '') return 'device.needsPlace';
  const phone = fields.residentPhone.trim();
  if (phone !== '' && !/^[0-9+\- ]{3,24}$/.test(phone)) return 'visit.phoneWrong';
  if (!/^[0-9A-Fa-f]{3,16}$/.test(fields.account.trim())) return 'device.accountWrong';
  if (!/^[0-9A-Za-z]{1,6}$/.test(fields.zone.trim())) return 'device.zoneWrong';
  const ms = supervisionMsOf(fields);
  return ms >= supervision.leastMs && ms <= supervision.mostMs ? null : 'device.supervisionWrong';
};

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A call shows at most so many pictures. */
const MOST_CAMERAS = 9;

/** The cameras that show the place. */
const ShowingCameras = ({
  cameraIds,
  onChange,
}: {
  readonly cameraIds: ReadonlySet<string>;
  readonly onChange: (cameraIds: ReadonlySet<string>) => void;
}): ReactNode => {
  const { t, camera } = useWords();
  const cameras = useSeatState((state) => state.tables.cameras);
  const toggle = (cameraId: string): void =>
    onChange(
      new Set(
        cameraIds.has(cameraId)
          ? [...cameraIds].filter((id) => id !== cameraId)
          : [...cameraIds, cameraId].slice(0, MOST_CAMERAS),
      ),
    );
  return (
    <fieldset className="choice form-wide">
      <legend>{t('device.showCameras')}</legend>
      <div className="choice-options">
        {sorted<'cameras'>(cameras, (one) => one.number).map(({ cameraId }) => (
          <label key={cameraId} className="choice-option">
            <input type="checkbox" checked={cameraIds.has(cameraId)} onChange={() => toggle(cameraId)} />
            <span className="choice-text">{camera(cameraId)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** A help button: where it is, whose it is, how its receiver reports it, and which cameras show the place. */
export const HelpPointForm = ({ row, onClose, ...rest }: FormProps<HelpPointView>): ReactNode => {
  const { t } = useWords();
  const sender = useSender();
  const [fields, setFields] = useState({
    place: row?.place ?? '',
    residentName: row?.residentName ?? '',
    residentPhone: row?.phone ?? '',
    family: row?.family ?? '',
    keyHolder: row?.keyHolder ?? '',
    account: row?.account ?? '',
    zone: row?.zone ?? '1',
    supervision: String((row?.supervisionMs ?? USUAL_SUPERVISION_MS) / MINUTE_MS),
  });
  const [cameraIds, setCameraIds] = useState<ReadonlySet<string>>(new Set(row?.cameraIds));
  const problem = problemOf(fields);
  const field = (
    name: keyof Fields,
    label: TextKey,
    hint: TextKey,
    maxLength: number,
    type: 'text' | 'tel' | 'number' = 'text',
  ): ReactNode => (
    <TextField
      label={t(label)}
      hint={t(hint)}
      name={name}
      type={type}
      value={fields[name]}
      maxLength={maxLength}
      onChange={(value) => setFields((before) => ({ ...before, [name]: value }))}
    />
  );
  return (
    <FormFrame
      title={t(row === null ? 'device.addHelpPoint' : 'device.changeHelpPoint')}
      action="addHelpPoint"
      removal={
        row === null
          ? null
          : {
              of: 'helpPoint',
              action: 'removeHelpPoint',
              send: () => sender.send('removeHelpPoint', { helpPointId: row.helpPointId }),
            }
      }
      sender={sender}
      why={problem === null ? null : t(problem)}
      onClose={onClose}
      {...rest}
      save={() =>
        sender.send('addHelpPoint', {
          helpPointId: row?.helpPointId ?? null,
          place: fields.place.trim(),
          residentName: orNull(fields.residentName),
          phone: orNull(fields.residentPhone),
          family: orNull(fields.family),
          keyHolder: orNull(fields.keyHolder),
          account: fields.account.trim(),
          zone: fields.zone.trim(),
          supervisionMs: supervisionMsOf(fields),
          cameraIds: [...cameraIds],
        })
      }
    >
      {field('place', 'device.helpPlace', 'device.helpPlaceHint', 40)}
      {field('residentName', 'device.resident', 'visit.mayBeEmpty', 40)}
      {field('residentPhone', 'device.residentPhone', 'visit.mayBeEmpty', 24, 'tel')}
      {field('family', 'device.family', 'device.familyHint', 60)}
      {field('keyHolder', 'device.keyHolder', 'device.keyHolderHint', 60)}
      {field('account', 'device.account', 'device.accountHint', 16)}
      {field('zone', 'device.zone', 'device.zoneHint', 6)}
      <TrialPress
        account={fields.account}
        zone={fields.zone}
        onTake={(account, zone) => setFields((before) => ({ ...before, account, zone }))}
      />
      {field('supervision', 'device.supervision', 'device.supervisionHint', 8, 'number')}
      <ShowingCameras cameraIds={cameraIds} onChange={setCameraIds} />
    </FormFrame>
  );
};
