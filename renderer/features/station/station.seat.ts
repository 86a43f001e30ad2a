import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { StationBanners } from './station-banners.tsx';

export const stationSeat = defineSeatFeature({
  name: 'station',
  banners: [StationBanners],
  alarmWays: { diskLow: { passing: true } },
});
