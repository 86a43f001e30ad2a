import type { RaisedAlarm } from '../alarms/alarm.events.ts';
import { seconds } from '../kernel/time.ts';
import type { CameraContext } from './camera.types.ts';

/** A picture that does not move for this long is an alarm; shorter gaps are what networks do. */
export const lostAfterMs = seconds(30);

/** By what a manager can allow one camera: the fault of a camera that would work if it were allowed. */
export const faultsOfAllowances = { oldTls: 'oldEncryption', plainPassword: 'plainPassword' } as const;

/** Whether this fault is one that a manager can end by allowing something. */
export const asksToBeAllowed = (fault: string | null): boolean =>
  Object.values<string | null>(faultsOfAllowances).includes(fault);

/** The alarm of one gap in the picture, counted from when it last moved. */
export const cameraAlarm = ({ cameraId, lastLiveAt }: CameraContext): RaisedAlarm => ({
  alarmId: `camera-${cameraId}-${String(lastLiveAt ?? 0)}`,
  cause: 'cameraLost',
  priority: 'medium',
  sourceId: cameraId,
});
