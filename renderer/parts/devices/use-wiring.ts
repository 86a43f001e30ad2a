import { useCallback, useEffect, useState } from 'react';
import { cameraWiring, type CameraWiring } from '../../../electron/contract/messages.schema.ts';
import type { Refusal } from '../../kit/command.ts';
import { useSeat } from '../../seat/seat-context.tsx';

export type Wiring =
  | { readonly state: 'asking' }
  | { readonly state: 'named'; readonly names: CameraWiring }
  /** It could not be asked; `null`: it said something that nobody can read. */
  | { readonly state: 'silent'; readonly refusal: Refusal | null };

/** How a camera names its outputs and inputs: asked by itself for the chosen one, and once more by `askAgain`. Moves nothing. */
export const useWiring = (cameraId: string): { readonly wiring: Wiring; readonly askAgain: () => void } => {
  const { bridge } = useSeat();
  const [round, setRound] = useState(0);
  const [told, setTold] = useState<{ readonly of: string; readonly wiring: Wiring } | null>(null);
  const question = `${round} ${cameraId}`;
  useEffect(() => {
    let wanted = cameraId !== '';
    if (!wanted) return undefined;
    void bridge.query({ type: 'describeCamera', cameraId }).then((reply) => {
      // Another camera may have been chosen since.
      if (!wanted) return;
      const read = reply.ok ? cameraWiring.safeParse(reply.value) : null;
      const wiring: Wiring =
        read?.success === true
          ? { state: 'named', names: read.data }
          : { state: 'silent', refusal: reply.ok ? null : reply.refusal };
      setTold({ of: question, wiring });
    });
    return () => {
      wanted = false;
    };
  }, [bridge, cameraId, question]);
  return {
    wiring: told?.of === question ? told.wiring : { state: 'asking' },
    askAgain: useCallback(() => setRound((before) => before + 1), []),
  };
};
