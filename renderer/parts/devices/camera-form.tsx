import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { cameraAllowance, type CameraAllowance } from '../../../electron/contract/kernel/primitives.ts';
import { parseStreamAddress } from '../../../electron/contract/kernel/stream-address.ts';
import type { CameraView } from '../../../electron/contract/views.schema.ts';
import { faultsOfAllowances } from '../../../electron/domain/cameras/camera.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeat } from '../../seat/seat-context.tsx';
import { DeviceFinder } from './device-finder.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';

const described = z.object({
  profiles: z.array(
    z.object({
      token: z.string(),
      name: z.string(),
      encoding: z.string(),
      width: z.number(),
      height: z.number(),
      streamUrl: z.string(),
    }),
  ),
  /** Streams that the device has and that could not be read. */
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
  relayTokens: z.array(z.string()),
});
const DEVICE = /^https?:\/\/[^\s/]+(\/\S*)?$/;
/** An address as people write it: `192.168.1.64` and `192.168.1.64:8080` are the device's service there (ONVIF Core 5.2). */
const deviceAddress = (text: string): string => {
  const bare = /^([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?(\/\S*)?$/.exec(text.trim());
  if (bare === null) return text.trim();
  const [, host = '', port = '', path = '/onvif/device_service'] = bare;
  return `http://${host}${port}${path === '/' ? '/onvif/device_service' : path}`;
};
/** What is wrong with a stream's address, or `null`. */
const wrongStream = (text: string): 'badUrl' | 'ambiguous' | null => {
  const read = parseStreamAddress(text);
  return read.ok ? null : read.error.kind;
};
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A camera by its stream's address, or by asking the device itself. */
export const CameraForm = ({ row, onClose, ...rest }: FormProps<CameraView>): ReactNode => {
  const { t } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const asking = useSender();
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
  // Shown where the camera asks for it, or has it: nobody is offered to be less safe without need.
  const offered = cameraAllowance.options.filter(
    (one) => allows.has(one) || row?.allows?.includes(one) === true || row?.fault === faultsOfAllowances[one],
  );
  const toggle = (one: CameraAllowance): void =>
    setAllows((before) => new Set(before.has(one) ? [...before].filter((other) => other !== one) : [...before, one]));
  const [relays, setRelays] = useState<readonly string[]>([]);
  const [leftOut, setLeftOut] = useState<readonly { readonly name: string; readonly why: string }[]>([]);
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
            : fields.onvifAddress.trim() !== '' && !DEVICE.test(deviceAddress(fields.onvifAddress))
              ? t('device.addressWrong')
              : null;
  const describe = async (): Promise<void> => {
    const reply = await asking.ask(
      bridge.query({
        type: 'describeDevice',
        address: deviceAddress(fields.onvifAddress),
        username: orNull(fields.username),
        password: orNull(fields.password),
      }),
    );
    const read = reply.ok ? described.safeParse(reply.value) : null;
    if (read?.success !== true) return;
    setLeftOut(read.data.leftOut);
    setRelays(read.data.relayTokens);
    const [main, ...others] = read.data.profiles;
    const smallest = others.toSorted((a, b) => a.width - b.width)[0];
    setFields((before) => ({
      ...before,
      mainUrl: main?.streamUrl ?? before.mainUrl,
      subUrl: smallest?.streamUrl ?? before.subUrl,
    }));
  };
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
      <div className="form-wide">
        <Button
          action="describeDevice"
          label={t('device.ask')}
          hint={t('device.askHint')}
          busy={asking.busy}
          why={DEVICE.test(deviceAddress(fields.onvifAddress)) ? null : t('device.askWhy')}
          onPress={() => void describe()}
        />
        <RefusalNote refusal={asking.refusal} />
        {relays.length > 0 && <p className="notice">{t('device.relaysFound', { names: relays.join(', ') })}</p>}
        {leftOut.length > 0 && (
          <p className="notice" data-left-out={leftOut.length}>
            {t(leftOut.some(({ why }) => why === 'noEncoder') ? 'device.leftOutNoEncoder' : 'device.leftOut', {
              names: leftOut.map(({ name }) => name).join(', '),
            })}
          </p>
        )}
      </div>
      {field('mainUrl', { hint: t('device.mainUrlHint', { example: 'rtsp://192.168.1.64/1' }) })}
      {field('subUrl', { hint: t('device.subUrlHint', { example: 'rtsp://192.168.1.64/2' }) })}
      {offered.length > 0 && (
        <fieldset className="form-wide choice">
          <legend>{t('device.allows')}</legend>
          <div className="choice-options">
            {offered.map((one) => (
              <label key={one} className="choice-option" data-allows={one}>
                <input type="checkbox" checked={allows.has(one)} onChange={() => toggle(one)} />
                {t(`device.allow.${one}`)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {field('name', { hint: t('device.nameHint') })}
      {field('place', { hint: t('device.placeHint') })}
    </FormFrame>
  );
};
