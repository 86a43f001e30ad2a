/** What seats ask without changing anything. */
import type { Query } from '../contract/messages.schema.ts';
import { mayDo, type Role } from '../domain/access/access.rules.ts';
import type { Action } from '../domain/access/actions.ts';
import { err, ok, type Result } from '../domain/kernel/result.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import type { Refusal } from '../domain/kernel/machine.ts';
import type { Condition } from './condition.ts';
import type { Devices } from './devices.ts';
import { shortCode } from './short-code.ts';
import { refusalOf } from './commands/handler.ts';
import type { RowView } from './feeds/row-view.ts';
import { levelOf } from './feeds/visibility.ts';
import type { FoundDevice, OnvifPort, OnvifProfile } from './ports/devices.port.ts';
import type { Journal } from './ports/journal.port.ts';
import type { Receiver } from './receiver.ts';
import type { LogReader } from './ports/log-reader.port.ts';
import { logKey } from './projections/log.projection.ts';
import type { Session } from './sessions.ts';
import type { Viewers } from './viewers.ts';

export interface Queries {
  /** `role` is who is at the seat at this moment, `session` what they signed in with. Rejects with `JournalError` when storage fails. */
  readonly ask: (role: () => Role, query: Query, session: Session | null) => Promise<Result<JsonObject, Refusal>>;
}

export interface QueriesDeps {
  readonly journal: Journal;
  readonly logReader: LogReader;
  readonly view: RowView;
  readonly condition: Condition;
  readonly receiver: Receiver;
  readonly viewers: Pick<Viewers, 'ticket'>;
  readonly onvif: OnvifPort;
  readonly devices: Pick<Devices, 'deviceOf'>;
}

type LogQuery = Extract<Query, { type: 'log' }>;

const actions: Readonly<Record<Query['type'], Action>> = {
  log: 'readLog',
  lineCode: 'readLog',
  verifyJournal: 'verifyJournal',
  videoTicket: 'videoTicket',
  discover: 'discover',
  describeDevice: 'describeDevice',
  describeCamera: 'describeCamera',
  receiver: 'receiver',
};

const profileDoc = ({ token, name, encoding, width, height, streamUrl }: OnvifProfile): JsonObject => ({
  token,
  name,
  encoding,
  width,
  height,
  streamUrl,
});

const deviceDoc = ({ address, name, hardware, location }: FoundDevice): JsonObject => ({
  address,
  name,
  hardware,
  location,
});

export const createQueries = ({
  journal,
  logReader,
  view,
  condition,
  receiver,
  viewers,
  onvif,
  devices,
}: QueriesDeps): Queries => {
  /** Why somebody in this role is not answered, or `null`. */
  const refusalTo = (role: Role, query: Query): Refusal | null => {
    const setUp = query.type === 'discover' || query.type === 'describeDevice';
    if (role === 'nobody' && setUp && journal.row('community', 'community') !== null) return refusalOf('notSignedIn');
    const allowed = mayDo(actions[query.type], { role, isResponsible: false });
    if (allowed.ok) return null;
    return role === 'nobody' ? refusalOf('notSignedIn') : allowed.error;
  };

  /** Newest first. Personal fields are opened for who is there when the lines are, and not for who asked. */
  const log = async (role: () => Role, query: LogQuery): Promise<Result<JsonObject, Refusal>> => {
    const { beforeSeq, limit, kinds, fromMs, toMs, shiftNumber } = query;
    const beforeKey = beforeSeq === null ? null : logKey(beforeSeq);
    const { docs, more } = await logReader.page({ beforeKey, limit, kinds, fromMs, toMs, shiftNumber });
    const refused = refusalTo(role(), query);
    if (refused !== null) return err(refused);
    return ok({ entries: docs.map((doc) => view.open(levelOf(role()), 'log', doc)), more });
  };

  const describe = async (query: Extract<Query, { type: 'describeDevice' }>): Promise<Result<JsonObject, Refusal>> => {
    const { address, username, password } = query;
    const answer = await onvif.describe({ address, username, password });
    if (!answer.ok) return err({ kind: answer.error.kind });
    const { manufacturer, model, profiles, leftOut, relayTokens } = answer.value;
    return ok({
      manufacturer,
      model,
      profiles: profiles.map(profileDoc),
      leftOut: leftOut.map(({ name, why }) => ({ name, why })),
      relayTokens,
    });
  };

  const wiring = async (cameraId: string): Promise<Result<JsonObject, Refusal>> => {
    const target = devices.deviceOf(cameraId);
    if (target === null) return err(refusalOf('notFound', { kind: 'cameras', id: cameraId }));
    const answer = await onvif.describe(target);
    if (!answer.ok) return err({ kind: answer.error.kind });
    const { relayTokens, inputTokens } = answer.value;
    return ok({ relayTokens, inputTokens });
  };

  const answer = async (
    role: () => Role,
    query: Query,
    session: Session | null,
  ): Promise<Result<JsonObject, Refusal>> => {
    switch (query.type) {
      case 'log':
        return log(role, query);
      case 'lineCode': {
        const seq = query.seq ?? journal.lastSeq();
        const hash = journal.hashOf(seq);
        return ok({ seq, code: hash === null ? null : shortCode(hash) });
      }
      case 'verifyJournal':
        return ok({ ...(await condition.verify()) });
      case 'videoTicket':
        return session === null ? err(refusalOf('notSignedIn')) : ok({ ...(await viewers.ticket(session)) });
      case 'discover':
        return ok({ devices: (await onvif.discover([], query.waitMs)).map(deviceDoc) });
      case 'describeDevice':
        return describe(query);
      case 'describeCamera':
        return wiring(query.cameraId);
      case 'receiver':
        return ok({ ...receiver.describe() });
    }
  };

  return {
    ask: async (role, query, session) => {
      const refused = refusalTo(role(), query);
      return refused === null ? answer(role, query, session) : err(refused);
    },
  };
};
