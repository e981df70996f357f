import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { silentLog, type Log } from '../logger';
import type { DatabaseSsl } from './data-source';

export interface ListenerOptions {
  readonly log?: Log;
  /** How often the connection is tried with a query. Default 10 s. */
  readonly heartbeatMs?: number;
  /** How long connecting or an answer may take before the connection is given up. Default 5 s. */
  readonly answerTimeoutMs?: number;
  /** Longest pause before connecting again. The first pause is 50 ms, then it doubles. Default 5 s. */
  readonly maxPauseMs?: number;
}

export interface Listener {
  /** Calls the handler with the payload of each later notification on the channel. Returns how to stop. */
  on(channel: string, handler: (payload: string) => void): () => void;
  /** Calls the handler after the connection was lost and made again: notifications may have been missed. */
  onReconnect(handler: () => void): () => void;
  /** Resolves once every channel asked for so far is listened to. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * One connection that listens for NOTIFY, connecting at once and again whenever it is lost. The address must reach
 * PostgreSQL itself: a pooler such as PgBouncer in transaction mode forgets LISTEN.
 */
export function createListener(url: string, ssl: DatabaseSsl, options: ListenerOptions = {}): Listener {
  return new ReconnectingListener(url, ssl, options);
}

const FIRST_PAUSE_MS = 50;

class ReconnectingListener implements Listener {
  private readonly channels = new Map<string, Set<(payload: string) => void>>();
  private readonly state = new EventEmitter<{ connected: []; reconnected: [] }>().setMaxListeners(0);
  private readonly closing = new AbortController();
  private readonly finished: Promise<void>;
  private client: Client | undefined;

  constructor(
    private readonly url: string,
    private readonly ssl: DatabaseSsl,
    private readonly options: ListenerOptions,
  ) {
    this.finished = this.run();
  }

  on(channel: string, handler: (payload: string) => void): () => void {
    let handlers = this.channels.get(channel);
    if (handlers === undefined) {
      this.channels.set(channel, (handlers = new Set()));
      // A failure means that the connection is lost, and the next one listens to every channel.
      this.client?.query(`LISTEN ${escapeIdentifier(channel)}`).catch(() => undefined);
    }
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  onReconnect(handler: () => void): () => void {
    this.state.on('reconnected', handler);
    return () => this.state.off('reconnected', handler);
  }

  async ready(): Promise<void> {
    if (this.client === undefined) await once(this.state, 'connected', { signal: this.closing.signal });
    // A connection answers in order, so this comes after every LISTEN.
    await this.client?.query('SELECT 1');
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.finished;
  }

  private async run(): Promise<void> {
    const { log = silentLog, maxPauseMs = 5_000 } = this.options;
    let pauseMs = FIRST_PAUSE_MS;
    let isFirst = true;
    while (!this.closing.signal.aborted) {
      try {
        await this.stayConnected(() => {
          pauseMs = FIRST_PAUSE_MS;
          if (!isFirst) this.state.emit('reconnected');
        });
      } catch (error) {
        log.warn({ err: error }, `The notification connection was lost; trying again in ${pauseMs} ms.`);
      }
      isFirst = false;
      await pause(pauseMs, this.closing.signal);
      pauseMs = Math.min(pauseMs * 2, maxPauseMs);
    }
  }

  /** Connects and listens. Returns when the listener is closed, throws when the connection is lost. */
  private async stayConnected(onConnected: () => void): Promise<void> {
    const { heartbeatMs = 10_000, answerTimeoutMs = 5_000 } = this.options;
    const client = new Client({
      connectionString: this.url,
      ssl: this.ssl,
      application_name: 'spendgraph listener',
      connectionTimeoutMillis: answerTimeoutMs,
      // A query without an answer fails; the server may have vanished without closing the connection.
      query_timeout: answerTimeoutMs,
      keepAlive: true,
    });
    const lost = new Promise<never>((_resolve, reject) => {
      client.on('error', reject);
      client.once('end', () => reject(new Error('The server ended the connection.')));
    });
    lost.catch(() => undefined);
    const gone = new AbortController();
    const closingOrGone = AbortSignal.any([this.closing.signal, gone.signal]);
    client.on('notification', ({ channel, payload }) => this.deliver(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of this.channels.keys()) {
        await client.query(`LISTEN ${escapeIdentifier(channel)}`);
      }
      this.client = client;
      onConnected();
      this.state.emit('connected');
      for (;;) {
        await Promise.race([lost, pause(heartbeatMs, closingOrGone)]);
        if (this.closing.signal.aborted) return;
        await client.query('SELECT 1');
      }
    } finally {
      this.client = undefined;
      gone.abort();
      // A connection that is lost may never say goodbye.
      await Promise.race([
        client.end().catch(() => undefined),
        delay(answerTimeoutMs, undefined, { ref: false }),
      ]);
    }
  }

  private deliver(channel: string, payload: string): void {
    for (const handler of this.channels.get(channel) ?? []) {
      try {
        handler(payload);
      } catch (error) {
        this.options.log?.error({ err: error }, `A handler of notifications on ${channel} failed.`);
      }
    }
  }
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal, ref: false }).catch(() => undefined);
}
