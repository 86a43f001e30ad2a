import { app, session } from 'electron';
import { mayNavigate, mayUse } from './door-rules.ts';

/** Closes every way out of the page: navigation, new windows, embedded views, permissions. To be called when the app is ready, before a window is made. */
export const closeDoors = (): void => {
  app.on('web-contents-created', (_event, contents) => {
    // Of every frame, the main one included.
    contents.on('will-frame-navigate', (event) => {
      if (!mayNavigate(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(mayUse(permission, 'requestingUrl' in details ? details.requestingUrl : ''));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
};
