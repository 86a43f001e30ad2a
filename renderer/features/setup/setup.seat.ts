import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { SetupScreen } from './setup-screen.tsx';

export const setupSeat = defineSeatFeature({
  name: 'setup',
  entrances: [{ isNeeded: ({ bootId, empty }) => bootId !== null && empty, screen: SetupScreen }],
});
