import { useEffect, useState } from 'react';
import { jobTicketView } from '../../../electron/contract/messages.schema.ts';
import { useSender, type Refusal } from '../../kit/command.ts';
import { logGroups, type LogFilter } from '../../parts/log/log-filter.rules.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { saveFile } from './save-file.ts';

export interface LogExport {
  /** Asks the station for the table of these lines, and saves it when it is ready. */
  readonly start: (filter: LogFilter, lang: string) => Promise<void>;
  readonly stop: () => void;
  /** The station has not answered yet, or makes it. */
  readonly busy: boolean;
  /** How far it is, 0 to 100; `null` while none is made. */
  readonly percent: number | null;
  readonly refusal: Refusal | null;
  /** The name of the file that was saved last, or that it could not be made. */
  readonly outcome: { readonly saved: string } | 'failed' | null;
}

export const useLogExport = (): LogExport => {
  const { bridge, fetchResult } = useSeat();
  const sender = useSender();
  const [jobId, setJobId] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<LogExport['outcome']>(null);
  const state = useSeatState((seat) => (jobId === null ? null : (seat.tables.jobs.get(jobId)?.state ?? null)));
  const running = useSeatState((seat) => seat.health?.jobsRunning.find((job) => job.jobId === jobId) ?? null);
  const { ask } = sender;
  useEffect(() => {
    if (jobId === null || state === null || state === 'running') return;
    const take = async (): Promise<LogExport['outcome']> => {
      if (state !== 'done') return state === 'cancelled' ? null : 'failed';
      const reply = await ask(bridge.query({ type: 'jobTicket', jobId }));
      if (!reply.ok) return null;
      const { ticket, name } = jobTicketView.parse(reply.value);
      const file = await fetchResult(ticket);
      if (file === null) return 'failed';
      saveFile(name, file);
      return { saved: name };
    };
    void take().then((became) => {
      setJobId(null);
      setOutcome(became);
    });
  }, [ask, bridge, fetchResult, jobId, state]);
  return {
    start: async ({ group, shift, fromMs, toMs }, lang) => {
      setOutcome(null);
      const kinds = logGroups[group];
      const answer = await sender.send('startJob', {
        job: 'exportLog',
        params: {
          lang: lang === 'en' ? 'en' : 'zh-CN',
          kinds: kinds === null ? null : [...kinds],
          fromMs,
          toMs,
          shiftNumber: shift,
        },
      });
      if (answer.ok && typeof answer.value['jobId'] === 'string') setJobId(answer.value['jobId']);
    },
    stop: () => {
      if (jobId !== null) void sender.send('cancelJob', { jobId });
    },
    busy: sender.busy || jobId !== null,
    percent: jobId === null ? null : Math.floor(((running?.done ?? 0) / Math.max(1, running?.of ?? 1)) * 100),
    refusal: sender.refusal,
    outcome,
  };
};
