import { JournalError, type JournalReader } from '../../electron/station/ports/journal.port.ts';
import type { LogQuestion, LogReader } from '../../electron/station/ports/log-reader.port.ts';
import type { JsonObject } from '../../electron/domain/kernel/json.ts';

const fits = (doc: JsonObject, { kinds, fromMs, toMs, shiftNumber, postId }: LogQuestion): boolean => {
  const { at, recordedAt, kind } = doc;
  if (kinds !== null && !(typeof kind === 'string' && kinds.includes(kind))) return false;
  if (shiftNumber !== null && doc['shiftNumber'] !== shiftNumber) return false;
  if (postId !== null && doc['postId'] !== postId) return false;
  if (typeof at !== 'number' || typeof recordedAt !== 'number') return fromMs === null && toMs === null;
  return recordedAt >= (fromMs ?? recordedAt) && at <= (toMs ?? at);
};

/** Reads the log of a journal on the same thread: the same meaning as the worker's (the conformance suite runs on both). */
export const createFakeLogReader = (journal: Pick<JournalReader, 'rowsBefore'>): LogReader => {
  let closed = false;
  return {
    page: async (question) => {
      if (closed) throw new JournalError({ kind: 'ioError', detail: 'closed' });
      const found = journal
        .rowsBefore('log', question.beforeKey, 1_000_000)
        .map(({ doc }) => doc)
        .filter((doc) => fits(doc, question));
      return { docs: found.slice(0, question.limit), more: found.length > question.limit };
    },
    close: async () => {
      closed = true;
    },
  };
};
