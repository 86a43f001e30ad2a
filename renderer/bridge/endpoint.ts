/** Where the station is and with which start token, as the address bar says. */
export interface Endpoint {
  readonly url: string;
  readonly token: string | null;
}

const TOKEN_KEY = 'guardroom.startToken';
const STATION_KEY = 'guardroom.station';

/** Where the desktop shell says its station is: on this machine, and nothing else. */
const ofShell = (page: URL): string | null => {
  const given = page.protocol === 'app:' ? page.searchParams.get('station') : null;
  return given !== null && /^ws:\/\/(127\.0\.0\.1|localhost):\d{1,5}\/seat$/.test(given) ? given : null;
};

/**
 * Reads `?token=`, which is kept for this window, and where the station is: at this page's own address. Only the page of the desktop shell, which
 * has no station's address, is told by `?station=`, and only together with the token for it, which is kept with it; anywhere else a link could send the start token and the session to another program with it.
 */
export const readEndpoint = (href: string, kept: Pick<Storage, 'getItem' | 'setItem'>): Endpoint => {
  const page = new URL(href);
  const given = page.searchParams.get('token');
  const told = ofShell(page);
  if (given !== null) {
    kept.setItem(TOKEN_KEY, given);
    if (told !== null) kept.setItem(STATION_KEY, told);
  }
  const ofWindow = page.protocol === 'app:' ? kept.getItem(STATION_KEY) : null;
  const own = `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/seat`;
  return { url: ofWindow ?? own, token: given ?? kept.getItem(TOKEN_KEY) };
};

/**
 * Puts the start token in the place of a ticket (`?ticket=`), with which a browser was opened so that the token is neither in the list of
 * processes nor in the history. One that is spent is left out: a window that was restored has its token, and another one must be opened anew.
 */
export const withTicketSpent = async (
  href: string,
  spend: (ticket: string) => Promise<string | null>,
): Promise<string> => {
  const page = new URL(href);
  const ticket = page.searchParams.get('ticket');
  if (ticket === null) return href;
  page.searchParams.delete('ticket');
  const token = await spend(ticket);
  if (token !== null) page.searchParams.set('token', token);
  return page.href;
};

/** The address without the token, which is nobody's business who looks over a shoulder or into the history. */
export const withoutToken = (href: string): string => {
  const page = new URL(href);
  page.searchParams.delete('token');
  page.searchParams.delete('ticket');
  return page.href;
};
