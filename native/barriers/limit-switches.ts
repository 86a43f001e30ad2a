import type { BarrierReport } from '../../electron/station/ports/devices.port.ts';

export type ArmPosition = Extract<BarrierReport, { kind: 'position' }>['position'];

/** What the limit switches say; null where it is not known, undefined where there is no such switch. */
export interface LimitSwitches {
  readonly open: boolean | null | undefined;
  readonly closed: boolean | null | undefined;
}

/**
 * The arm as its limit switches prove it; null where there are none to ask. Both active is a wiring fault and proves nothing. With one
 * switch only its own end can be proven: beside it the arm may be anywhere.
 */
export const armPosition = ({ open, closed }: LimitSwitches): ArmPosition | null => {
  if (open === undefined && closed === undefined) return null;
  if (open === null || closed === null || (open === true && closed === true)) return 'unknown';
  if (open === true) return 'open';
  if (closed === true) return 'closed';
  return open === false && closed === false ? 'moving' : 'unknown';
};
