import type { Bridge } from './bridge.ts';

/** Asks the gateway for a way in to the media worker's own listener, which is on the same host. `null`: not now. */
export const createTicketSource =
  (bridge: Pick<Bridge, 'query'>, stationUrl: string) => async (): Promise<string | null> => {
    const reply = await bridge.query({ type: 'videoTicket' });
    if (!reply.ok) return null;
    const { port, ticket } = reply.value;
    if (typeof port !== 'number' || typeof ticket !== 'string') return null;
    const url = new URL(stationUrl);
    url.port = String(port);
    url.pathname = '/video';
    url.search = new URLSearchParams({ ticket }).toString();
    return url.href;
  };
