import type { DataSource } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { AppError } from '../platform/errors';
import { BoundedQueue } from '../platform/events/bounded-queue';
import type { HintBus } from '../platform/events/hint-bus';
import { HintReader } from '../platform/events/hint-reader';
import type { Log } from '../platform/logger';
import type { SpendLogEntity } from './spend-log.entity';
import { isSpendVisible, readSpendLogs } from './spend-log.repository';

/** Whose spend to follow; what is left out does not narrow. */
export interface SpendScope {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
}

interface Subscriber {
  readonly scope: SpendScope;
  readonly visibility: Visibility;
  readonly queue: BoundedQueue<SpendLogEntity>;
}

/** Rows that may wait for a reader. They are shared between readers, so that this bounds pointers, not copies. */
const QUEUE_CAPACITY = 1_000;
const MAX_PENDING_IDS = 10_000;
const CATCH_UP = 'Subscribe again and catch up with spendLogs.';

/** Hands new rows of the log to those who follow it. Rows are read once per batch of hints, and only if anybody does. */
export class SpendFeed {
  private readonly subscribers = new Set<Subscriber>();
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
      onOverflow: () => this.failAll('More spend was recorded than could be delivered.'),
    });
    this.stops = [
      hints.on('spend', (ids) => {
        if (this.subscribers.size > 0) this.reader.add(ids);
      }),
      hints.onGap(() =>
        this.failAll('The connection to the database was lost; events may have been missed.'),
      ),
    ];
  }

  /** The rows of the scope that are visible, from now on. A reader that falls behind is ended with an error. */
  subscribe(scope: SpendScope, visibility: Visibility): AsyncIterableIterator<SpendLogEntity> {
    const queue = new BoundedQueue<SpendLogEntity>(
      QUEUE_CAPACITY,
      { kind: 'END', overflow: () => unavailable('Events were read too slowly.') },
      () => this.subscribers.delete(subscriber),
    );
    const subscriber: Subscriber = { scope, visibility, queue };
    this.subscribers.add(subscriber);
    return queue;
  }

  get subscriberCount(): number {
    return this.subscribers.size;
  }

  /** Ends every stream. */
  close(): void {
    for (const stop of this.stops) stop();
    for (const { queue } of [...this.subscribers]) void queue.return();
  }

  private async deliver(ids: readonly string[]): Promise<void> {
    try {
      for (const row of await readSpendLogs(this.db.manager, ids)) {
        for (const { scope, visibility, queue } of [...this.subscribers]) {
          if (isInScope(row, scope) && isSpendVisible(row, visibility)) queue.push(row);
        }
      }
    } catch (error) {
      this.log.error({ err: error }, 'Recorded spend could not be read for its subscribers.');
      this.failAll('Recorded spend could not be read.');
    }
  }

  private failAll(message: string): void {
    for (const { queue } of [...this.subscribers]) queue.fail(unavailable(message));
  }
}

function isInScope(row: SpendLogEntity, scope: SpendScope): boolean {
  return (
    (scope.organizationId ?? row.organizationId) === row.organizationId &&
    (scope.teamId ?? row.teamId) === row.teamId &&
    (scope.projectId ?? row.projectId) === row.projectId &&
    (scope.userId ?? row.userId) === row.userId &&
    (scope.keyId ?? row.keyId) === row.keyId
  );
}

function unavailable(what: string): AppError {
  return new AppError('UNAVAILABLE', `${what} ${CATCH_UP}`);
}
