import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { LogScreen } from './log-screen.tsx';

export const logSeat = defineSeatFeature({
  name: 'log',
  places: [{ place: 'log', screen: LogScreen, shows: ['log', 'visits'], entry: { task: 'duty', key: 'l', order: 7 } }],
});
