/** Sending a barrier a motion: once at most, and dead 5 s after it was given. */
import { MOTION_LIFETIME_MS } from '../../../contract/commands.schema.ts';
import { barrier } from '../../../domain/barriers/barrier.ts';
import type { DriveBarrier } from '../../../domain/barriers/barrier.effects.ts';
import type { BarrierEvent } from '../../../domain/barriers/barrier.types.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import { numberOf, textOf } from '../../core/docs.ts';
import type { EffectDefinition, OnceRunner } from '../../core/effect.ts';
import type { Work } from '../../core/work.ts';
import { emergencyUnderWay } from '../../parts/emergency.ts';
import type { Log } from '../../ports/clock.port.ts';
import type { BarrierPort } from '../../ports/devices.port.ts';

const toMotion = (effect: JsonObject): DriveBarrier => {
  const barrierId = textOf(effect, 'barrierId');
  const motionId = textOf(effect, 'motionId');
  const givenAtMs = numberOf(effect, 'givenAtMs');
  if (barrierId === null || motionId === null || givenAtMs === null) throw new Error('an effect is no motion');
  return { barrierId, motionId, givenAtMs, motion: effect['motion'] === 'close' ? 'close' : 'open' };
};

export const driveBarrier: EffectDefinition = {
  name: 'driveBarrier',
  take: (outbox, params) => {
    // A new motion takes the place of one that waits: sent after it, the older one would have the last word at the arm.
    const isUnsent = ({ effect, state }: ReturnType<typeof outbox.rows>[number]): boolean =>
      state === 'pending' && effect['type'] === 'driveBarrier' && effect['barrierId'] === params['barrierId'];
    for (const row of outbox.rows().filter(isUnsent)) outbox.remove(row.id);
    outbox.add({ type: 'driveBarrier', ...params }, 'once');
  },
};

export const createDriver = ({
  barriers,
  log,
}: {
  readonly barriers: Pick<BarrierPort, 'drive'>;
  readonly log: Log;
}): OnceRunner => {
  /** The outcome of a motion. `emergency`: an ambulance or a fire engine is expected just then. */
  const tell = (work: Work, effect: JsonObject, toEvent: (motion: DriveBarrier) => BarrierEvent): void => {
    const motion = toMotion(effect);
    const refusal = work.tell(barrier, motion.barrierId, toEvent(motion));
    if (refusal !== null)
      log.info('a barrier no longer waits for this outcome', { barrierId: motion.barrierId, refusal: refusal.kind });
  };
  return {
    policy: 'once',
    livesMs: MOTION_LIFETIME_MS,
    givenAtMs: (effect) => toMotion(effect).givenAtMs,
    expired: (work, effect) =>
      tell(work, effect, ({ motionId }) => ({
        type: 'expired',
        at: work.nowMs,
        motionId,
        emergency: emergencyUnderWay(work.read),
      })),
    sent: (work, effect) => {
      const { barrierId, motionId } = toMotion(effect);
      work.tell(barrier, barrierId, { type: 'sent', at: work.nowMs, motionId });
    },
    run: async (effect) => {
      const { barrierId, motion, motionId: asked } = toMotion(effect);
      const result = await barriers.drive(barrierId, motion, asked);
      return (work) =>
        tell(work, effect, ({ motionId }) =>
          result.ok
            ? { type: 'accepted', at: work.nowMs, motionId }
            : {
                type: 'failed',
                at: work.nowMs,
                motionId,
                fault: result.error.kind,
                emergency: emergencyUnderWay(work.read),
              },
        );
    },
    lost: (work, effect) => tell(work, effect, ({ motionId }) => ({ type: 'outcomeLost', at: work.nowMs, motionId })),
  };
};
