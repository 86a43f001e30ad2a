import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { PeopleScreen } from './people-screen.tsx';

export const peopleSeat = defineSeatFeature({
  name: 'people',
  places: [
    {
      place: 'people',
      screen: PeopleScreen,
      shows: [],
      entry: {
        task: 'plan',
        order: 2,
        barKey: 'm',
        alsoCalled: [
          '管理',
          '设置',
          '摄像头',
          '求助按钮',
          '地址',
          'settings',
          'camera',
          'help button',
          'address',
          'renyuan',
          'rysb',
        ],
      },
    },
  ],
});
