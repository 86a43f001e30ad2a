import { useState, type ReactNode } from 'react';
import type { HelpPointView } from '../../../electron/contract/views.schema.ts';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { useWords } from '../../seat/use-words.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { TrialPress } from './trial-press.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';

const MINUTE_MS = 60_000;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A help button: where it is, whose it is, how its receiver reports it, and which cameras show the place. */
export const HelpPointForm = ({ row, onClose, ...rest }: FormProps<HelpPointView>): ReactNode => {
  const { t, camera } = useWords();
  const sender = useSender();
  const cameras = useSeatState((state) => state.tables.cameras);
  const [place, setPlace] = useState(row?.place ?? '');
  const [resident, setResident] = useState(row?.residentName ?? '');
  const [phone, setPhone] = useState(row?.phone ?? '');
  const [family, setFamily] = useState(row?.family ?? '');
  const [keyHolder, setKeyHolder] = useState(row?.keyHolder ?? '');
  const [account, setAccount] = useState(row?.account ?? '');
  const [zone, setZone] = useState(row?.zone ?? '1');
  const [minutes, setMinutes] = useState(String((row?.supervisionMs ?? 5 * MINUTE_MS) / MINUTE_MS));
  const [cameraIds, setCameraIds] = useState<ReadonlySet<string>>(new Set(row?.cameraIds));
  const supervisionMs = Math.round(Number(minutes) * MINUTE_MS);
  const why =
    place.trim() === ''
      ? t('device.needsPlace')
      : phone.trim() !== '' && !/^[0-9+\- ]{3,24}$/.test(phone.trim())
        ? t('visit.phoneWrong')
        : !/^[0-9A-Fa-f]{3,16}$/.test(account.trim())
          ? t('device.accountWrong')
          : !/^[0-9A-Za-z]{1,6}$/.test(zone.trim())
            ? t('device.zoneWrong')
            : supervisionMs >= 10_000 && supervisionMs <= 86_400_000
              ? null
              : t('device.supervisionWrong');
  const toggle = (cameraId: string): void =>
    setCameraIds(
      (before) =>
        new Set(before.has(cameraId) ? [...before].filter((id) => id !== cameraId) : [...before, cameraId].slice(0, 9)),
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
      why={why}
      onClose={onClose}
      {...rest}
      save={() =>
        sender.send('addHelpPoint', {
          helpPointId: row?.helpPointId ?? null,
          place: place.trim(),
          residentName: orNull(resident),
          phone: orNull(phone),
          family: orNull(family),
          keyHolder: orNull(keyHolder),
          account: account.trim(),
          zone: zone.trim(),
          supervisionMs,
          cameraIds: [...cameraIds],
        })
      }
    >
      <TextField
        label={t('device.helpPlace')}
        hint={t('device.helpPlaceHint')}
        name="place"
        value={place}
        maxLength={40}
        onChange={setPlace}
      />
      <TextField
        label={t('device.resident')}
        hint={t('visit.mayBeEmpty')}
        name="residentName"
        value={resident}
        maxLength={40}
        onChange={setResident}
      />
      <TextField
        label={t('device.residentPhone')}
        hint={t('visit.mayBeEmpty')}
        name="residentPhone"
        type="tel"
        value={phone}
        maxLength={24}
        onChange={setPhone}
      />
      <TextField
        label={t('device.family')}
        hint={t('device.familyHint')}
        name="family"
        value={family}
        maxLength={60}
        onChange={setFamily}
      />
      <TextField
        label={t('device.keyHolder')}
        hint={t('device.keyHolderHint')}
        name="keyHolder"
        value={keyHolder}
        maxLength={60}
        onChange={setKeyHolder}
      />
      <TextField
        label={t('device.account')}
        hint={t('device.accountHint')}
        name="account"
        value={account}
        maxLength={16}
        onChange={setAccount}
      />
      <TextField
        label={t('device.zone')}
        hint={t('device.zoneHint')}
        name="zone"
        value={zone}
        maxLength={6}
        onChange={setZone}
      />
      <TrialPress
        account={account}
        zone={zone}
        onTake={(cameAs, pressed) => {
          setAccount(cameAs);
          setZone(pressed);
        }}
      />
      <TextField
        label={t('device.supervision')}
        hint={t('device.supervisionHint')}
        name="supervision"
        type="number"
        value={minutes}
        onChange={setMinutes}
      />
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
    </FormFrame>
  );
};
