/** Where the station is and with which start token, as the address bar says. */
export interface Endpoint {
  readonly url: string;
  readonly token: string | null;
}

const TOKEN_KEY = 'guardroom.startToken';

/** Reads `?station=` (a WebSocket address; by default this page's own host) and `?token=`, which is kept for this window. */
export const readEndpoint = (href: string, kept: Pick<Storage, 'getItem' | 'setItem'>): Endpoint => {
  const page = new URL(href);
  const given = page.searchParams.get('token');
  if (given !== null) kept.setItem(TOKEN_KEY, given);
  const station = page.searchParams.get('station');
  const own = `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/seat`;
  return { url: station ?? own, token: given ?? kept.getItem(TOKEN_KEY) };
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
