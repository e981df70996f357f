import type { Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Log } from '../platform/logger';

const INTERNAL_ERROR = 4500;

export interface SocketOptions {
  readonly log: Log;
  /** What may wait to be sent before the reader counts as stalled and is cut off. */
  readonly maxBufferedBytes: number;
  /** Time between pings; a client that has not answered one by the next is cut off. */
  readonly keepAliveMs: number;
}

/**
 * Speaks the protocol on a socket. graphql-ws brings such an adapter (`graphql-ws/use/ws`), but that one writes to the
 * console and sends whatever the reader's pace, so its place is taken as its documentation invites to.
 */
export function serveSocket<Extra>(
  server: Server<Extra>,
  socket: WebSocket,
  extra: Extra,
  options: SocketOptions,
): void {
  const { log } = options;
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text, options),
      close: (code, reason) => {
        socket.close(code, reason);
      },
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          handle(data.toString('utf8')).catch((error: unknown) => {
            log.error({ err: error }, 'A WebSocket message could not be handled.');
            socket.close(INTERNAL_ERROR, 'Internal server error');
          });
        });
      },
    },
    extra,
  );
  // Frames that are malformed or too large: ws answers and closes, the client alone is at fault.
  socket.on('error', (error) => {
    log.debug({ err: error }, 'A WebSocket client broke the protocol.');
  });
  const stopPinging = keepAlive(socket, options.keepAliveMs);
  socket.once('close', (code: number, reason: Buffer) => {
    stopPinging();
    closed(code, reason.toString('utf8')).catch((error: unknown) => {
      log.error({ err: error }, 'A WebSocket could not be cleaned up.');
    });
  });
}

/** Resolves when the text is with the kernel, so that a stream waits for its reader. */
async function send(socket: WebSocket, text: string, options: SocketOptions): Promise<void> {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > options.maxBufferedBytes) {
    options.log.warn(
      { bufferedBytes: socket.bufferedAmount },
      'A WebSocket client does not read; it is cut off.',
    );
    // A close frame would wait behind what is not being read.
    socket.terminate();
    return;
  }
  await new Promise<void>((resolve) => {
    socket.send(text, () => {
      resolve();
    });
  });
}

function keepAlive(socket: WebSocket, intervalMs: number): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, intervalMs);
  return () => {
    clearInterval(timer);
  };
}
