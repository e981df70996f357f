import { AppError } from '../errors';
import type { Log } from '../logger';
import { BoundedQueue } from './bounded-queue';
import type { HintBus, HintTopic } from './hint-bus';
import { HintReader } from './hint-reader';

export interface EventFeedOptions<Event> {
  readonly hints: Pick<HintBus, 'on' | 'onGap'>;
  readonly log: Log;
  readonly topic: HintTopic;
  /** What the hints tell of, read once for everybody who follows. */
  readonly read: (ids: readonly string[]) => Promise<readonly Event[]>;
  /** The events' name in messages, such as "Alerts". */
  readonly what: string;
  /** How a caller finds what it missed, such as "catch up with alerts". */
  readonly catchUp: string;
}

interface Follower<Event> {
  readonly accepts: (event: Event) => boolean;
  readonly queue: BoundedQueue<Event>;
}

/** Events that may wait for a reader. They are shared between readers, so that this bounds pointers, not copies. */
const QUEUE_CAPACITY = 1_000;
const MAX_PENDING_IDS = 10_000;

/**
 * Hands events to those who follow them, on whichever server process they happened. They are read once per batch of hints,
 * and only if anybody follows. Each comes at most once: what may have been missed ends the streams with an error.
 */
export class EventFeed<Event> {
  private readonly followers = new Set<Follower<Event>>();
  private readonly reader: HintReader;
  private readonly stops: (() => void)[];

  constructor(private readonly options: EventFeedOptions<Event>) {
    const { hints, topic, what } = options;
    this.reader = new HintReader({
      maxPending: MAX_PENDING_IDS,
      read: (ids) => this.deliver(ids),
      onOverflow: () => this.failAll(`${what}: there were more than could be delivered.`),
    });
    this.stops = [
      hints.on(topic, (ids) => {
        if (this.followers.size > 0) this.reader.add(ids);
      }),
      hints.onGap(() =>
        this.failAll(`${what}: the connection to the database was lost; some may have been missed.`),
      ),
    ];
  }

  /** The events that are accepted, from now on. A reader that falls behind is ended with an error. */
  follow(accepts: (event: Event) => boolean): AsyncIterableIterator<Event> {
    const queue = new BoundedQueue<Event>(
      QUEUE_CAPACITY,
      { kind: 'END', overflow: () => this.unavailable(`${this.options.what}: they were read too slowly.`) },
      () => this.followers.delete(follower),
    );
    const follower: Follower<Event> = { accepts, queue };
    this.followers.add(follower);
    return queue;
  }

  get subscriberCount(): number {
    return this.followers.size;
  }

  /** Ends every stream. */
  close(): void {
    for (const stop of this.stops) stop();
    for (const { queue } of [...this.followers]) void queue.return();
  }

  private async deliver(ids: readonly string[]): Promise<void> {
    const { read, log, what } = this.options;
    try {
      for (const event of await read(ids)) {
        for (const { accepts, queue } of [...this.followers]) if (accepts(event)) queue.push(event);
      }
    } catch (error) {
      log.error({ err: error }, `${what} could not be read for their subscribers.`);
      this.failAll(`${what} could not be read.`);
    }
  }

  private failAll(message: string): void {
    for (const { queue } of [...this.followers]) queue.fail(this.unavailable(message));
  }

  private unavailable(message: string): AppError {
    return new AppError('UNAVAILABLE', `${message} Subscribe again and ${this.options.catchUp}.`);
  }
}
