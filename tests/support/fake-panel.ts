import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type { PanelAccount, PanelListener, PanelPort, PanelReport } from '../../electron/station/ports/devices.port.ts';

type PanelEvent = Extract<PanelReport, { kind: 'event' }>;

/** A receiver without a socket: a test says what a panel sent, and learns what it would have been answered. */
export interface FakePanel extends PanelPort {
  readonly sendEvent: (event: Omit<PanelEvent, 'kind' | 'atMs' | 'panelAtMs'>) => 'ACK' | 'NAK';
  readonly sendAlive: (account: string) => 'ACK' | 'NAK';
}

/** Keeps the port's promises: ACK only for what every listener recorded, one `silent` per silence, `alive` at the first and after it. */
export const createFakePanel = (clock: Clock): FakePanel => {
  const listeners = new Set<PanelListener>();
  const accounts = new Map<
    string,
    { readonly limitMs: number; state: 'new' | 'alive' | 'silent'; lastMs: number; cancel: () => void }
  >();

  const report = (report: PanelReport): boolean =>
    listeners.size > 0 && [...listeners].map((tell) => tell(report)).every((answer) => answer === 'committed');
  const heard = (account: string): boolean => {
    const entry = accounts.get(account);
    if (entry === undefined) {
      report({ kind: 'unrecognised', detail: `unknown account ${account}`, atMs: clock.nowMs() });
      return false;
    }
    if (entry.state !== 'alive' && !report({ kind: 'alive', account, atMs: clock.nowMs() })) return false;
    entry.state = 'alive';
    entry.lastMs = clock.nowMs();
    watch(account);
    return true;
  };
  const watch = (account: string): void => {
    const entry = accounts.get(account);
    if (entry === undefined) return;
    entry.cancel();
    entry.cancel = clock.after(entry.limitMs, () => {
      entry.state = 'silent';
      report({ kind: 'silent', account, sinceMs: entry.lastMs });
    });
  };

  return {
    configure: (wanted: readonly PanelAccount[]) => {
      for (const entry of accounts.values()) entry.cancel();
      accounts.clear();
      for (const { account, supervisionMs } of wanted) {
        accounts.set(account, { limitMs: supervisionMs, state: 'new', lastMs: clock.nowMs(), cancel: () => undefined });
        watch(account);
      }
    },
    onReport: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    port: () => 1,
    close: async () => {
      for (const entry of accounts.values()) entry.cancel();
      listeners.clear();
    },
    sendAlive: (account) => (heard(account) ? 'ACK' : 'NAK'),
    sendEvent: (event) =>
      heard(event.account) && report({ kind: 'event', ...event, atMs: clock.nowMs(), panelAtMs: null }) ? 'ACK' : 'NAK',
  };
};
