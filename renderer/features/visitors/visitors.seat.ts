import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { describeVisitors } from './open-item.ts';
import { VisitorsScreen } from './visitors-screen.tsx';

export const visitorsSeat = defineSeatFeature({
  name: 'visitors',
  places: [
    { place: 'visitors', screen: VisitorsScreen, shows: ['visits'], entry: { task: 'work', key: 'v', order: 3 } },
  ],
  openItems: { visits: describeVisitors },
});
