import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import type { PostId } from '../../../electron/domain/posts/post.ts';

/** What is asked of the log. `group` stands for several kinds of entries. */
export interface LogFilter {
  readonly group: LogGroup;
  /** One shift of a post, by its number; `null`: all of them. */
  readonly shift: { readonly postId: PostId; readonly number: number } | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export const logGroups = {
  all: null,
  alarms: ['alarm', 'incident'],
  gate: ['barrier'],
  visitors: ['visit'],
  duty: ['shift', 'rosterEntry', 'note', 'session'],
  cameras: ['camera'],
  setup: ['community', 'person', 'seat', 'cameraConfig', 'barrierConfig', 'helpPoint', 'contact', 'station'],
} as const satisfies Record<string, readonly string[] | null>;
export type LogGroup = keyof typeof logGroups;

export const everything: LogFilter = { group: 'all', shift: null, fromMs: null, toMs: null };

/** Whether a line belongs to what was asked: what happened or was written down in the time, so that nothing said later is missed. */
export const matches = (entry: LogEntryView, { group, shift, fromMs, toMs }: LogFilter): boolean => {
  const kinds: readonly string[] | null = logGroups[group];
  return (
    (kinds === null || kinds.includes(entry.kind)) &&
    (shift === null || (entry.postId === shift.postId && entry.shiftNumber === shift.number)) &&
    (fromMs === null || entry.recordedAt >= fromMs) &&
    (toMs === null || entry.at <= toMs)
  );
};

/** Lines by sequence number, newest first, each once. */
export const merged = (...lists: readonly (readonly LogEntryView[])[]): LogEntryView[] =>
  [...new Map(lists.flat().map((entry) => [entry.seq, entry])).values()].toSorted((a, b) => b.seq - a.seq);
