import { useState, type ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { openLimit } from '../../../electron/domain/barriers/arm.rules.ts';
import { useSender } from '../../kit/command.ts';
import { Select, TextField } from '../../kit/field.tsx';
import { useWords } from '../../seat/use-words.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';
import { useWiring } from './use-wiring.ts';
import { WiringField, WiringNote } from './wiring-field.tsx';

const MINUTE_MS = 60_000;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A gate whose arm is driven by the relays of a camera. */
export const BarrierForm = ({ row, onClose, ...rest }: FormProps<BarrierView>): ReactNode => {
  const { t, camera } = useWords();
  const sender = useSender();
  const table = useSeatState((state) => state.tables.cameras);
  const cameras = sorted<'cameras'>(table, (one) => one.number).filter((one) => one.onvifAddress !== null);
  const [name, setName] = useState(row?.name ?? '');
  const [cameraId, setCameraId] = useState(row?.cameraId ?? cameras[0]?.cameraId ?? '');
  const { wiring, askAgain } = useWiring(cameraId);
  const [openRelay, setOpenRelay] = useState(row?.openRelay ?? '');
  const [closeRelay, setCloseRelay] = useState(row?.closeRelay ?? '');
  const [openInput, setOpenInput] = useState(row?.openInput ?? '');
  const [closedInput, setClosedInput] = useState(row?.closedInput ?? '');
  const [travelSeconds, setTravelSeconds] = useState(String((row?.travelMs ?? 3000) / 1000));
  const [openMinutes, setOpenMinutes] = useState(String((row?.openLimitMs ?? openLimit.usualMs) / MINUTE_MS));
  const openLimitMs = Math.round(Number(openMinutes) * MINUTE_MS);
  const travelMs = Math.round(Number(travelSeconds) * 1000);
  const why =
    name.trim() === ''
      ? t('device.needsName')
      : cameraId === ''
        ? t('device.needsCamera')
        : openRelay.trim() === '' || closeRelay.trim() === ''
          ? t('device.needsRelays')
          : travelMs < 500 || travelMs > 60_000
            ? t('device.travelWrong')
            : openLimitMs >= openLimit.leastMs && openLimitMs <= openLimit.mostMs
              ? null
              : t('device.openLimitWrong');
  return (
    <FormFrame
      title={t(row === null ? 'device.addGate' : 'device.changeGate')}
      action="addBarrier"
      removal={
        row === null
          ? null
          : {
              of: 'barrier',
              action: 'removeBarrier',
              send: () => sender.send('removeBarrier', { barrierId: row.barrierId }),
            }
      }
      sender={sender}
      why={why}
      onClose={onClose}
      {...rest}
      save={() =>
        sender.send('addBarrier', {
          barrierId: row?.barrierId ?? null,
          name: name.trim(),
          cameraId,
          openRelay: openRelay.trim(),
          closeRelay: closeRelay.trim(),
          openInput: orNull(openInput),
          closedInput: orNull(closedInput),
          travelMs,
          openLimitMs,
        })
      }
    >
      <TextField label={t('device.gateName')} name="name" value={name} maxLength={40} onChange={setName} />
      <Select
        label={t('device.gateCamera')}
        hint={t('device.gateCameraHint')}
        name="cameraId"
        value={cameraId}
        onChange={setCameraId}
        options={cameras.map((one) => ({ value: one.cameraId, label: camera(one.cameraId) }))}
      />
      {cameraId !== '' && <WiringNote wiring={wiring} onAskAgain={askAgain} />}
      <div className="form-wide wiring-pair">
        <WiringField name="openRelay" value={openRelay} other={closeRelay} wiring={wiring} onChange={setOpenRelay} />
        <WiringField name="closeRelay" value={closeRelay} other={openRelay} wiring={wiring} onChange={setCloseRelay} />
      </div>
      <div className="form-wide wiring-pair">
        <WiringField name="openInput" value={openInput} other={closedInput} wiring={wiring} onChange={setOpenInput} />
        <WiringField
          name="closedInput"
          value={closedInput}
          other={openInput}
          wiring={wiring}
          onChange={setClosedInput}
        />
      </div>
      <TextField
        label={t('device.travel')}
        hint={t('device.travelHint')}
        name="travel"
        type="number"
        value={travelSeconds}
        onChange={setTravelSeconds}
      />
      <TextField
        label={t('device.openLimit')}
        hint={t('device.openLimitHint')}
        name="openLimit"
        type="number"
        value={openMinutes}
        onChange={setOpenMinutes}
      />
    </FormFrame>
  );
};
