import type { Worker } from 'node:worker_threads';
import { startWorkerThread } from '../worker-thread';
import { byteBound, type CountAnswer, type CountJob, type Encoding, type TokenCount } from './messages';

export type { Encoding, TokenCount } from './messages';

export interface TokenizerOptions {
  /** Time for counting one job once the tables are loaded; then its bytes are the answer. Default 1,000. */
  readonly countTimeoutMs?: number;
  /** Time for loading tables; a worker that takes longer is replaced. Default 15,000. */
  readonly loadTimeoutMs?: number;
  /** Code units that may wait; what comes on top is answered by its bytes at once. Default 16 Mi. */
  readonly maxQueuedCodeUnits?: number;
}

const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 512 };

interface Waiting {
  readonly job: CountJob;
  readonly size: number;
  readonly answer: (count: TokenCount) => void;
}

/**
 * Counts tokens in a worker thread, so that no text can hold up the event loop. It always answers: where a count is
 * not to be had in time the UTF-8 bytes are the answer, labelled `exact: false`. The worker starts with the first
 * count and does not keep the process alive between counts.
 */
export class TokenizerPool {
  private worker: Worker | null = null;
  private readonly queue: Waiting[] = [];
  private current: Waiting | null = null;
  private timer: NodeJS.Timeout | null = null;
  private queuedCodeUnits = 0;
  private nextId = 1;
  private closed = false;
  private readonly countTimeoutMs: number;
  private readonly loadTimeoutMs: number;
  private readonly maxQueuedCodeUnits: number;

  constructor(options: TokenizerOptions = {}) {
    this.countTimeoutMs = options.countTimeoutMs ?? 1_000;
    this.loadTimeoutMs = options.loadTimeoutMs ?? 15_000;
    this.maxQueuedCodeUnits = options.maxQueuedCodeUnits ?? 16 * 1024 * 1024;
  }

  /** Tokens of one text. Text that looks like a special token counts as the text that it is. */
  count(text: string, encoding: Encoding): Promise<TokenCount> {
    return this.countAll([text], encoding);
  }

  /** Tokens of several texts together, each encoded on its own. */
  countAll(texts: readonly string[], encoding: Encoding): Promise<TokenCount> {
    const size = texts.reduce((sum, text) => sum + text.length, 0);
    if (size === 0) return Promise.resolve({ tokens: 0, exact: true });
    if (this.closed || this.queuedCodeUnits + size > this.maxQueuedCodeUnits) {
      return Promise.resolve({ tokens: byteBound(texts), exact: false });
    }
    return new Promise((answer) => {
      this.queuedCodeUnits += size;
      this.queue.push({ job: { id: this.nextId++, texts, encoding }, size, answer });
      this.next();
    });
  }

  /** Loads an encoding's tables ahead of the first count; the answer comes when they are there. */
  async warm(encoding: Encoding): Promise<void> {
    await this.count('warm', encoding);
  }

  /** Ends the worker. What is waiting, and every later count, is answered by its bytes. */
  async close(): Promise<void> {
    this.closed = true;
    const waiting = this.queue.splice(0);
    if (this.current) this.giveUp();
    for (const each of waiting) this.finish(each, null);
    await this.dropWorker();
  }

  private next(): void {
    if (this.current) return;
    const waiting = this.queue.shift();
    if (!waiting) {
      this.worker?.unref();
      return;
    }
    this.current = waiting;
    const worker = (this.worker ??= this.startWorker());
    worker.ref();
    this.deadline(this.loadTimeoutMs);
    worker.postMessage(waiting.job);
  }

  private startWorker(): Worker {
    const worker = startWorkerThread(__filename, 'count', RESOURCE_LIMITS);
    worker.on('message', (message: CountAnswer) => this.hear(message));
    // A worker that dies takes its job with it; the next job starts another. `exit` follows every `error`.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.worker = null;
      if (this.current) this.giveUp();
    });
    return worker;
  }

  private hear(message: CountAnswer): void {
    if (message.id !== this.current?.job.id) return;
    if (message.kind === 'started') this.deadline(this.countTimeoutMs);
    else if (message.kind === 'failed') this.giveUp();
    else this.settle({ tokens: message.tokens, exact: message.exact });
  }

  /** A worker that is late is busy with something that nobody waits for any more, so it is replaced. */
  private deadline(ms: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.dropWorker();
      this.giveUp();
    }, ms);
  }

  private async dropWorker(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }

  private giveUp(): void {
    this.settle(null);
  }

  private settle(count: TokenCount | null): void {
    const waiting = this.current;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.current = null;
    if (waiting) this.finish(waiting, count);
    this.next();
  }

  private finish({ job, size, answer }: Waiting, count: TokenCount | null): void {
    this.queuedCodeUnits -= size;
    answer(count ?? { tokens: byteBound(job.texts), exact: false });
  }
}
