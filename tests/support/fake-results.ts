import type { ResultStore } from '../../electron/station/ports/results.port.ts';

export interface FakeResults extends ResultStore {
  /** Files that are there. */
  readonly ids: () => readonly string[];
}

/** Files of jobs in memory. */
export const createFakeResults = (): FakeResults => {
  const files = new Map<string, string>();
  const tickets = new Map<string, string>();
  let made = 0;
  return {
    ids: () => [...files.keys()],
    open: async (id) => {
      const parts: string[] = [];
      return {
        write: async (text) => void parts.push(text),
        close: async () => {
          files.set(id, parts.join(''));
          return new TextEncoder().encode(parts.join('')).length;
        },
        discard: async () => undefined,
      };
    },
    ticket: (id) => {
      if (!files.has(id)) return null;
      made += 1;
      tickets.set(`ticket-${made}`, id);
      return `ticket-${made}`;
    },
    redeem: async (ticket) => {
      const id = tickets.get(ticket);
      const text = id === undefined ? undefined : files.get(id);
      tickets.delete(ticket);
      files.delete(id ?? '');
      return text === undefined ? null : new TextEncoder().encode(text);
    },
    removeAll: async () => files.clear(),
    close: async () => files.clear(),
  };
};
