import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { AlarmColumn } from './alarm-column.tsx';
import { describeAlarm, describeCall } from './open-item.ts';

export const alarmsSeat = defineSeatFeature({
  name: 'alarms',
  columns: [AlarmColumn],
  openItems: { incident: describeCall, alarm: describeAlarm },
});
