import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { describeVisitors } from './open-item.ts';
import { VisitorsScreen } from './visitors-screen.tsx';

export const visitorsSeat = defineSeatFeature({
  name: 'visitors',
  places: [
    {
      place: 'visitors',
      screen: VisitorsScreen,
      shows: ['visits'],
      entry: { task: 'work', order: 3, barKey: 'v', alsoCalled: ['来访', '快递', 'guest', 'delivery', 'fangke', 'fk'] },
    },
  ],
  openItems: { visits: describeVisitors },
});
