import { SHELL_ORIGIN } from '../contract/page-policy.ts';

/** Whether the window may go to this address: its own page only. */
export const mayNavigate = (address: string): boolean =>
  address === SHELL_ORIGIN || address.startsWith(`${SHELL_ORIGIN}/`);

/**
 * What the page needs a permission for: its sockets to the station on this machine. Chromium asks since 142 before a page reaches loopback
 * ("local network access", for WebSockets since 147), Electron refuses it since 43 when nobody answers (electron issue 48655). The page's
 * policy keeps its sockets on loopback (contract/page-policy.ts).
 */
const needed: ReadonlySet<string> = new Set(['loopback-network', 'local-network-access']);

/** Whether `origin` may use what Chromium calls `permission`. An empty origin is one that was not named; nothing but our page runs in this session. */
export const mayUse = (permission: string, origin: string): boolean =>
  needed.has(permission) && (origin === '' || mayNavigate(origin));
