import type { BrowserWindow } from 'electron';
import type { Busy } from '../contract/messages.schema.ts';
import { busyText } from '../busy-text.ts';

export interface ProgressSign {
  readonly tell: (busy: Busy | null) => void;
  /** What is being prepared, as a sentence; `null` while nothing is. */
  readonly text: () => string | null;
  /** Shows it in this window's title and on its place in the taskbar from now on. */
  readonly showOn: (window: BrowserWindow) => void;
}

/** How the desktop says that the station prepares its tables, before there is a window and in it. */
export const createProgressSign = (): ProgressSign => {
  let busy: Busy | null = null;
  let window: BrowserWindow | null = null;
  const show = (): void => {
    if (window === null || window.isDestroyed()) return;
    // The page's own title comes back when nothing is prepared any more.
    window.setTitle(busy === null ? window.webContents.getTitle() : busyText(busy));
    window.setProgressBar(busy === null ? -1 : busy.done / busy.of);
  };
  return {
    tell: (next) => {
      busy = next;
      show();
    },
    text: () => (busy === null ? null : busyText(busy)),
    showOn: (opened) => {
      window = opened;
      opened.on('page-title-updated', (event) => {
        if (busy !== null) event.preventDefault();
      });
      show();
    },
  };
};
