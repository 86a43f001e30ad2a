import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { LogScreen } from './log-screen.tsx';

export const logSeat = defineSeatFeature({
  name: 'log',
  places: [
    {
      place: 'log',
      screen: LogScreen,
      shows: ['log', 'visits'],
      entry: {
        task: 'records',
        order: 1,
        barKey: 'l',
        alsoCalled: ['日志', '历史', '查', 'history', 'journal', 'jilu', 'zbjl'],
      },
    },
  ],
  alarmWays: { journalBroken: { leads: () => ({ place: 'log', call: false }) } },
});
