import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { DemoBanner, DemoMark } from './demo-mark.tsx';

export const demoSeat = defineSeatFeature({
  name: 'demo',
  banners: [DemoBanner],
  marks: [DemoMark],
});
