/** The log's long question: filters are applied by SQLite, row by row from the newest, until the page is full. */
import type { LogLines, LogQuestion } from '../../electron/station/ports/log-reader.port.ts';
import { parseObject } from './chain.ts';
import { guarded, type Db } from './database.ts';

/** Follows the primary key backwards; `query-plans.test.ts` asks SQLite for that. */
export const logPageSql = `SELECT key, doc FROM read_models
  WHERE generation = coalesce((SELECT label FROM generations WHERE collection = 'log' AND state = 'shown'), 'log') AND key < ?
    AND (? IS NULL OR doc ->> '$.kind' IN (SELECT value FROM json_each(?)))
    AND (? IS NULL OR doc ->> '$.recordedAt' >= ?)
    AND (? IS NULL OR doc ->> '$.at' <= ?)
    AND (? IS NULL OR doc ->> '$.shiftNumber' = ?)
    AND (? IS NULL OR doc ->> '$.postId' = ?)
  ORDER BY key DESC LIMIT ?`;

/** After every key: keys of the log are figures. */
const afterAll = '~';

type Bound = readonly [string, ...(string | number | null)[]];

/** Answers pages of the log from this connection. Throws `JournalError`. */
export const createLogPages = (db: Db): ((question: LogQuestion) => LogLines) => {
  const statement = guarded(() => db.prepare<Bound[number][], { key: string; doc: string }>(logPageSql));
  return ({ beforeKey, limit, kinds, fromMs, toMs, shiftNumber, postId }) =>
    guarded(() => {
      const list = kinds === null ? null : JSON.stringify(kinds);
      const bound: Bound = [
        beforeKey ?? afterAll,
        list,
        list,
        fromMs,
        fromMs,
        toMs,
        toMs,
        shiftNumber,
        shiftNumber,
        postId,
        postId,
        limit + 1,
      ];
      const rows = statement.all(...bound);
      return {
        docs: rows.slice(0, limit).map(({ key, doc }) => parseObject(doc, `log/${key}`)),
        more: rows.length > limit,
      };
    });
};
