/** Where help receivers reach this machine: what a manager chose, what the start options say, and whether it works. */
import type { ReceiverReply } from '../../../contract/panels/panels.views.ts';
import { seconds } from '../../../domain/kernel/time.ts';
import { byStation, type Committed, type Worker } from '../../core/work.ts';
import { clearAlarm, raiseAlarm } from '../../parts/alarm-desk.ts';
import { openAlarmOf } from '../../parts/open-alarms.ts';
import { isEmpty } from '../../parts/people-rows.ts';
import type { PanelPlace } from '../../ports/devices.port.ts';
import { JournalError } from '../../ports/journal.port.ts';
import type { StationDeps } from '../../core/station-deps.ts';
import { receiverRows } from './receiver-rows.ts';

const SOURCE = 'receiver';
/** An alarm that storage did not take is tried again after this long. */
const RETRY_MS = seconds(5);
/** Until somebody has chosen, nothing but this machine itself gets in. */
const LOOP = '127.0.0.1';

export interface Receiver {
  /** Begins to listen. Resolves after the first attempt, whatever became of it. */
  readonly start: () => Promise<void>;
  readonly noteCommit: (committed: Committed) => void;
  readonly health: () => Exclude<ReceiverReply['state'], 'simulated'>;
  /** For whoever sets it up: what is chosen, what is, and what came. */
  readonly describe: () => ReceiverReply;
  readonly stop: () => void;
}

export interface ReceiverDeps extends Pick<
  StationDeps,
  'journal' | 'clock' | 'ids' | 'log' | 'panels' | 'panelOptions' | 'lastPanelPort'
> {
  readonly worker: Worker;
  /** Whether the receiver is simulated on this machine: then nothing has to be set for it. */
  readonly isSimulated: () => boolean;
}

export const createReceiver = (deps: ReceiverDeps): Receiver => {
  const { journal, clock, ids, log, worker, panels, panelOptions, lastPanelPort, isSimulated } = deps;
  let stopped = false;
  let cancelRetry = (): void => undefined;
  let unsubscribe = (): void => undefined;

  const chosen = (): PanelPlace | null => receiverRows.get(journal, SOURCE);
  const place = (): PanelPlace => panelOptions ?? chosen() ?? { host: LOOP, port: lastPanelPort, sources: [LOOP] };

  const standing = (): ReceiverReply['state'] => {
    if (panels.listening().state !== 'listening') return 'failed';
    if (isSimulated()) return 'simulated';
    if (panelOptions === null && chosen() === null) return 'notSet';
    return place().host === LOOP ? 'thisPcOnly' : 'ok';
  };

  /** The alarm follows what the receiver says of itself. */
  const tell = (): void => {
    cancelRetry();
    if (stopped || isEmpty(journal)) return;
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
      return state === 'simulated' ? 'ok' : state;
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
