import type { Socket, SocketEvents } from './line.ts';

/** The browser's WebSocket behind the bridge's few words for it. */
export const openBrowserSocket = (url: string, protocols: readonly string[], events: SocketEvents): Socket => {
  const socket = new WebSocket(url, [...protocols]);
  socket.addEventListener('open', events.opened);
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') events.text(event.data);
  });
  socket.addEventListener('close', events.closed);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
};
