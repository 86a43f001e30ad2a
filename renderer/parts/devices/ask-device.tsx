import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useSeat } from '../../seat/seat-context.tsx';
import { useWords } from '../../seat/use-words.ts';
import { deviceAddress, isDevice } from './camera-address.rules.ts';

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

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Asks the device itself for its streams, and says what else it has and what it lacks. */
export const AskDevice = ({
  address,
  username,
  password,
  onStreams,
}: {
  readonly address: string;
  readonly username: string;
  readonly password: string;
  /** The largest of its streams and the smallest of the others. */
  readonly onStreams: (streams: { readonly main: string | undefined; readonly sub: string | undefined }) => void;
}): ReactNode => {
  const { t } = useWords();
  const { bridge } = useSeat();
  const asking = useSender();
  const [relays, setRelays] = useState<readonly string[]>([]);
  const [leftOut, setLeftOut] = useState<readonly { readonly name: string; readonly why: string }[]>([]);
  const describe = async (): Promise<void> => {
    const reply = await asking.ask(
      bridge.query({
        type: 'describeDevice',
        address: deviceAddress(address),
        username: orNull(username),
        password: orNull(password),
      }),
    );
    const read = reply.ok ? described.safeParse(reply.value) : null;
    if (read?.success !== true) return;
    setLeftOut(read.data.leftOut);
    setRelays(read.data.relayTokens);
    const [main, ...others] = read.data.profiles;
    onStreams({ main: main?.streamUrl, sub: others.toSorted((a, b) => a.width - b.width)[0]?.streamUrl });
  };
  return (
    <div className="form-wide">
      <Button
        action="describeDevice"
        label={t('device.ask')}
        hint={t('device.askHint')}
        busy={asking.busy}
        why={isDevice(address) ? null : t('device.askWhy')}
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
  );
};
