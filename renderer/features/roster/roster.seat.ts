import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { RosterScreen } from './roster-screen.tsx';

export const rosterSeat = defineSeatFeature({
  name: 'roster',
  places: [
    {
      place: 'roster',
      screen: RosterScreen,
      shows: [],
      entry: { task: 'plan', order: 1, barKey: 'r', alsoCalled: ['班表', 'plan', 'schedule', 'paiban', 'pb'] },
    },
  ],
});
