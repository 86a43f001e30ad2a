/** What seats ask without changing anything. */
import type { Query } from '../contract/messages.schema.ts';
import { mayDo, type Role } from '../domain/access/access.rules.ts';
import type { Action } from '../domain/access/actions.ts';
import { err, ok, type Result } from '../domain/kernel/result.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import type { Refusal } from '../domain/kernel/machine.ts';
import type { Condition } from './condition.ts';
import { refusalOf } from './commands/handler.ts';
import { numberOf, textOf } from './docs.ts';
import type { RowView } from './feeds/row-view.ts';
import { levelOf } from './feeds/visibility.ts';
import type { Clock } from './ports/clock.port.ts';
import type { FoundDevice, OnvifPort, OnvifProfile } from './ports/devices.port.ts';
import type { Journal } from './ports/journal.port.ts';
import type { VideoPort } from './ports/video.port.ts';
import { logKey } from './projections/log.projection.ts';

/** Lines that are looked at in one go; between two goes the station attends to everything else. */
const LINES_AT_A_TIME = 500;
/** Lines that one question looks at, at most: several years of a community. */
const MOST_LINES = 1_000_000;

export interface Queries {
  readonly ask: (role: Role, query: Query) => Promise<Result<JsonObject, Refusal>>;
}

export interface QueriesDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly view: RowView;
  readonly condition: Condition;
  readonly video: VideoPort;
  readonly onvif: OnvifPort;
}

type LogQuery = Extract<Query, { type: 'log' }>;

const actions: Readonly<Record<Query['type'], Action>> = {
  log: 'readLog',
  verifyJournal: 'verifyJournal',
  videoTicket: 'videoTicket',
  discover: 'discover',
  describeDevice: 'describeDevice',
};

const profileDoc = ({ token, name, encoding, width, height, streamUrl }: OnvifProfile): JsonObject => ({
  token, name, encoding, width, height, streamUrl,
});

const deviceDoc = ({ address, name, hardware, location }: FoundDevice): JsonObject => ({ address, name, hardware, location });

const matches = ({ kinds, fromMs, toMs, shiftNumber }: LogQuery, doc: JsonObject): boolean => {
  const at = numberOf(doc, 'at') ?? 0;
  if (kinds !== null && !kinds.includes(textOf(doc, 'kind') ?? '')) return false;
  if (shiftNumber !== null && doc['shiftNumber'] !== shiftNumber) return false;
  return at >= (fromMs ?? at) && at <= (toMs ?? at);
};

export const createQueries = ({ journal, clock, view, condition, video, onvif }: QueriesDeps): Queries => {
  const pause = (): Promise<void> => new Promise((resolve) => clock.after(0, resolve));

  /** Newest first. One line more than asked for is looked for, to tell whether there are more. */
  const log = async (role: Role, query: LogQuery): Promise<JsonObject> => {
    const found: JsonObject[] = [];
    let before = query.beforeSeq === null ? null : logKey(query.beforeSeq);
    for (let seen = 0; seen < MOST_LINES && found.length <= query.limit; seen += LINES_AT_A_TIME) {
      const rows = journal.rowsBefore('log', before, LINES_AT_A_TIME);
      found.push(...rows.map(({ doc }) => doc).filter((doc) => matches(query, doc)));
      before = rows.at(-1)?.key ?? before;
      if (rows.length < LINES_AT_A_TIME) break;
      if (found.length <= query.limit) await pause();
    }
    const entries = found.slice(0, query.limit).map((doc) => view.open(levelOf(role), 'log', doc));
    return { entries, more: found.length > query.limit };
  };

  const describe = async (query: Extract<Query, { type: 'describeDevice' }>): Promise<Result<JsonObject, Refusal>> => {
    const { address, username, password } = query;
    const answer = await onvif.describe({ address, username, password });
    if (!answer.ok) return err({ kind: answer.error.kind });
    const { manufacturer, model, profiles, relayTokens } = answer.value;
    return ok({ manufacturer, model, profiles: profiles.map(profileDoc), relayTokens });
  };

  const answer = async (role: Role, query: Query): Promise<Result<JsonObject, Refusal>> => {
    switch (query.type) {
      case 'log':
        return ok(await log(role, query));
      case 'verifyJournal':
        return ok({ ...(await condition.verify()) });
      case 'videoTicket':
        return ok({ ...(await video.issueTicket()) });
      case 'discover':
        return ok({ devices: (await onvif.discover([], query.waitMs)).map(deviceDoc) });
      case 'describeDevice':
        return describe(query);
    }
  };

  return {
    ask: async (role, query) => {
      const setUp = query.type === 'discover' || query.type === 'describeDevice';
      if (role === 'nobody' && setUp && journal.row('community', 'community') !== null) return err(refusalOf('notSignedIn'));
      const allowed = mayDo(actions[query.type], { role, isResponsible: false });
      return allowed.ok ? answer(role, query) : err(role === 'nobody' ? refusalOf('notSignedIn') : allowed.error);
    },
  };
};
