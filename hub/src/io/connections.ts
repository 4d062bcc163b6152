import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps the number of connections of a server below a limit. At the limit the connection that has waited longest
 * without sending a whole request head gives way: one who opens hundreds and dawdles only loses their own, while a
 * request that comes at once is answered. Upgraded ones (live sockets) are counted elsewhere.
 * Call it after everything that listens to `request`, so that no other listener hides one.
 */
export function limitConnections(server: Server, max: number): { readonly size: () => number } {
  /** All connections, and of these the ones without a request, longest waiting first. Keyed by the peer's port: the
   * TLS socket of a request is another object than the connection that was counted. */
  const open = new Map<string, Socket>();
  const waiting = new Map<string, Socket>();

  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    if (open.size >= max && !evictOne(open, waiting)) {
      socket.destroy();
      return;
    }
    open.set(key, socket);
    waiting.set(key, socket);
    socket.once('close', () => {
      if (open.get(key) !== socket) return;
      open.delete(key);
      waiting.delete(key);
    });
  });

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const key = keyOf(request.socket);
    waiting.delete(key);
    response.once('close', () => {
      const socket = open.get(key);
      if (socket !== undefined && !socket.destroyed) waiting.set(key, socket);
    });
  });

  server.prependListener('upgrade', (request: IncomingMessage) => {
    const key = keyOf(request.socket);
    open.delete(key);
    waiting.delete(key);
  });
  return { size: () => open.size };
}

function evictOne(open: Map<string, Socket>, waiting: Map<string, Socket>): boolean {
  const [oldest] = waiting;
  if (oldest === undefined) return false;
  const [key, socket] = oldest;
  waiting.delete(key);
  open.delete(key);
  socket.destroy();
  return true;
}

function keyOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''} ${socket.remotePort ?? ''}`;
}
