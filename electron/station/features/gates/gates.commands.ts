/** Gates as a manager sets them up, and as people drive them. */
import type { gates } from '../../../contract/gates/gates.contract.ts';
import { openLimit } from '../../../domain/barriers/arm.rules.ts';
import { barrier } from '../../../domain/barriers/barrier.ts';
import type { BarrierMotion } from '../../../domain/barriers/barrier.types.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import { refuse, tellOrRefuse, type CommandScope, type Handlers } from '../../core/handler.ts';
import { subjects } from '../../core/subjects.ts';
import { existing, recordChange } from '../../parts/record-change.ts';
import { barrierRows, cameraRows } from '../../parts/rows.ts';

const move = (
  scope: CommandScope,
  motion: BarrierMotion,
  { barrierId, reason, note }: { readonly barrierId: string; readonly reason: string; readonly note: string | null },
): JsonObject => {
  tellOrRefuse(scope, barrier, barrierId, {
    type: 'command',
    at: scope.givenAtMs,
    motionId: scope.commandId,
    motion,
    reason,
    reasonNote: scope.privacy.sealMaybe(subjects.note(scope.commandId), note),
    by: scope.actor,
    travelMs: barrierRows.get(scope.work.read, barrierId)?.travelMs ?? 0,
  });
  return { motionId: scope.commandId };
};

export const gatesCommands: Handlers<typeof gates> = {
  addBarrier: (
    scope,
    { barrierId, cameraId, openLimitMs: asked, id: _id, type: _type, occurredAt: _at, ...wiring },
  ) => {
    const { work, ids } = scope;
    const id = barrierId ?? ids.next();
    if (existing(scope, cameraRows, cameraId).onvifAddress === null) refuse('cameraHasNoRelays', { cameraId });
    const before = barrierRows.get(work.read, id);
    const limitBefore = before?.openLimitMs ?? openLimit.usualMs;
    const openLimitMs = asked ?? limitBefore;
    const names = { added: 'v1.BarrierAdded', changed: 'v1.BarrierChanged' } as const;
    recordChange(scope, 'barrierConfig', names, id, before, { cameraId, ...wiring, openLimitMs });
    if (before === null) {
      const { travelMs } = wiring;
      tellOrRefuse(scope, barrier, id, { type: 'install', at: work.nowMs, barrierId: id, travelMs, openLimitMs });
    } else if (openLimitMs !== limitBefore) {
      const remindAtMs = work.dueAt(barrier.kind, id, 'standsOpen');
      tellOrRefuse(scope, barrier, id, { type: 'openLimitChanged', at: work.nowMs, openLimitMs, remindAtMs });
    }
    return { barrierId: id };
  },
  removeBarrier: (scope, { barrierId }) => {
    existing(scope, barrierRows, barrierId);
    tellOrRefuse(scope, barrier, barrierId, { type: 'remove', at: scope.work.nowMs, by: scope.actor });
    return {};
  },
  openBarrier: (scope, command) => move(scope, 'open', command),
  closeBarrier: (scope, command) => move(scope, 'close', command),
  confirmBarrier: (scope, { barrierId, position }) => {
    const at = scope.work.nowMs;
    tellOrRefuse(scope, barrier, barrierId, { type: 'personConfirmed', at, position, by: scope.actor });
    return {};
  },
  keepBarrierOpen: (scope, { barrierId, forMs }) => {
    tellOrRefuse(scope, barrier, barrierId, { type: 'keepOpen', at: scope.work.nowMs, forMs, by: scope.actor });
    return {};
  },
};
