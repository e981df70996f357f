/** Makes the stream of events of one subscription; `request` is what the subscription's `topicId` returns. */
export type LiveSource = (request: never) => AsyncIterable<unknown>;

/**
 * Where type-graphql finds the event streams of subscriptions. Each topic makes its own streams, bounded and filtered
 * for the subscriber; nothing is published through here.
 */
export class LiveTopics {
  private readonly sources: ReadonlyMap<string, LiveSource>;

  constructor(sources: Readonly<Record<string, LiveSource>>) {
    this.sources = new Map(Object.entries(sources));
  }

  subscribe(topic: string, request?: unknown): AsyncIterable<unknown> {
    const source = this.sources.get(topic);
    if (!source) throw new Error(`No source of events is registered for the topic "${topic}".`);
    return source(request as never);
  }

  publish(topic: string): void {
    throw new Error(`Events of "${topic}" come from hints about committed rows, not from resolvers.`);
  }
}

/**
 * A stream that is open from the start but hands nothing out before `permit` resolves; if it rejects, so does the
 * stream. What happens between a caller's subscribing and the answer about its permission is thus not lost.
 */
export function whenPermitted<T>(
  stream: AsyncIterableIterator<T>,
  permit: Promise<void>,
): AsyncIterableIterator<T> {
  // Observed here too, because a reader that leaves at once never asks.
  permit.catch(() => undefined);
  return {
    async next() {
      try {
        await permit;
      } catch (error) {
        await stream.return?.();
        throw error;
      }
      return stream.next();
    },
    async return() {
      await stream.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
