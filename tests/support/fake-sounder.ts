import type { SounderPort } from '../../electron/station/ports/devices.port.ts';

type SounderState = ReturnType<SounderPort['state']>;

/** A siren that nobody hears. */
export interface FakeSounder extends SounderPort {
  /** What happened, oldest first: `on`, `off`. */
  readonly calls: readonly string[];
  readonly sounding: () => boolean;
  /** The player dies for good, or the machine has none. */
  readonly breakDown: (state: 'failed' | 'missing') => void;
}

export const createFakeSounder = (first: SounderState = 'ready'): FakeSounder => {
  const listeners = new Set<(state: SounderState) => void>();
  const calls: string[] = [];
  let state = first;
  let closed = false;
  const setState = (next: SounderState): void => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
  };
  const siren = (on: boolean): void => {
    if (state === 'missing' || closed || on === (state === 'sounding')) return;
    calls.push(on ? 'on' : 'off');
    setState(on ? 'sounding' : 'ready');
  };
  return {
    calls,
    sounding: () => state === 'sounding',
    breakDown: setState,
    siren,
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      siren(false);
      closed = true;
      listeners.clear();
    },
  };
};
