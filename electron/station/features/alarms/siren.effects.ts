import type { EffectDefinition, Outbox } from '../../core/effect.ts';

/** Takes what sounds for this reason off the list, `null`: all of it. Returns how many there were. */
export const dropSirens = (outbox: Outbox, source: unknown): number => {
  const rows = outbox
    .rows()
    .filter(({ effect }) => effect['type'] === 'startSiren' && (source === null || effect['source'] === source));
  for (const { id } of rows) outbox.remove(id);
  return rows.length;
};

/** The row stays as long as it is to sound, so that a restarted station goes on sounding. */
export const startSiren: EffectDefinition = {
  name: 'startSiren',
  take: (outbox, { source = null }) => {
    dropSirens(outbox, source);
    outbox.add({ type: 'startSiren', source }, 'untilDone');
  },
};

export const stopSiren: EffectDefinition = {
  name: 'stopSiren',
  take: (outbox, { source = null }) => {
    dropSirens(outbox, source);
  },
};
