import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Ends, when the server closes, the connections on which nothing was asked yet: a browser and a load balancer open them
 * ahead of need. Node counts them as busy until the time for their headers is over, and would not close before.
 */
export function endSilentConnections(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  const speaks = ({ socket }: { readonly socket: Socket }): boolean => silent.delete(socket);
  const server: Server = app.server;
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', speaks);
  server.on('upgrade', speaks);
  app.addHook('preClose', (done) => {
    for (const socket of silent) socket.destroy();
    done();
  });
}
