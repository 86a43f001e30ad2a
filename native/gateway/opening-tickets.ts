import { randomBytes } from 'node:crypto';

/** A browser that is told an address opens it within seconds; a slow machine's first start takes longer. Milliseconds. */
const LIFETIME_MS = 120_000;
/** Tickets that wait to be spent; the oldest go first. */
const MOST = 16;

export interface OpeningTickets {
  readonly make: () => string;
  /** Whether it was good: it is good once, and for two minutes. */
  readonly spend: (ticket: string) => boolean;
}

/**
 * What stands in an address that others on this machine can read (the process list while a browser is opened, its history): it gives the start
 * token to whoever comes first, once. `monotonicMs` decides how long.
 */
export const createOpeningTickets = (monotonicMs: () => number): OpeningTickets => {
  const madeAtMs = new Map<string, number>();
  return {
    make: () => {
      const ticket = randomBytes(24).toString('base64url');
      madeAtMs.set(ticket, monotonicMs());
      for (const oldest of madeAtMs.keys()) {
        if (madeAtMs.size <= MOST) break;
        madeAtMs.delete(oldest);
      }
      return ticket;
    },
    spend: (ticket) => {
      const at = madeAtMs.get(ticket);
      madeAtMs.delete(ticket);
      return at !== undefined && monotonicMs() - at <= LIFETIME_MS;
    },
  };
};
