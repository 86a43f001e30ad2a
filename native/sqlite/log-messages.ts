import type { JournalFault } from '../../electron/station/ports/journal.port.ts';
import type { LogLines, LogQuestion } from '../../electron/station/ports/log-reader.port.ts';

/** To the worker that reads the log. */
export interface LogRequest {
  readonly id: number;
  readonly question: LogQuestion;
}

/** Back from it. */
export type LogAnswer =
  { readonly id: number; readonly lines: LogLines } | { readonly id: number; readonly fault: JournalFault };
