import type { RaisedAlarm } from '../alarms/alarm.events.ts';
import { seconds } from '../kernel/time.ts';
import type { CameraContext } from './camera.types.ts';

/** A picture that does not move for this long is an alarm; shorter gaps are what networks do. */
export const lostAfterMs = seconds(30);

/** The alarm of one gap in the picture, counted from when it last moved. */
export const cameraAlarm = ({ cameraId, lastLiveAt }: CameraContext): RaisedAlarm => ({
  alarmId: `camera-${cameraId}-${String(lastLiveAt ?? 0)}`,
  cause: 'cameraLost',
  priority: 'medium',
  sourceId: cameraId,
});
