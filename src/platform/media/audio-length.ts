import type { Worker } from 'node:worker_threads';
import { startWorkerThread } from '../worker-thread';
import type { LengthAnswer, LengthJob } from './messages';

export interface AudioLengthOptions {
  /** Time for one file; a worker that takes longer is replaced and the length is not known. Default 5,000. */
  readonly timeoutMs?: number;
  /** Bytes that may wait; the length of what comes on top is not known. Default 128 MiB. */
  readonly maxQueuedBytes?: number;
}

type Waiting = Omit<LengthJob, 'id'> & { readonly answer: (durationMs: number | null) => void };

const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256 };

/**
 * Reads how long sound files last in a worker thread, so that no file, however it is made, can hold up the event loop
 * or end the process. The worker starts with the first file and does not keep the process alive.
 */
export class AudioLength {
  private worker: Worker | null = null;
  private current: (Waiting & { readonly id: number }) | null = null;
  private readonly queue: Waiting[] = [];
  private queuedBytes = 0;
  private nextId = 1;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;
  private readonly timeoutMs: number;
  private readonly maxQueuedBytes: number;

  constructor(options: AudioLengthOptions = {}) {
    this.timeoutMs = options.timeoutMs ?? 5_000;
    this.maxQueuedBytes = options.maxQueuedBytes ?? 128 * 1024 * 1024;
  }

  /** The length of a file in milliseconds; null when it does not tell, or not in time. */
  durationMs(bytes: Uint8Array, contentType = '', fileName = ''): Promise<number | null> {
    if (this.closed || bytes.length === 0 || this.queuedBytes + bytes.length > this.maxQueuedBytes)
      return Promise.resolve(null);
    return new Promise((answer) => {
      this.queuedBytes += bytes.length;
      this.queue.push({ bytes, contentType, fileName, answer });
      this.next();
    });
  }

  /** Ends the worker. The lengths of what is waiting are not known. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { answer } of this.queue.splice(0)) answer(null);
    await this.dropWorker();
    this.settle(null);
  }

  private next(): void {
    if (this.current) return;
    const waiting = this.queue.shift();
    if (!waiting) {
      this.worker?.unref();
      return;
    }
    const { bytes, contentType, fileName } = waiting;
    const id = this.nextId++;
    this.current = { ...waiting, id };
    const worker = (this.worker ??= this.startWorker());
    worker.ref();
    this.timer = setTimeout(() => {
      void this.dropWorker();
      this.settle(null);
    }, this.timeoutMs);
    const job: LengthJob = { id, bytes, contentType, fileName };
    worker.postMessage(job);
  }

  private startWorker(): Worker {
    const worker = startWorkerThread(__filename, 'length', RESOURCE_LIMITS);
    worker.on('message', ({ id, durationMs }: LengthAnswer) => {
      if (id === this.current?.id) this.settle(durationMs);
    });
    // A worker that dies takes its file with it; the next file starts another. `exit` follows every `error`.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.worker = null;
      this.settle(null);
    });
    return worker;
  }

  private settle(durationMs: number | null): void {
    const { current } = this;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.current = null;
    if (!current) return;
    this.queuedBytes -= current.bytes.length;
    current.answer(durationMs);
    this.next();
  }

  private async dropWorker(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }
}
