/** What the seat's page may do, wherever it is served from: its own files, and sockets on loopback. Nothing inline, nothing foreign. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Origin of the page in the desktop shell. */
export const SHELL_ORIGIN = 'app://guardroom';
