import { randomBytes } from 'node:crypto';

/** What changed. A hint carries ids only: whoever cares reads the rows, so that a lost or doubled hint does no harm. */
export const HINT_TOPICS = [
  'spend',
  'limits',
  'keys',
  'keyChanges',
  'access',
  'models',
  'customers',
  'alerts',
] as const;
export type HintTopic = (typeof HINT_TOPICS)[number];

export type HintHandler = (ids: readonly string[]) => void;

/** What the bus needs of the LISTEN connection. */
export interface HintListener {
  on(channel: string, handler: (payload: string) => void): void;
  onReconnect(handler: () => void): void;
}

export interface HintBusOptions {
  /** Sends one NOTIFY; called outside every ledger transaction. */
  readonly notify: (channel: string, payload: string) => Promise<void>;
  readonly listener: HintListener;
  /** How long hints are gathered before one NOTIFY carries them. */
  readonly delayMs: number;
  readonly onError: (error: unknown) => void;
}

const CHANNEL = 'spendgraph_hints';
/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_500;

/**
 * Tells this process at once, and the other server processes a few tens of milliseconds later, which rows changed.
 * Always after the commit: a NOTIFY inside a transaction takes a lock of the whole cluster until it commits.
 */
export class HintBus {
  private readonly sender = randomBytes(6).toString('hex');
  private readonly handlers = new Map<HintTopic, Set<HintHandler>>();
  private readonly gapHandlers = new Set<() => void>();
  private readonly pending = new Map<HintTopic, Set<string>>();
  private timer: NodeJS.Timeout | null = null;
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly options: HintBusOptions) {
    options.listener.on(CHANNEL, (payload) => {
      this.receive(payload);
    });
    options.listener.onReconnect(() => {
      for (const handler of this.gapHandlers) handler();
    });
  }

  /** Calls `handler` with the ids of each later hint. Returns how to stop. */
  on(topic: HintTopic, handler: HintHandler): () => void {
    const handlers = this.handlers.get(topic) ?? new Set();
    this.handlers.set(topic, handlers);
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  /** Called when hints of other processes may have been missed: caches must be dropped, cursors caught up. */
  onGap(handler: () => void): () => void {
    this.gapHandlers.add(handler);
    return () => this.gapHandlers.delete(handler);
  }

  publish(topic: HintTopic, ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.deliver(topic, ids);
    const pending = this.pending.get(topic) ?? new Set();
    this.pending.set(topic, pending);
    for (const id of ids) pending.add(id);
    this.timer ??= setTimeout(() => {
      this.flush();
    }, this.options.delayMs).unref();
  }

  /** Sends what is pending and waits until it has left. */
  async close(): Promise<void> {
    this.flush();
    await this.sending;
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (const [topic, ids] of this.pending) {
      for (const payload of this.payloads(topic, [...ids])) {
        this.sending = this.sending
          .then(() => this.options.notify(CHANNEL, payload))
          .catch(this.options.onError);
      }
    }
    this.pending.clear();
  }

  private payloads(topic: HintTopic, ids: string[]): string[] {
    const payloads: string[] = [];
    let text = '';
    for (const id of ids) {
      if (text !== '' && Buffer.byteLength(text) + Buffer.byteLength(id) + 1 > MAX_PAYLOAD_BYTES) {
        payloads.push(`${this.sender} ${topic} ${text}`);
        text = '';
      }
      text = text === '' ? encodeURIComponent(id) : `${text},${encodeURIComponent(id)}`;
    }
    if (text !== '') payloads.push(`${this.sender} ${topic} ${text}`);
    return payloads;
  }

  private receive(payload: string): void {
    const [sender, topic, ids] = payload.split(' ');
    if (sender === this.sender || ids === undefined) return;
    const known = HINT_TOPICS.find((each) => each === topic);
    if (known) this.deliver(known, ids.split(',').map(decodeURIComponent));
  }

  private deliver(topic: HintTopic, ids: readonly string[]): void {
    for (const handler of this.handlers.get(topic) ?? []) handler(ids);
  }
}
