import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface WsMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A client that speaks graphql-transport-ws message by message, so that a test can break its rules. */
export class WsClient {
  private readonly inbox: WsMessage[] = [];
  private readonly waiting: ((message: WsMessage) => void)[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
      });
    });
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as WsMessage;
      const reader = this.waiting.shift();
      if (reader) reader(message);
      else this.inbox.push(message);
    });
    socket.on('error', () => undefined);
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<WsClient> {
    const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
    const client = new WsClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Opens a connection and signs in; undefined: as nobody. */
  static async connect(url: string, credential?: string): Promise<WsClient> {
    const client = await WsClient.open(url);
    const payload = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
    client.send({ type: 'connection_init', payload });
    const ack = await client.next();
    if (ack.type !== 'connection_ack') throw new Error(`Not acknowledged: ${JSON.stringify(ack)}`);
    return client;
  }

  send(message: WsMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** The next message; keeps waiting until the test's own time is up. */
  next(): Promise<WsMessage> {
    const message = this.inbox.shift();
    if (message) return Promise.resolve(message);
    return new Promise((resolve) => void this.waiting.push(resolve));
  }

  /** Messages that came and were not asked for. */
  get unread(): readonly WsMessage[] {
    return this.inbox;
  }
}
