import { exhaustive } from '../kernel/exhaustive.ts';
import { minutes, seconds } from '../kernel/time.ts';
import type { AlarmContext, AlarmPriority } from './alarm.types.ts';

const rank: Readonly<Record<AlarmPriority, number>> = { life: 0, high: 1, medium: 2, low: 3 };

/** Whether the first is the more urgent one. */
export const outranks = (first: AlarmPriority, second: AlarmPriority): boolean => rank[first] < rank[second];

/**
 * How long an alarm waits for a person before the siren sounds, or `null` when it never does.
 * An incident has an escalation of its own. `medium` and `low` never sound: the room is calm by default (EEMUA 191: about 5 % urgent).
 */
export const sirenAfterMs = (priority: AlarmPriority, incidentId: string | null): number | null => {
  if (incidentId !== null) return null;
  switch (priority) {
    case 'life':
      return seconds(60);
    case 'high':
      return minutes(3);
    case 'medium':
    case 'low':
      return null;
    default:
      return exhaustive(priority);
  }
};

const maxDetails = 9;

/** Details with what is new among the others, at most 9. */
export const withDetails = (known: AlarmContext['details'], more: readonly string[]): AlarmContext['details'] =>
  [...new Set([...known, ...more])].slice(0, maxDetails);
