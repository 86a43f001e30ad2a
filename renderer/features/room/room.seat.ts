import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { RoomScreen } from './room-screen.tsx';

export const roomSeat = defineSeatFeature({
  name: 'room',
  places: [{ place: 'room', screen: RoomScreen, shows: [], entry: { task: 'work', key: 'w', order: 1 } }],
});
