/** What a queue does with an event that finds it full. */
export type WhenFull =
  /** Ends the stream with the error that `overflow` makes. */
  | { readonly kind: 'END'; readonly overflow: () => Error }
  /** Forgets the oldest event: for streams of states, where only the newest counts. */
  | { readonly kind: 'FORGET_OLDEST' };

/**
 * Events on their way to one reader. The reader pulls at its own pace; memory is bounded by the capacity. A queue that
 * has ended stays ended: what the reader had not fetched by then is dropped when it ends with an error.
 */
export class BoundedQueue<T> implements AsyncIterableIterator<T> {
  private readonly items: T[] = [];
  private readonly waiting: PromiseWithResolvers<IteratorResult<T>>[] = [];
  private failure: Error | null = null;
  private ended = false;

  constructor(
    private readonly capacity: number,
    private readonly whenFull: WhenFull,
    /** Called once, when nobody will read any more. */
    private readonly onEnd: () => void,
  ) {}

  push(item: T): void {
    if (this.ended) return;
    const reader = this.waiting.shift();
    if (reader) {
      reader.resolve({ done: false, value: item });
      return;
    }
    if (this.items.length >= this.capacity) {
      if (this.whenFull.kind === 'END') {
        this.fail(this.whenFull.overflow());
        return;
      }
      this.items.shift();
    }
    this.items.push(item);
  }

  /** Ends the stream: its reader gets the error next. */
  fail(error: Error): void {
    if (this.ended) return;
    const reader = this.waiting.shift();
    if (reader) reader.reject(error);
    else this.failure = error;
    this.end();
  }

  async next(): Promise<IteratorResult<T>> {
    const item = this.items.shift();
    if (item !== undefined) return { done: false, value: item };
    if (this.failure) {
      const error = this.failure;
      this.failure = null;
      throw error;
    }
    if (this.ended) return { done: true, value: undefined };
    const reader = withResolvers<IteratorResult<T>>();
    this.waiting.push(reader);
    return reader.promise;
  }

  async return(): Promise<IteratorResult<T>> {
    this.failure = null;
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.items.length = 0;
    for (const reader of this.waiting.splice(0)) reader.resolve({ done: true, value: undefined });
    this.onEnd();
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}
