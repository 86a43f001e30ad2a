/** Where help receivers reach this machine: what a manager chose, what the start options say, and whether it works. */
import type { ReceiverReply, StationHealth } from '../contract/messages.schema.ts';
import { seconds } from '../domain/kernel/time.ts';
import { clearAlarm, raiseAlarm } from './alarm-desk.ts';
import { numberOf, textOf, textsOf } from './docs.ts';
import { openAlarmOf } from './open-alarms.ts';
import type { Clock, Ids, Log } from './ports/clock.port.ts';
import type { PanelPlace, PanelPort } from './ports/devices.port.ts';
import { JournalError, type Journal } from './ports/journal.port.ts';
import { byStation, type Committed, type Worker } from './work.ts';

const SOURCE = 'receiver';
/** An alarm that storage did not take is tried again after this long. */
const RETRY_MS = seconds(5);
/** Until somebody has chosen, nothing but this machine itself gets in. */
const LOOP = '127.0.0.1';

export interface Receiver {
  /** Begins to listen. Resolves after the first attempt, whatever became of it. */
  readonly start: () => Promise<void>;
  readonly noteCommit: (committed: Committed) => void;
  readonly health: () => StationHealth['receiver'];
  /** For whoever sets it up: what is chosen, what is, and what came. */
  readonly describe: () => ReceiverReply;
  readonly stop: () => void;
}

export interface ReceiverDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly worker: Worker;
  readonly panels: PanelPort;
  /** The place that the start options name: it wins over what a manager chose, for this run. `null`: they name none. */
  readonly panelOptions: PanelPlace | null;
  /** The port of the last run, for as long as nobody has chosen one; 0 lets the system choose. */
  readonly lastPanelPort: number;
}

export const createReceiver = (deps: ReceiverDeps): Receiver => {
  const { journal, clock, ids, log, worker, panels, panelOptions, lastPanelPort } = deps;
  let stopped = false;
  let cancelRetry = (): void => undefined;
  let unsubscribe = (): void => undefined;

  const chosen = (): PanelPlace | null => {
    const row = journal.row('receiver', SOURCE);
    const host = textOf(row, 'host');
    return host === null ? null : { host, port: numberOf(row, 'port') ?? 0, sources: textsOf(row, 'sources') };
  };
  const place = (): PanelPlace => panelOptions ?? chosen() ?? { host: LOOP, port: lastPanelPort, sources: [LOOP] };

  const standing = (): ReceiverReply['state'] => {
    if (panels.listening().state !== 'listening') return 'failed';
    // The demo's receiver is on this machine, and nothing has to be set for it.
    if (journal.row('community', 'community')?.['demo'] === true) return 'demo';
    if (panelOptions === null && chosen() === null) return 'notSet';
    return place().host === LOOP ? 'thisPcOnly' : 'ok';
  };

  /** The alarm follows what the receiver says of itself. */
  const tell = (): void => {
    cancelRetry();
    if (stopped || journal.row('community', 'community') === null) return;
    const listening = panels.listening();
    const open = openAlarmOf(journal, 'receiverUnreachable', SOURCE) !== null;
    try {
      if (listening.state === 'failed' && !open)
        worker.commit(byStation, (work) =>
          raiseAlarm(work, ids, {
            cause: 'receiverUnreachable',
            priority: 'high',
            sourceId: SOURCE,
            details: [listening.fault],
          }),
        );
      if (listening.state === 'listening' && open)
        worker.commit(byStation, (work) => clearAlarm(work, 'receiverUnreachable', SOURCE));
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      cancelRetry = clock.after(RETRY_MS, tell);
    }
  };

  const listen = async (): Promise<void> => {
    const state = await panels.listen(place());
    if (state.state === 'failed') log.warn('help receivers cannot reach this machine', { fault: state.fault });
  };

  return {
    start: async () => {
      unsubscribe = panels.onListening(tell);
      await listen();
      tell();
    },
    noteCommit: ({ facts }) => {
      if (facts.some(({ type }) => type === 'v1.ReceiverSet') && panelOptions === null)
        listen().catch((error: unknown) =>
          log.error('the panel receiver did not move', { problem: error instanceof Error ? error.name : 'unknown' }),
        );
      if (facts.some(({ type }) => type === 'v1.CommunityEstablished')) tell();
    },
    health: () => {
      const state = standing();
      return state === 'demo' ? 'ok' : state;
    },
    describe: () => {
      const there = chosen();
      return {
        state: standing(),
        chosen: there === null ? null : { ...there, sources: [...there.sources] },
        options: panelOptions === null ? null : { ...panelOptions, sources: [...panelOptions.sources] },
        listening: { ...panels.listening() },
        addresses: panels.addresses().map(({ address, name }) => ({ address, name })),
        seen: panels.seen().map(({ atMs, source, account, readAs, meaning, zone }) => ({
          atMs,
          source,
          account,
          readAs,
          meaning,
          zone,
        })),
      };
    },
    stop: () => {
      stopped = true;
      cancelRetry();
      unsubscribe();
    },
  };
};
