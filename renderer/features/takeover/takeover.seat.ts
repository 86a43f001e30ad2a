import { defineSeatFeature, type AlarmWay } from '../../seat/seat-feature.ts';
import { TakeoverScreen } from './takeover-screen.tsx';

/**
 * Nothing is asked once it is settled, and nobody who has the watch is sent to take it over. A gap that is still far off is filled in the
 * roster; one that is near, or somebody who has not come, is called about.
 */
const aboutRelief: AlarmWay['leads'] = ({ active, cause, priority }, holds) => {
  if (!active) return { place: null, call: false };
  if (cause === 'rosterGap' && priority === 'low') return { place: 'roster', call: false };
  return { place: holds ? null : 'takeover', call: true };
};

export const takeoverSeat = defineSeatFeature({
  name: 'takeover',
  places: [
    {
      place: 'takeover',
      screen: TakeoverScreen,
      shows: ['visits', 'log'],
      entry: { task: 'duty', order: 1, barKey: 't', alsoCalled: ['交班', '换班', 'handover', 'shift', 'jieban', 'jb'] },
    },
  ],
  alarmWays: {
    postUnstaffed: { leads: ({ active }, holds) => ({ place: active && !holds ? 'takeover' : null, call: false }) },
    reliefMissing: { leads: aboutRelief },
    rosterGap: { leads: aboutRelief },
  },
});
