import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { GateScreen } from './gate-screen.tsx';
import { describeGate } from './open-item.ts';

export const gateSeat = defineSeatFeature({
  name: 'gate',
  places: [{ place: 'gate', screen: GateScreen, shows: [], entry: { task: 'work', key: 'g', order: 2 } }],
  openItems: { barrier: describeGate },
});
