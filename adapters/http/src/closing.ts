import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long answers that are under way may still take once the server closes. */
const GRACE_MS = 10_000;

/**
 * Lets the server close at once when nothing is under way. Node waits more than a minute for connections
 * that browsers opened ahead and never used, and for those that fell idle after the closing began.
 *
 * @param endStreams ends the answers that would never end by themselves.
 */
export function closePromptly(app: FastifyInstance, endStreams: () => void): void {
  const sockets = new Set<Socket>();
  const busy = new Map<Socket, number>();
  let isClosing = false;

  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (busy.get(socket) ?? 1) - 1;
      if (left > 0) busy.set(socket, left);
      else busy.delete(socket);
      if (left === 0 && isClosing) socket.end();
    });
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    endStreams();
    for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref();
  });
}
