import { useEffect, useMemo, useState } from 'react';
import { logPage } from '../../../electron/contract/messages.schema.ts';
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import type { PostId } from '../../../electron/domain/posts/post.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { sentenceName } from '../../../electron/words/sentences/sentence-name.ts';

/** Who took over which shift, and when, UTC milliseconds. */
export interface ShiftStart {
  readonly shiftNumber: number;
  /** As they were called then; `null` where that may not be seen. */
  readonly name: string | null;
  readonly at: number;
}

/** Lines about shifts that are asked for at once: some weeks of them. */
const LINES = 200;

/** The takeovers of a post among these lines, newest first. */
export const shiftStarts = (entries: readonly LogEntryView[], post: PostId): ShiftStart[] => {
  const starts = entries.flatMap(({ type, postId, shiftNumber, labels, recordedAt }) => {
    return sentenceName(type) === 'ShiftTakenOver' && postId === post && shiftNumber !== null
      ? [[shiftNumber, { shiftNumber, name: labels['responsible']?.name ?? null, at: recordedAt }] as const]
      : [];
  });
  return [...new Map(starts).values()].toSorted((a, b) => b.shiftNumber - a.shiftNumber);
};

/** A post's shifts of the last weeks, newest first, so that one can be chosen by who had it and when. */
export const useShiftStarts = (post: PostId): readonly ShiftStart[] => {
  const { bridge } = useSeat();
  const live = useSeatState((state) => state.tables.log);
  const [older, setOlder] = useState<readonly LogEntryView[]>([]);
  useEffect(() => {
    let wanted = true;
    const query = { type: 'log', beforeSeq: null, limit: LINES, kinds: ['shift'] } as const;
    void bridge
      .query({ ...query, kinds: [...query.kinds], fromMs: null, toMs: null, shiftNumber: null })
      .then((reply) => {
        const read = reply.ok ? logPage.safeParse(reply.value).data : undefined;
        if (wanted && read !== undefined) setOlder(read.entries);
      });
    return () => {
      wanted = false;
    };
  }, [bridge]);
  return useMemo(() => shiftStarts([...older, ...live.values()], post), [older, live, post]);
};
