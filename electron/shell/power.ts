import { powerSaveBlocker } from 'electron';

/** Keeps the display on and the machine awake while the room is staffed by a picture. */
export const keepAwake = (): void => {
  powerSaveBlocker.start('prevent-display-sleep');
};
