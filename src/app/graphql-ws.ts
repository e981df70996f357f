import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { senderOf } from '../platform/http/sender';
import type { Log } from '../platform/logger';
import type { GraphqlContexts } from './graphql-context';
import { GRAPHQL_PATH } from './graphql-http';
import { createWsProtocol } from './ws-protocol';
import { WsRechecker } from './ws-rechecker';
import { WsSession } from './ws-session';
import { serveSocket } from './ws-socket';

const MAX_MESSAGE_BYTES = 1_048_576;
const GOING_AWAY = 1001;

export interface GraphqlWsOptions {
  readonly schema: GraphQLSchema;
  readonly contexts: GraphqlContexts;
  readonly log: Log;
  readonly isProduction: boolean;
  /** How long a new socket may stay silent before it is closed with 4408. Default 3 s. */
  readonly initTimeoutMs?: number;
  /** Time between checks of every socket's credential. Default 3 s: one that has ended is noticed within 5 s. */
  readonly recheckMs?: number;
  /** Time between pings. Default 12 s. */
  readonly keepAliveMs?: number;
  /** What may wait for a client that does not read before it is cut off. Default 1 MiB. */
  readonly maxBufferedBytes?: number;
  /** Operations that one socket may have open. Default 100. */
  readonly maxOperations?: number;
  /** How long clients may take to leave when the server stops. Default 1 s. */
  readonly closeTimeoutMs?: number;
}

/** Serves GraphQL over WebSockets on the path and port of its HTTP server. Returns how to stop: clients are told first. */
export function attachGraphqlWs(http: HttpServer, options: GraphqlWsOptions): () => Promise<void> {
  const { contexts, log, keepAliveMs = 12_000, maxBufferedBytes = 1_048_576 } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, handleProtocols });
  const sessions = new Map<WebSocket, WsSession>();
  const { initTimeoutMs = 3_000, maxOperations = 100 } = options;
  const protocol = createWsProtocol({ ...options, initTimeoutMs, maxOperations });
  const open = (socket: WebSocket, request: IncomingMessage): void => {
    const sender = senderOf(request, request.socket.remoteAddress);
    const session = new WsSession(socket, request.headers.authorization, sender, contexts, log);
    sessions.set(socket, session);
    socket.once('close', () => sessions.delete(socket));
    serveSocket(protocol, socket, session, { log, keepAliveMs, maxBufferedBytes });
  };
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    // A trailing slash is nothing to the HTTP server either.
    if (path.replace(/\/$/, '') === GRAPHQL_PATH) server.handleUpgrade(request, stream, head, open);
    // Nobody else will answer, and an unanswered connection would stay open.
    else if (http.listenerCount('upgrade') === 1) {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    }
  };
  http.on('upgrade', onUpgrade);
  const rechecker = new WsRechecker(() => sessions.values(), options.recheckMs ?? 3_000);
  return async () => {
    rechecker.stop();
    http.off('upgrade', onUpgrade);
    await Promise.all([...sessions.keys()].map((socket) => leave(socket, options.closeTimeoutMs ?? 1_000)));
    server.close();
  };
}

/** Says goodbye, and cuts off a client that doesn't answer in time. */
async function leave(socket: WebSocket, timeoutMs: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  const timer = setTimeout(() => {
    socket.terminate();
  }, timeoutMs);
  socket.close(GOING_AWAY, 'The server is going away.');
  await closed;
  clearTimeout(timer);
}
