import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { TakeoverScreen } from './takeover-screen.tsx';

export const takeoverSeat = defineSeatFeature({
  name: 'takeover',
  places: [
    {
      place: 'takeover',
      screen: TakeoverScreen,
      shows: ['visits', 'log'],
      entry: { task: 'duty', key: 't', order: 6 },
    },
  ],
});
