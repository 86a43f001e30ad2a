import { app, BrowserWindow, dialog, Menu } from 'electron';

/** The engine's own menu would let Ctrl+W or Ctrl+R end or reload a room on duty. macOS needs one for copying and pasting. */
export const dropMenu = (): void => {
  if (app.isPackaged && process.platform !== 'darwin') Menu.setApplicationMenu(null);
};

const QUIT = 1;

/** Closing the window ends the station with it: that is said, and asked, before. `isQuitting` once it is decided. */
const askBeforeClosing = (window: BrowserWindow, isQuitting: () => boolean): void => {
  let isAsking = false;
  window.on('close', (event) => {
    if (isQuitting()) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    const question = dialog.showMessageBox(window, {
      type: 'warning',
      title: '值守台 · Guardroom',
      message:
        '关闭后，求助和报警都不会再有人收到。\nWith the window closed, no help call and no alarm reaches anybody.',
      detail: '要休息时请交班，不要关闭窗口。\nTo go off duty, hand over and leave the window open.',
      buttons: ['继续值守 · Stay on duty', '停止值守台 · Stop Guardroom'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    void question.then(({ response }) => {
      isAsking = false;
      if (response === QUIT) app.quit();
    });
  });
};

/**
 * A station that cannot start is tried again for ever; whoever waits in front of an empty screen is told so, and can stop it. `progress`: what a
 * station says that takes long because it prepares its tables.
 */
export const sayNotReady = (dataDir: string, progress: string | null): void => {
  const question = dialog.showMessageBox({
    type: 'warning',
    title: '值守台 · Guardroom',
    message: progress ?? '值守台还没有启动成功，正在不断重试。\nGuardroom has not started yet and keeps trying.',
    detail: `如果一直这样，请告诉管理员，不要删除这个文件夹。\nIf it stays so, tell the manager, and do not delete this folder.\n${dataDir}`,
    buttons: ['继续等待 · Keep waiting', '停止值守台 · Stop Guardroom'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  void question.then(({ response }) => {
    if (response === QUIT) app.quit();
  });
};

/** The seat's window: sandboxed, isolated, without Node and without a preload script: the page needs nothing from the shell. */
export const createSeatWindow = (isQuitting: () => boolean): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1920,
    height: 1080,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#0d1318',
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
  askBeforeClosing(window, isQuitting);
  return window;
};
