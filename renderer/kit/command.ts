import { useCallback, useState } from 'react';
import type { Answer, CommandOf, CommandType } from '../../electron/contract/commands.schema.ts';
import type { Refused, Replied } from '../bridge/waiting.ts';
import { useSeat } from '../seat/seat-context.tsx';

export type Refusal = Refused['refusal'];

export interface Sender {
  /** Sends a command and keeps its refusal for the screen to say. */
  readonly send: <T extends CommandType>(
    type: T,
    body: Omit<CommandOf<T>, 'type' | 'id' | 'occurredAt'>,
  ) => Promise<Answer>;
  /** Waits for any other reply of the station in the same way. */
  readonly ask: (asking: Promise<Replied>) => Promise<Replied>;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly clear: () => void;
}

/** One form's or one card's line to the station: busy while it waits, and the refusal of the newest attempt. */
export const useSender = (): Sender => {
  const { bridge } = useSeat();
  const [waiting, setWaiting] = useState(0);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const follow = useCallback(async <R extends { readonly ok: true } | Refused>(asking: Promise<R>): Promise<R> => {
    setWaiting((count) => count + 1);
    setRefusal(null);
    const answer = await asking;
    setWaiting((count) => count - 1);
    if (!answer.ok) setRefusal(answer.refusal);
    return answer;
  }, []);
  return {
    send: useCallback<Sender['send']>(
      (type, body) => follow<Answer & ({ ok: true } | Refused)>(bridge.command(type, body)),
      [bridge, follow],
    ),
    ask: follow,
    busy: waiting > 0,
    refusal,
    clear: () => setRefusal(null),
  };
};
