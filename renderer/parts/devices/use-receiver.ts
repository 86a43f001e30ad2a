import { useEffect, useState } from 'react';
import { receiverReply, type ReceiverReply } from '../../../electron/contract/messages.schema.ts';
import { useWhyNot } from '../../kit/permission.ts';
import { useSeat } from '../../seat/seat-context.tsx';

/** So often the station is asked what has come while somebody sets a receiver up, milliseconds. */
const ASK_MS = 1500;

/** Where help receivers reach the station's computer and what came there, kept fresh; `null` before the first answer and for who may not see it. */
export const useReceiver = (): ReceiverReply | null => {
  const { bridge } = useSeat();
  const allowed = useWhyNot()('receiver') === null;
  const [reply, setReply] = useState<ReceiverReply | null>(null);
  useEffect(() => {
    if (!allowed) return undefined;
    let gone = false;
    const ask = async (): Promise<void> => {
      const answer = await bridge.query({ type: 'receiver' });
      const read = answer.ok ? receiverReply.safeParse(answer.value) : null;
      if (!gone && read?.success === true) setReply(read.data);
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [bridge, allowed]);
  return allowed ? reply : null;
};
