import type { MachineRef } from '../kernel/machine.ts';

/** What an alarm tells the incident that leads through it. */
export type LeaderEvent =
  | {
      readonly type: 'open';
      readonly at: number;
      readonly incidentId: string;
      readonly kind: 'help';
      readonly alarmId: string;
      readonly sourceId: string;
    }
  /** The person's button was pressed again. */
  | { readonly type: 'pressedAgain'; readonly at: number };

export const leaderRef: MachineRef<LeaderEvent> = { kind: 'incident' };
