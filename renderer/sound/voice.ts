/** Several windows of one seat are open: one of them is heard. */
export interface Voice {
  /** Whether this window can be heard at all, and so wants to be the one. */
  readonly want: (wanted: boolean) => void;
  /** This window is the one, or nobody can tell which is. */
  readonly isOurs: () => boolean;
}

const NAME = 'guardroom.voice';

/** The browser's lock is the voice: whoever holds it sounds, and it goes on to the next window when this one is closed or falls silent. */
export const createVoice = (locks: Pick<LockManager, 'request'> | undefined): Voice => {
  let held = false;
  let asking: AbortController | null = null;
  let letGo = (): void => undefined;
  return {
    want: (wanted) => {
      if (locks === undefined || wanted === (asking !== null)) return;
      if (!wanted) {
        asking?.abort();
        asking = null;
        letGo();
        return;
      }
      const mine = new AbortController();
      asking = mine;
      const hold = async (): Promise<void> => {
        if (mine.signal.aborted) return;
        held = true;
        await new Promise<void>((resolve) => {
          letGo = resolve;
        });
        held = false;
      };
      locks.request(NAME, { signal: mine.signal }, hold).catch(() => {
        // Given up while another window still has it.
        held = false;
      });
    },
    isOurs: () => locks === undefined || held,
  };
};
