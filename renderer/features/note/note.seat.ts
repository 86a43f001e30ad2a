import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { NoteDialog } from './note-dialog.tsx';

export const noteSeat = defineSeatFeature({
  name: 'note',
  overlays: [
    {
      overlay: 'note',
      dialog: NoteDialog,
      entry: { task: 'work', order: 5, barKey: 'n', alsoCalled: ['写', '备注', 'remark', 'jiyibi', 'jyb'] },
    },
  ],
});
