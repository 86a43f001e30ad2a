/**
 * The log as a table that leaves the house: newest first, as a seat shows it, opened as for whoever asked, page by page off the core thread. It ends
 * with a line of the log that says who took out which part, and without that line nothing is given out.
 */
import type { JobParams } from '../../../contract/jobs.schema.ts';
import type { LogEntryView } from '../../../contract/log/log.views.ts';
import { monitoringRoom } from '../../../domain/posts/post.ts';
import { CSV_MARK, toCsv } from '../../../words/sentences/csv.ts';
import { logTableHead, logTableName, logTableRow, type LogTableAbout } from '../../../words/sentences/log-table.ts';
import { createTexts } from '../../../words/texts.ts';
import { createLanguage } from '../../../words/words.ts';
import type { JobScope, ServiceContext } from '../../core/define-feature.ts';
import { communityRows } from '../../parts/rows.ts';
import { nameOf } from './labels.ts';
import { logKey } from './log.collections.ts';

/** Lines of one page. */
const PAGE = 500;

export const createLogExport =
  ({ deps, worker, privacy, shownTo }: ServiceContext) =>
  async (scope: JobScope, params: JobParams<'exportLog'>): Promise<{ readonly fileName: string }> => {
    const { journal, logReader, clock } = deps;
    const { lang, ...filter } = params;
    const { kinds, fromMs, toMs, shiftNumber } = filter;
    const postId = filter.postId ?? (shiftNumber === null ? null : monitoringRoom);
    const community = communityRows.all(journal)[0];
    const language = createLanguage(createTexts(lang), lang, community?.timeZone ?? null);
    const headSeq = journal.lastSeq();
    const by = nameOf(scope.origin.actor, journal);
    const about: LogTableAbout = {
      community: community?.name ?? '',
      atMs: Math.floor(clock.nowMs()),
      by: by === null ? null : privacy.openText(by),
      fromMs,
      toMs,
      kinds,
      shiftNumber,
      headSeq,
      headHash: journal.hashOf(headSeq) ?? '',
    };
    await scope.write(CSV_MARK + toCsv(logTableHead(about, language)));
    let lines = 0;
    let before = headSeq + 1;
    for (let more = true; more;) {
      scope.goOn();
      const page = await logReader.page({
        beforeKey: logKey(before),
        limit: PAGE,
        kinds,
        fromMs,
        toMs,
        shiftNumber,
        postId,
      });
      scope.goOn();
      const entries = page.docs.map((doc) => shownTo(scope.standing(), 'log', doc) as LogEntryView);
      await scope.write(toCsv(entries.map((entry) => logTableRow(entry, language))));
      before = entries.at(-1)?.seq ?? 0;
      lines += entries.length;
      more = page.more;
      scope.progress(headSeq - Math.max(0, before - 1), headSeq);
    }
    scope.goOn();
    worker.commit(scope.origin, (work) => {
      const { headHash } = about;
      const body = { fromMs, toMs, kinds, shiftNumber, postId, lines, headSeq, headHash };
      work.record({ type: 'v1.LogExported', kind: 'log', entityId: scope.jobId, body });
    });
    return { fileName: `${logTableName(about, language)}.csv` };
  };
