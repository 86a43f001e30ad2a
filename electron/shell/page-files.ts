import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
};

/** The file that an `app://guardroom/…` address names, or `null` when it would leave the page's folder. */
export const fileOfPage = (address: string, folder: string): string | null => {
  let pathname: string;
  try {
    const url = new URL(address);
    if (url.host !== 'guardroom') return null;
    pathname = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0')) return null;
  const file = path.resolve(folder, `.${pathname === '/' ? '/index.html' : pathname}`);
  return file.startsWith(path.resolve(folder) + path.sep) ? file : null;
};

/** The media type by the file's ending; what is not known is not guessed. */
export const typeOfFile = (file: string): string =>
  types[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
