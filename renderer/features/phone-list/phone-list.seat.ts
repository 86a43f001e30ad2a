import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { PhoneListDialog } from './phone-list-dialog.tsx';

export const phoneListSeat = defineSeatFeature({
  name: 'phone-list',
  overlays: [{ overlay: 'phoneList', dialog: PhoneListDialog, entry: { task: 'work', key: 'p', order: 4 } }],
});
