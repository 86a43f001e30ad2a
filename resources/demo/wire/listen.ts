/** Listening that can be closed to everybody and opened again on the same port, as a device that loses power and returns. */
import { type Server, type Socket } from 'node:net';
import { once } from 'node:events';

export interface Listener {
  readonly port: number;
  /** Ends all connections; new ones are still taken. */
  drop(): void;
  /** Ends all connections and refuses new ones. */
  refuse(): Promise<void>;
  /** Takes connections again. */
  comeBack(): Promise<void>;
}

/** Starts `server` on the port (0 for any). Rejects where the port is taken. */
export const listen = async (server: Server, host: string, port: number): Promise<Listener> => {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const start = async (wanted: number): Promise<void> => {
    server.listen(wanted, host);
    await once(server, 'listening');
  };
  await start(port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP listener has a port');
  const drop = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    drop,
    refuse: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      drop();
      await closed;
    },
    comeBack: async () => {
      if (!server.listening) await start(address.port);
    },
  };
};
