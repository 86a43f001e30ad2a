import { useState, type ReactNode } from 'react';
import type { HelpPointView } from '../../../electron/contract/views.schema.ts';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { useWords } from '../../kit/use-words.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';

const MINUTE_MS = 60_000;

/** A help button: where it is, whose it is, how its receiver reports it, and which cameras show the place. */
export const HelpPointForm = ({ row, onClose, ...rest }: FormProps<HelpPointView>): ReactNode => {
  const { t, camera } = useWords();
  const sender = useSender();
  const cameras = useSeatState((state) => state.tables.cameras);
  const [place, setPlace] = useState(row?.place ?? '');
  const [resident, setResident] = useState(row?.residentName ?? '');
  const [account, setAccount] = useState(row?.account ?? '');
  const [zone, setZone] = useState(row?.zone ?? '1');
  const [minutes, setMinutes] = useState(String((row?.supervisionMs ?? 5 * MINUTE_MS) / MINUTE_MS));
  const [cameraIds, setCameraIds] = useState<ReadonlySet<string>>(new Set(row?.cameraIds));
  const supervisionMs = Math.round(Number(minutes) * MINUTE_MS);
  const why =
    place.trim() === ''
      ? t('device.needsPlace')
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
      sender={sender}
      why={why}
      onClose={onClose}
      {...rest}
      save={() =>
        sender.send('addHelpPoint', {
          helpPointId: row?.helpPointId ?? null,
          place: place.trim(),
          residentName: resident.trim() === '' ? null : resident.trim(),
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
