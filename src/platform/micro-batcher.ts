/** Answers a batch: one outcome for each item, in the items' order. Throws when the batch as a whole failed. */
export type RunBatch<Item, Outcome> = (items: readonly Item[]) => Promise<readonly Outcome[]>;

export interface MicroBatcherOptions<Item, Outcome> {
  readonly run: RunBatch<Item, Outcome>;
  readonly maxBatch: number;
  readonly maxInFlight: number;
  /** Whether an error lies in the data of some item, so that the batch is halved until the culprit stands alone. */
  readonly isDataError: (error: unknown) => boolean;
}

interface Waiting<Item, Outcome> {
  readonly item: Item;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/**
 * Gathers items that arrive while a batch is under way and runs them together. There is no timer: an idle batcher
 * runs at once (after the present turn of the event loop), a busy one as soon as a slot is free.
 */
export class MicroBatcher<Item, Outcome> {
  private readonly queue: Waiting<Item, Outcome>[] = [];
  private inFlight = 0;
  private scheduled = false;
  private readonly idleWaiters: (() => void)[] = [];

  constructor(private readonly options: MicroBatcherOptions<Item, Outcome>) {}

  add(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.queue.push({ item, resolve, reject });
      this.schedule();
    });
  }

  get size(): number {
    return this.queue.length + this.inFlight;
  }

  /** Waits until nothing is queued or under way. */
  async idle(): Promise<void> {
    if (this.size === 0) return;
    await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
  }

  private schedule(): void {
    if (this.scheduled || this.inFlight >= this.options.maxInFlight || this.queue.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.start();
    });
  }

  private start(): void {
    if (this.inFlight >= this.options.maxInFlight || this.queue.length === 0) return;
    const batch = this.queue.splice(0, this.options.maxBatch);
    this.inFlight += 1;
    void this.runAll(batch).finally(() => {
      this.inFlight -= 1;
      this.schedule();
      if (this.size === 0) for (const wake of this.idleWaiters.splice(0)) wake();
    });
    this.schedule();
  }

  private async runAll(batch: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.options.run(batch.map((waiting) => waiting.item));
      batch.forEach((waiting, index) => {
        waiting.resolve(outcomes[index] as Outcome);
      });
    } catch (error) {
      if (batch.length > 1 && this.options.isDataError(error)) {
        const half = batch.length >> 1;
        await this.runAll(batch.slice(0, half));
        await this.runAll(batch.slice(half));
        return;
      }
      for (const waiting of batch) waiting.reject(error);
    }
  }
}
