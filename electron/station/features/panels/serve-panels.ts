/** Panels while the station runs: where they reach it, whose silence is waited for, and what they report. */
import type { panels } from '../../../contract/panels/panels.contract.ts';
import { ok } from '../../../domain/kernel/result.ts';
import type { Service, ServiceContext } from '../../core/define-feature.ts';
import { helpPointRows } from '../../parts/rows.ts';
import type { PanelAccount } from '../../ports/devices.port.ts';
import { createObservations } from './observations.ts';
import { createReceiver } from './receiver.ts';

export const servePanels = ({
  deps,
  worker,
  isSimulated,
}: ServiceContext): Service<typeof panels> & Required<Pick<Service<typeof panels>, 'asks' | 'health'>> => {
  const { journal, panels: port } = deps;
  const receiver = createReceiver({ ...deps, worker, isSimulated: () => isSimulated('receiver') });
  const observations = createObservations({ ...deps, worker });
  let unsubscribe = (): void => undefined;

  /** One account may report for many help points: the shortest silence that one of them allows counts. */
  const accounts = (): readonly PanelAccount[] => {
    const shortest = new Map<string, number>();
    for (const { account, supervisionMs } of helpPointRows.all(journal))
      shortest.set(account, Math.min(supervisionMs, shortest.get(account) ?? supervisionMs));
    return [...shortest].map(([account, supervisionMs]) => ({ account, supervisionMs, lenient: false }));
  };

  return {
    asks: { receiver: async () => ok(receiver.describe()) },
    health: () => ({ receiver: receiver.health() }),
    start: async () => {
      unsubscribe = port.onReport(observations.panel);
      port.configure(accounts());
      await receiver.start();
    },
    noteCommit: (committed) => {
      if (committed.facts.some(({ kind }) => kind === 'helpPoint')) port.configure(accounts());
      receiver.noteCommit(committed);
    },
    stop: () => {
      unsubscribe();
      receiver.stop();
      observations.stop();
    },
  };
};
