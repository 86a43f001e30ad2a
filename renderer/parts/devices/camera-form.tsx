import { useState, type ReactNode } from 'react';
import type { CameraAllowance } from '../../../electron/contract/kernel/primitives.ts';
import type { CameraView } from '../../../electron/contract/views.schema.ts';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { useWords } from '../../seat/use-words.ts';
import { Allowances } from './allowances.tsx';
import { AskDevice } from './ask-device.tsx';
import { deviceAddress, isDevice, wrongStream } from './camera-address.rules.ts';
import { DeviceFinder } from './device-finder.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A camera by its stream's address, or by asking the device itself. */
export const CameraForm = ({ row, onClose, ...rest }: FormProps<CameraView>): ReactNode => {
  const { t } = useWords();
  const sender = useSender();
  const [fields, setFields] = useState({
    name: row?.name ?? '',
    place: row?.place ?? '',
    onvifAddress: row?.onvifAddress ?? '',
    mainUrl: row?.mainUrl ?? '',
    subUrl: row?.subUrl ?? '',
    username: row?.username ?? '',
    password: '',
  });
  const [allows, setAllows] = useState<ReadonlySet<CameraAllowance>>(new Set(row?.allows ?? []));
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const field = (
    name: keyof typeof fields,
    more: { readonly hint?: string; readonly type?: 'text' | 'password' } = {},
  ): ReactNode => (
    <TextField label={t(`device.${name}`)} name={name} value={fields[name]} onChange={set(name)} {...more} />
  );
  const mainWrong = wrongStream(fields.mainUrl);
  const subWrong = fields.subUrl.trim() === '' ? null : wrongStream(fields.subUrl);
  const why =
    fields.name.trim() === ''
      ? t('device.needsName')
      : fields.place.trim() === ''
        ? t('device.needsPlace')
        : mainWrong !== null
          ? t(mainWrong === 'ambiguous' ? 'device.passwordApart' : 'device.needsStream')
          : subWrong !== null
            ? t(subWrong === 'ambiguous' ? 'device.passwordApart' : 'device.subWrong')
            : fields.onvifAddress.trim() !== '' && !isDevice(fields.onvifAddress)
              ? t('device.addressWrong')
              : null;
  return (
    <FormFrame
      title={t(row === null ? 'device.addCamera' : 'device.changeCamera')}
      action="addCamera"
      removal={
        row === null
          ? null
          : {
              of: 'camera',
              action: 'removeCamera',
              send: () => sender.send('removeCamera', { cameraId: row.cameraId }),
            }
      }
      sender={sender}
      why={why}
      onClose={onClose}
      {...rest}
      save={() =>
        sender.send('addCamera', {
          cameraId: row?.cameraId ?? null,
          name: fields.name.trim(),
          place: fields.place.trim(),
          onvifAddress: orNull(deviceAddress(fields.onvifAddress)),
          mainUrl: fields.mainUrl.trim(),
          subUrl: orNull(fields.subUrl),
          username: orNull(fields.username),
          password: fields.password === '' ? null : fields.password,
          allows: [...allows],
        })
      }
    >
      <DeviceFinder
        onPick={(device) =>
          setFields((before) => ({
            ...before,
            onvifAddress: device.address,
            name: before.name === '' ? device.name.slice(0, 40) : before.name,
          }))
        }
      />
      {field('onvifAddress', { hint: t('device.addressHint', { example: '192.168.1.64' }) })}
      {field('username')}
      {field('password', {
        type: 'password',
        ...(row?.hasPassword === true ? { hint: t('device.passwordKeep') } : {}),
      })}
      <AskDevice
        address={fields.onvifAddress}
        username={fields.username}
        password={fields.password}
        onStreams={({ main, sub }) =>
          setFields((before) => ({ ...before, mainUrl: main ?? before.mainUrl, subUrl: sub ?? before.subUrl }))
        }
      />
      {field('mainUrl', { hint: t('device.mainUrlHint', { example: 'rtsp://192.168.1.64/1' }) })}
      {field('subUrl', { hint: t('device.subUrlHint', { example: 'rtsp://192.168.1.64/2' }) })}
      <Allowances row={row} allows={allows} onChange={setAllows} />
      {field('name', { hint: t('device.nameHint') })}
      {field('place', { hint: t('device.placeHint') })}
    </FormFrame>
  );
};
