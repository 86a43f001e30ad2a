const policy = (sockets: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self'",
    `connect-src 'self' ${sockets.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const onLoopback = (path: string): readonly string[] => [`ws://127.0.0.1:*${path}`, `ws://localhost:*${path}`];

/**
 * What the seat's page may do that the station serves: its own files, its own station (which is the page's own address), and the pictures, which
 * have a port of their own. Nothing inline, nothing foreign, and no other program on this machine.
 */
export const PAGE_POLICY = policy(onLoopback('/video'));

/** The same for the page of the desktop shell, whose own address is not the station's: the shell says where that is. */
export const SHELL_PAGE_POLICY = policy([
  ...onLoopback('/seat'),
  ...onLoopback('/video'),
  'http://127.0.0.1:*/results',
]);

/** Origin of the page in the desktop shell. */
export const SHELL_ORIGIN = 'app://guardroom';
