import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { RoomScreen } from './room-screen.tsx';

export const roomSeat = defineSeatFeature({
  name: 'room',
  places: [
    {
      place: 'room',
      screen: RoomScreen,
      shows: [],
      entry: {
        task: 'work',
        order: 1,
        barKey: 'w',
        alsoCalled: ['摄像头', '监控', 'camera', 'video', 'huamian', 'hm'],
      },
    },
  ],
  alarmWays: { cameraLost: { passing: true }, cameraTamper: { passing: true } },
});
