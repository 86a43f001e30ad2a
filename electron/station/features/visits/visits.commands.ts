import type { visits } from '../../../contract/visits/visits.contract.ts';
import { hours } from '../../../domain/kernel/time.ts';
import { visit } from '../../../domain/visits/visit.machine.ts';
import { tellOrRefuse, type Handlers } from '../../core/handler.ts';
import { subjects } from '../../core/subjects.ts';

/** Visitors' fields are forgotten by themselves after this long: least data (PIPL), and long enough to ask who was there. */
const KEEP_VISITOR_MS = 30 * hours(24);

export const visitsCommands: Handlers<typeof visits> = {
  registerVisit: (scope, { kind, name, phone, plate, visiting }) => {
    const { work, privacy, ids, actor } = scope;
    const visitId = ids.next();
    const subject = subjects.visit(visitId);
    tellOrRefuse(scope, visit, visitId, {
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
    });
    return { visitId };
  },
  visitorLeft: (scope, { visitId }) => {
    tellOrRefuse(scope, visit, visitId, { type: 'leave', at: scope.work.nowMs, by: scope.actor });
    return {};
  },
  takeBackDeparture: (scope, { visitId }) => {
    tellOrRefuse(scope, visit, visitId, { type: 'takeBack', at: scope.work.nowMs, by: scope.actor });
    return {};
  },
  forgetVisitor: (scope, { visitId }) => {
    tellOrRefuse(scope, visit, visitId, { type: 'forget', at: scope.work.nowMs, by: scope.actor });
    return {};
  },
};
