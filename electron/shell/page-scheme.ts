import { net, protocol } from 'electron';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { PAGE_POLICY } from '../contract/page-policy.ts';
import { fileOfPage, typeOfFile } from './page-files.ts';

/** Makes `app://` a secure origin of its own. Must run before the app is ready. */
export const registerPageScheme = (): void => {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }]);
};

/** Serves the page's files under the strict policy; whatever else is asked for does not exist. */
export const servePage = (folder: string): void => {
  protocol.handle('app', async (request) => {
    const file = fileOfPage(request.url, folder);
    if (file === null || !existsSync(file)) return new Response('', { status: 404 });
    const source = await net.fetch(pathToFileURL(file).href);
    return new Response(source.body, {
      headers: { 'content-type': typeOfFile(file), 'content-security-policy': PAGE_POLICY, 'x-content-type-options': 'nosniff' },
    });
  });
};
