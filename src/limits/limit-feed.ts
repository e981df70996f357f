import type { DataSource } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { AppError } from '../platform/errors';
import { BoundedQueue } from '../platform/events/bounded-queue';
import type { HintBus } from '../platform/events/hint-bus';
import { HintReader } from '../platform/events/hint-reader';
import type { Log } from '../platform/logger';
import { isLimitVisible, readOwnedLimits, type OwnedLimit } from './limit-events.repository';
import { findLatestWindows, type LatestWindow } from './limit-window.repository';

/** A limit as it stands after a change of its terms or of what its window holds. */
export interface LimitState extends OwnedLimit {
  readonly latest: LatestWindow;
}

interface Subscriber {
  readonly visibility: Visibility;
  readonly queue: BoundedQueue<LimitState>;
}

/** Limits that may wait to be read: more than anybody follows at once. */
const MAX_PENDING_IDS = 100_000;

/** Tells those who follow a limit how it stands. Only the newest state waits for a slow reader. */
export class LimitFeed {
  private readonly subscribers = new Map<string, Set<Subscriber>>();
  private readonly reader: HintReader;
  private readonly stops: (() => void)[];

  constructor(
    private readonly db: DataSource,
    hints: Pick<HintBus, 'on' | 'onGap'>,
    private readonly log: Log,
  ) {
    this.reader = new HintReader({
      maxPending: MAX_PENDING_IDS,
      read: (ids) => this.deliver(ids),
      onOverflow: () => this.failAll(),
    });
    this.stops = [
      hints.on('limits', (ids) => this.reader.add(ids.filter((id) => this.subscribers.has(id)))),
      // States replace each other, so that reading anew makes up for hints that were missed.
      hints.onGap(() => this.reader.add(this.subscribers.keys())),
    ];
  }

  /** The states of a limit, from its next change on. The stream ends when the limit is deleted. */
  subscribe(limitId: string, visibility: Visibility): AsyncIterableIterator<LimitState> {
    const followers = this.subscribers.get(limitId) ?? new Set();
    this.subscribers.set(limitId, followers);
    const queue = new BoundedQueue<LimitState>(1, { kind: 'FORGET_OLDEST' }, () => {
      followers.delete(subscriber);
      if (followers.size === 0) this.subscribers.delete(limitId);
    });
    const subscriber: Subscriber = { visibility, queue };
    followers.add(subscriber);
    return queue;
  }

  get subscriberCount(): number {
    return [...this.subscribers.values()].reduce((sum, followers) => sum + followers.size, 0);
  }

  /** Ends every stream. */
  close(): void {
    for (const stop of this.stops) stop();
    for (const { queue } of this.all()) void queue.return();
  }

  private async deliver(ids: readonly string[]): Promise<void> {
    try {
      const limits = await readOwnedLimits(this.db.manager, ids);
      const windows = await findLatestWindows(this.db.manager, [...limits.keys()]);
      for (const id of ids) this.push(id, limits.get(id), windows.get(id));
    } catch (error) {
      this.log.error({ err: error }, 'Changed limits could not be read for their subscribers.');
      this.failAll();
    }
  }

  private push(id: string, owned: OwnedLimit | undefined, latest: LatestWindow | undefined): void {
    for (const { visibility, queue } of [...(this.subscribers.get(id) ?? [])]) {
      if (!owned || !latest) void queue.return();
      else if (isLimitVisible(owned, visibility)) queue.push({ ...owned, latest });
    }
  }

  private failAll(): void {
    const error = new AppError(
      'UNAVAILABLE',
      'Changed limits could not be read. Subscribe again and query `limit`.',
    );
    for (const { queue } of this.all()) queue.fail(error);
  }

  private all(): Subscriber[] {
    return [...this.subscribers.values()].flatMap((followers) => [...followers]);
  }
}
