/** Taking things down. Their facts stay in the journal; nothing watches, drives or waits for them any more. */
import type { BarrierEvent } from '../../domain/barriers/barrier.types.ts';
import type { CameraEvent } from '../../domain/cameras/camera.types.ts';
import { clearAlarm } from '../alarm-desk.ts';
import { textOf, textsOf } from '../docs.ts';
import { refuse, tellOrRefuse, type CommandScope, type Handlers } from './handler.ts';

/** The help points that show this camera go on without it. */
const leaveOutOfHelpPoints = ({ work }: CommandScope, cameraId: string): void => {
  for (const { key, doc } of work.tx.rows('helpPoints')) {
    const cameraIds = textsOf(doc, 'cameraIds');
    if (!cameraIds.includes(cameraId)) continue;
    const { helpPointId: _id, ...body } = doc;
    work.record({
      type: 'v1.HelpPointChanged',
      kind: 'helpPoint',
      entityId: key,
      body: { ...body, cameraIds: cameraIds.filter((id) => id !== cameraId) },
    });
  }
};

/** A receiver that nothing is waited for from is not silent. */
const forgetReceiver = ({ work }: CommandScope, account: string): void => {
  const used = work.tx.rows('helpPoints').some(({ doc }) => textOf(doc, 'account') === account);
  if (!used) clearAlarm(work, 'panelSilent', account);
};

export const removalHandlers: Handlers<'removeCamera' | 'removeBarrier' | 'removeHelpPoint' | 'removeContact'> = {
  removeCamera: (scope, { cameraId }) => {
    const { work, actor } = scope;
    if (work.tx.row('cameras', cameraId) === null) refuse('notFound', { kind: 'cameras', id: cameraId });
    const gate = work.tx.rows('barriers').find(({ doc }) => textOf(doc, 'cameraId') === cameraId);
    if (gate !== undefined) refuse('cameraDrivesGate', { barrierId: gate.key });
    leaveOutOfHelpPoints(scope, cameraId);
    clearAlarm(work, 'cameraTamper', cameraId);
    const event: CameraEvent = { type: 'remove', at: work.nowMs, by: actor };
    tellOrRefuse(scope, 'camera', cameraId, event);
    return {};
  },
  removeBarrier: (scope, { barrierId }) => {
    const { work, actor } = scope;
    if (work.tx.row('barriers', barrierId) === null) refuse('notFound', { kind: 'barriers', id: barrierId });
    const event: BarrierEvent = { type: 'remove', at: work.nowMs, by: actor };
    tellOrRefuse(scope, 'barrier', barrierId, event);
    return {};
  },
  removeHelpPoint: (scope, { helpPointId }) => {
    const { work } = scope;
    const row = work.tx.row('helpPoints', helpPointId) ?? refuse('notFound', { kind: 'helpPoints', id: helpPointId });
    const running = work.tx
      .rows('incidents')
      .some(({ doc }) => textOf(doc, 'sourceId') === helpPointId && doc['work'] !== 'resolved');
    if (running) refuse('callRunning');
    work.record({
      type: 'v1.HelpPointRemoved',
      kind: 'helpPoint',
      entityId: helpPointId,
      body: { place: row['place'] ?? null },
    });
    forgetReceiver(scope, textOf(row, 'account') ?? '');
    return {};
  },
  removeContact: (scope, { contactId }) => {
    const { work } = scope;
    const row = work.tx.row('contacts', contactId) ?? refuse('notFound', { kind: 'contacts', id: contactId });
    work.record({
      type: 'v1.ContactRemoved',
      kind: 'contact',
      entityId: contactId,
      body: { name: row['name'] ?? null },
    });
    return {};
  },
};
