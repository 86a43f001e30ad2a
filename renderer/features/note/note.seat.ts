import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { NoteDialog } from './note-dialog.tsx';

export const noteSeat = defineSeatFeature({
  name: 'note',
  overlays: [{ overlay: 'note', dialog: NoteDialog, entry: { task: 'work', key: 'n', order: 5 } }],
});
