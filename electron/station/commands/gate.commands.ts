/** The gate and its visitors. */
import type { BarrierEvent, BarrierMotion } from '../../domain/barriers/barrier.types.ts';
import type { VisitEvent } from '../../domain/visits/visit.types.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { hours } from '../../domain/kernel/time.ts';
import { numberOf } from '../docs.ts';
import { subjects } from '../subjects.ts';
import { tellOrRefuse, type CommandScope, type Handlers } from './handler.ts';

/** Visitors' fields are forgotten by themselves after this long: least data (PIPL), and long enough to ask who was there. */
const KEEP_VISITOR_MS = 30 * hours(24);

const move = (
  scope: CommandScope,
  motion: BarrierMotion,
  { barrierId, reason, note }: { readonly barrierId: string; readonly reason: string; readonly note: string | null },
): JsonObject => {
  const event: BarrierEvent = {
    type: 'command',
    at: scope.givenAtMs,
    motionId: scope.commandId,
    motion,
    reason,
    reasonNote: scope.privacy.sealMaybe(subjects.note(scope.commandId), note),
    by: scope.actor,
    travelMs: numberOf(scope.work.tx.row('barriers', barrierId), 'travelMs') ?? 0,
  };
  tellOrRefuse(scope, 'barrier', barrierId, event);
  return { motionId: scope.commandId };
};

export const gateHandlers: Handlers<
  | 'openBarrier'
  | 'closeBarrier'
  | 'confirmBarrier'
  | 'keepBarrierOpen'
  | 'registerVisit'
  | 'visitorLeft'
  | 'takeBackDeparture'
  | 'forgetVisitor'
> = {
  openBarrier: (scope, command) => move(scope, 'open', command),
  closeBarrier: (scope, command) => move(scope, 'close', command),
  confirmBarrier: (scope, { barrierId, position }) => {
    const event: BarrierEvent = { type: 'personConfirmed', at: scope.work.nowMs, position, by: scope.actor };
    tellOrRefuse(scope, 'barrier', barrierId, event);
    return {};
  },
  keepBarrierOpen: (scope, { barrierId, forMs }) => {
    const event: BarrierEvent = { type: 'keepOpen', at: scope.work.nowMs, forMs, by: scope.actor };
    tellOrRefuse(scope, 'barrier', barrierId, event);
    return {};
  },
  registerVisit: (scope, { kind, name, phone, plate, visiting }) => {
    const { work, privacy, ids, actor } = scope;
    const visitId = ids.next();
    const subject = subjects.visit(visitId);
    const event: VisitEvent = {
      type: 'register',
      at: work.nowMs,
      visitId,
      subjectId: subject,
      kind,
      name: privacy.seal(subject, name),
      phone: privacy.sealMaybe(subject, phone),
      plate: privacy.sealMaybe(subject, plate),
      visiting: privacy.seal(subject, visiting),
      by: actor,
      keepMs: KEEP_VISITOR_MS,
    };
    tellOrRefuse(scope, 'visit', visitId, event);
    return { visitId };
  },
  visitorLeft: (scope, { visitId }) => {
    const event: VisitEvent = { type: 'leave', at: scope.work.nowMs, by: scope.actor };
    tellOrRefuse(scope, 'visit', visitId, event);
    return {};
  },
  takeBackDeparture: (scope, { visitId }) => {
    const event: VisitEvent = { type: 'takeBack', at: scope.work.nowMs, by: scope.actor };
    tellOrRefuse(scope, 'visit', visitId, event);
    return {};
  },
  forgetVisitor: (scope, { visitId }) => {
    const event: VisitEvent = { type: 'forget', at: scope.work.nowMs, by: scope.actor };
    tellOrRefuse(scope, 'visit', visitId, event);
    return {};
  },
};
