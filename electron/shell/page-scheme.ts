import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { SHELL_PAGE_POLICY } from '../contract/page-policy.ts';
import { fileOfPage, typeOfFile } from './page-files.ts';

/**
 * Makes `app://` an origin of its own: `standard` gives it storage and an Origin header, `secure` WebCodecs, `corsEnabled` module scripts and fonts
 * (which are always asked for in that mode). Must run before the app is ready.
 */
export const registerPageScheme = (): void => {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
};

const missing = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG']);

/** The file's bytes, or `null` when there is no such file. Throws what else the file system throws. */
const bytesOf = async (file: string): Promise<Uint8Array<ArrayBuffer> | null> => {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && missing.has(String(error.code))) return null;
    throw error;
  }
};

/** Serves the page's files under the strict policy; whatever else is asked for does not exist. */
export const servePage = (folder: string): void => {
  protocol.handle('app', async (request) => {
    const file = fileOfPage(request.url, folder);
    const bytes = file === null ? null : await bytesOf(file);
    if (file === null || bytes === null) return new Response('', { status: 404 });
    return new Response(bytes, {
      headers: {
        'content-type': typeOfFile(file),
        'content-security-policy': SHELL_PAGE_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  });
};
