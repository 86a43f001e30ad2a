import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { HelpDialog } from './help-dialog.tsx';

export const helpSeat = defineSeatFeature({
  name: 'help',
  overlays: [
    {
      overlay: 'help',
      dialog: HelpDialog,
      entry: {
        task: 'seat',
        order: 4,
        barKey: null,
        alsoCalled: ['快捷键', '帮助', 'help', 'shortcuts', 'anjian', 'aj'],
        forAnybody: true,
      },
    },
  ],
});
