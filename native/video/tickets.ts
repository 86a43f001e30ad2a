import { randomBytes } from 'node:crypto';

/** How long a ticket waits to be used (ms). */
export const TICKET_VALID_MS = 60_000;
const MAX_OUTSTANDING = 256;

/** Tickets to the video listener: random, valid once, for 60 s, and only from the origins they were issued for. */
export interface Tickets {
  readonly issue: (origins: readonly string[]) => string;
  /** Uses the ticket up and returns its origins, or `null` when it was not issued, was used, or is too old. */
  readonly redeem: (ticket: string) => readonly string[] | null;
}

/** @param nowMs a monotonic clock (ms). */
export const createTickets = (nowMs: () => number): Tickets => {
  const open = new Map<string, { readonly untilMs: number; readonly origins: readonly string[] }>();
  return {
    issue: (origins) => {
      const now = nowMs();
      for (const [ticket, { untilMs }] of open) if (untilMs <= now || open.size >= MAX_OUTSTANDING) open.delete(ticket);
      const ticket = randomBytes(24).toString('base64url');
      open.set(ticket, { untilMs: now + TICKET_VALID_MS, origins });
      return ticket;
    },
    redeem: (ticket) => {
      const found = open.get(ticket);
      open.delete(ticket);
      return found === undefined || found.untilMs <= nowMs() ? null : found.origins;
    },
  };
};
