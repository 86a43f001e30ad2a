import { FIND } from '../../parts/desk/route.ts';
import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { FindDialog } from './find-dialog.tsx';

export const findSeat = defineSeatFeature({
  name: 'find',
  overlays: [{ overlay: FIND, dialog: FindDialog, entry: null }],
});
