import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { HelpDialog } from './help-dialog.tsx';

export const helpSeat = defineSeatFeature({
  name: 'help',
  overlays: [{ overlay: 'help', dialog: HelpDialog, entry: null }],
});
