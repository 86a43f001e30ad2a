import { JournalError, type JournalReader } from '../../electron/station/ports/journal.port.ts';
import { PageCancelledError, type Page, type PageReader } from '../../electron/station/ports/query.port.ts';

/** Reads pages of a journal on the same thread, a turn later: the same meaning as the worker's (the conformance suite runs on both). */
export const createFakePageReader = (journal: Pick<JournalReader, 'page'>): PageReader => {
  let closed = false;
  return {
    ask: (question) => {
      let cancelled = false;
      let over = false;
      const answered = async (): Promise<Page> => {
        if (closed) throw new JournalError({ kind: 'ioError', detail: 'closed' });
        await Promise.resolve();
        if (cancelled) throw new PageCancelledError();
        over = true;
        return journal.page(question);
      };
      return {
        page: answered(),
        cancel: () => {
          cancelled = !over;
        },
      };
    },
    close: async () => {
      closed = true;
    },
  };
};
