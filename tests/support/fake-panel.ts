import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type {
  PanelAccount,
  PanelFrameSeen,
  PanelListener,
  PanelListening,
  PanelPlace,
  PanelPort,
  PanelReport,
} from '../../electron/station/ports/devices.port.ts';

type PanelEvent = Extract<PanelReport, { kind: 'event' }>;

/** A receiver without a socket: a test says what a panel sent, and learns what it would have been answered. */
export interface FakePanel extends PanelPort {
  /** `number` is a zone unless it is said. */
  readonly sendEvent: (
    event: Omit<PanelEvent, 'kind' | 'atMs' | 'panelAtMs' | 'number'> & Partial<Pick<PanelEvent, 'number'>>,
  ) => 'ACK' | 'NAK';
  /** Anything else that a receiver reports. */
  readonly tell: (report: PanelReport) => 'ACK' | 'NAK';
  /** What `listen` was last asked for. */
  readonly place: () => PanelPlace | null;
  /** From now on every place fails like this, or none; one that is listened to already as well. */
  readonly failPlaces: (fault: Extract<PanelListening, { state: 'failed' }>['fault'] | null) => void;
  readonly sendAlive: (account: string) => 'ACK' | 'NAK';
}

/** Keeps the port's promises: ACK only for what every listener recorded, one `silent` per silence, `alive` at the first and after it. */
export const createFakePanel = (clock: Clock): FakePanel => {
  const listeners = new Set<PanelListener>();
  const accounts = new Map<
    string,
    { readonly limitMs: number; state: 'new' | 'alive' | 'silent'; lastMs: number; cancel: () => void }
  >();

  const hearers = new Set<(state: PanelListening) => void>();
  const frames: PanelFrameSeen[] = [];
  let state: PanelListening = { state: 'off' };
  let place: PanelPlace | null = null;
  let fault: Extract<PanelListening, { state: 'failed' }>['fault'] | null = null;

  const settle = (): void => {
    if (place === null) return;
    const { host, port } = place;
    state =
      fault === null ? { state: 'listening', host, port: port === 0 ? 40_001 : port } : { state: 'failed', fault };
    for (const hearer of hearers) hearer(state);
  };
  const remember = (
    account: string,
    readAs: PanelFrameSeen['readAs'],
    meaning: PanelFrameSeen['meaning'],
    zone: string,
  ): void => {
    frames.unshift({ atMs: clock.nowMs(), source: '192.0.2.50', account, readAs, meaning, zone });
    frames.length = Math.min(frames.length, 8);
  };

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
    port: () => (state.state === 'listening' ? state.port : 0),
    listen: async (wanted) => {
      place = wanted;
      settle();
      return state;
    },
    listening: () => state,
    onListening: (hearer) => {
      hearers.add(hearer);
      return () => hearers.delete(hearer);
    },
    seen: () => [...frames],
    addresses: () => [{ address: '192.0.2.77', name: 'eth0' }],
    place: () => place,
    failPlaces: (wanted) => {
      fault = wanted;
      settle();
    },
    tell: (told) => (report(told) ? 'ACK' : 'NAK'),
    close: async () => {
      for (const entry of accounts.values()) entry.cancel();
      listeners.clear();
    },
    sendAlive: (account) => {
      remember(account, 'alive', null, '');
      return heard(account) ? 'ACK' : 'NAK';
    },
    sendEvent: (event) => {
      remember(event.account, 'event', event.meaning, event.zone);
      const told = { kind: 'event', number: 'zone', ...event, atMs: clock.nowMs(), panelAtMs: null } as const;
      return heard(event.account) && report(told) ? 'ACK' : 'NAK';
    },
  };
};
