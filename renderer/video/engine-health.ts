import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import type { EngineHealth } from './engine-api.ts';
import { isSame } from './tiles.ts';

/** How the engine is, and who is told when that changes. */
export interface HealthBoard {
  readonly get: () => EngineHealth;
  readonly set: (change: Partial<EngineHealth>) => void;
  readonly subscribe: (listener: (health: EngineHealth) => void) => () => void;
}

export const createHealthBoard = (): HealthBoard => {
  const listeners = createListeners<[health: EngineHealth]>();
  let health: EngineHealth = { linkUp: false, level: 0, tickHz: 0, pictures: 0 };
  return {
    get: () => health,
    set: (change) => {
      const next = { ...health, ...change };
      if (isSame(health, next)) return;
      health = next;
      listeners.tell(next);
    },
    subscribe: listeners.add,
  };
};
