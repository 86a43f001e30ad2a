import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type { PanelAccount } from '../../electron/station/ports/devices.port.ts';

/** Watches accounts for silence. */
export interface Supervision {
  /** Replaces the accounts. One that stays keeps what is known of it. */
  readonly configure: (accounts: readonly PanelAccount[]) => void;
  /** By account, upper case; one that panels write with noughts in front (`001409`) is found by what is left, where that is one alone. */
  readonly find: (account: string) => PanelAccount | undefined;
  /**
   * A readable frame of this account came. `alive` is called when it is the first since the start or since it was called silent,
   * and answers whether that could be recorded; if not, the next frame tries again. Returns that answer (true when nothing was due).
   */
  readonly heard: (account: string, alive: () => boolean) => boolean;
  readonly close: () => void;
}

interface Watched {
  account: PanelAccount;
  lastMonotonicMs: number;
  lastWallMs: number;
  state: 'new' | 'alive' | 'silent';
  cancel: () => void;
}

const withoutNoughts = (account: string): string => account.replace(/^0+/, '');

/** `onSilent` is called once per silence, with the time of the last frame (or of the configuration, when there never was one). */
export const createSupervision = (
  clock: Clock,
  onSilent: (account: string, sinceMs: number) => boolean,
): Supervision => {
  const watched = new Map<string, Watched>();

  const arm = (entry: Watched, delayMs: number): void => {
    entry.cancel();
    entry.cancel = clock.after(Math.max(1, delayMs), () => check(entry));
  };
  const check = (entry: Watched): void => {
    const left = entry.account.supervisionMs - (clock.monotonicMs() - entry.lastMonotonicMs);
    if (left > 0) return arm(entry, left);
    // A silence that could not be recorded is told again: it is an alarm.
    if (onSilent(entry.account.account, entry.lastWallMs)) entry.state = 'silent';
    else arm(entry, 5000);
  };

  return {
    configure: (accounts) => {
      const wanted = new Map(accounts.map((account) => [account.account.toUpperCase(), account]));
      for (const [key, entry] of watched) {
        if (wanted.has(key)) continue;
        entry.cancel();
        watched.delete(key);
      }
      for (const [key, account] of wanted) {
        const known = watched.get(key);
        const entry = known ?? {
          account,
          lastMonotonicMs: clock.monotonicMs(),
          lastWallMs: clock.nowMs(),
          state: 'new',
          cancel: () => undefined,
        };
        entry.account = account;
        watched.set(key, entry);
        if (entry.state !== 'silent') check(entry);
      }
    },
    find: (account) => {
      const exact = watched.get(account)?.account;
      if (exact !== undefined) return exact;
      const bare = withoutNoughts(account);
      const alike = [...watched].filter(([key]) => withoutNoughts(key) === bare);
      return alike.length === 1 && bare !== '' ? alike[0]?.[1].account : undefined;
    },
    heard: (account, alive) => {
      const entry = watched.get(account);
      if (entry === undefined) return true;
      const recorded = entry.state === 'alive' || alive();
      entry.lastMonotonicMs = clock.monotonicMs();
      entry.lastWallMs = clock.nowMs();
      if (recorded && entry.state !== 'alive') {
        entry.state = 'alive';
        arm(entry, entry.account.supervisionMs);
      }
      return recorded;
    },
    close: () => {
      for (const entry of watched.values()) entry.cancel();
      watched.clear();
    },
  };
};
