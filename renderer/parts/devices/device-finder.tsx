import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeat } from '../../seat/seat-context.tsx';
import './devices.css';

const found = z.object({
  devices: z.array(z.object({ address: z.string(), name: z.string(), hardware: z.string(), location: z.string() })),
});
export type FoundDevice = z.infer<typeof found>['devices'][number];

/** How long the network is listened to, milliseconds. */
const WAIT_MS = 4000;

/** Looks for cameras on this network, and lets one be picked. */
export const DeviceFinder = ({ onPick }: { readonly onPick: (device: FoundDevice) => void }): ReactNode => {
  const { t } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const [devices, setDevices] = useState<readonly FoundDevice[] | null>(null);
  const look = async (): Promise<void> => {
    const reply = await sender.ask(bridge.query({ type: 'discover', waitMs: WAIT_MS }));
    const read = reply.ok ? found.safeParse(reply.value) : null;
    setDevices(read?.success === true ? read.data.devices : null);
  };
  return (
    <div className="finder">
      <Button
        action="discover"
        label={t(sender.busy ? 'finder.looking' : 'finder.look')}
        hint={t('finder.hint')}
        busy={sender.busy}
        onPress={() => void look()}
      />
      <RefusalNote refusal={sender.refusal} />
      {devices !== null && devices.length === 0 && <Empty title={t('finder.none')}>{t('finder.noneNext')}</Empty>}
      {devices !== null && devices.length > 0 && (
        <ul className="found">
          {devices.map((device) => (
            <li key={device.address}>
              <Button
                action="pickDevice"
                answer={device.address}
                label={device.name === '' ? device.address : device.name}
                hint={`${device.hardware} ${device.location}`.trim()}
                onPress={() => onPick(device)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
