import { BrowserWindow } from 'electron';

/** The seat's window: sandboxed, isolated, without Node and without a preload script: the page needs nothing from the shell. */
export const createSeatWindow = (): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1920,
    height: 1080,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#10141a',
    title: '值守台 · Guardroom',
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // A covered window goes on decoding and sounding: it is watched again the moment it is uncovered.
      backgroundThrottling: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    window.maximize();
    window.show();
  });
  return window;
};
