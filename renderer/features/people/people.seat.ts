import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { PeopleScreen } from './people-screen.tsx';

export const peopleSeat = defineSeatFeature({
  name: 'people',
  places: [{ place: 'people', screen: PeopleScreen, shows: [], entry: { task: 'duty', key: 'm', order: 9 } }],
});
