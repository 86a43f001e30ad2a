import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface WaitingRoom {
  /** It was admitted: it is no longer counted here. */
  readonly leave: (socket: unknown) => void;
}

/**
 * Bounds the connections that nobody has admitted: with more than `most`, one that waits for nothing goes, the oldest first, else the oldest of
 * all. So there is always room for one more, which may be a seat. (A server's own limit turns away whoever comes last.)
 */
export const keepRoom = (server: Server, most: number): WaitingRoom => {
  /** In the order of coming; how many requests each has running. */
  const waiting = new Map<unknown, { readonly socket: Socket; running: number }>();

  const makeRoom = (): void => {
    if (waiting.size < most) return;
    const all = [...waiting.values()];
    const victim = all.find(({ running }) => running === 0) ?? all[0];
    if (victim === undefined) return;
    waiting.delete(victim.socket);
    victim.socket.destroy();
  };

  server.on('connection', (socket) => {
    // Before it is counted itself, or it would be one that waits for nothing.
    makeRoom();
    waiting.set(socket, { socket, running: 0 });
    socket.once('close', () => waiting.delete(socket));
  });
  server.on('request', (request, response) => {
    const entry = waiting.get(request.socket);
    if (entry === undefined) return;
    entry.running += 1;
    response.once('close', () => {
      entry.running -= 1;
    });
  });
  return { leave: (socket) => void waiting.delete(socket) };
};
