import { randomBytes } from 'node:crypto';

/** How long a ticket waits to be used (ms). */
export const TICKET_VALID_MS = 60_000;
const MAX_OUTSTANDING = 256;

export interface TicketUse {
  readonly origins: readonly string[];
  readonly holder: string;
}

/** Tickets to the video listener: random, valid once, for 60 s, and only from the origins they were issued for. */
export interface Tickets {
  /** @param holder whose session it is for. */
  readonly issue: (origins: readonly string[], holder: string) => string;
  /** Uses the ticket up and returns what it was issued for, or `null` when it was not issued, was used, or is too old. */
  readonly redeem: (ticket: string) => TicketUse | null;
  /** Makes the unused tickets of this holder worthless. */
  readonly revoke: (holder: string) => void;
}

/** @param nowMs a monotonic clock (ms). */
export const createTickets = (nowMs: () => number): Tickets => {
  const open = new Map<string, TicketUse & { readonly untilMs: number }>();
  return {
    issue: (origins, holder) => {
      const now = nowMs();
      for (const [ticket, { untilMs }] of open) if (untilMs <= now || open.size >= MAX_OUTSTANDING) open.delete(ticket);
      const ticket = randomBytes(24).toString('base64url');
      open.set(ticket, { untilMs: now + TICKET_VALID_MS, origins, holder });
      return ticket;
    },
    redeem: (ticket) => {
      const found = open.get(ticket);
      open.delete(ticket);
      return found === undefined || found.untilMs <= nowMs() ? null : found;
    },
    revoke: (holder) => {
      for (const [ticket, found] of open) if (found.holder === holder) open.delete(ticket);
    },
  };
};
