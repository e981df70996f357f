import type { DataSource } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { AppError } from '../platform/errors';
import { BoundedQueue } from '../platform/events/bounded-queue';
import type { HintBus } from '../platform/events/hint-bus';
import { HintReader } from '../platform/events/hint-reader';
import type { Log } from '../platform/logger';
import type { AlertEntity } from './alert.entity';
import { isAlertVisible, readAlerts } from './alert.repository';

/** Whose alerts to follow; what is left out does not narrow. */
export interface AlertScope {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
}

interface Subscriber {
  readonly scope: AlertScope;
  readonly visibility: Visibility;
  readonly queue: BoundedQueue<AlertEntity>;
}

const QUEUE_CAPACITY = 1_000;
const MAX_PENDING_IDS = 10_000;

/** Hands alerts to those who follow them: once when they are raised, and again when they are acknowledged. */
export class AlertFeed {
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
      onOverflow: () => this.failAll('More alerts were raised than could be delivered.'),
    });
    this.stops = [
      hints.on('alerts', (ids) => {
        if (this.subscribers.size > 0) this.reader.add(ids);
      }),
      hints.onGap(() =>
        this.failAll('The connection to the database was lost; alerts may have been missed.'),
      ),
    ];
  }

  /** The alerts of the scope that are visible, from now on. A reader that falls behind is ended with an error. */
  subscribe(scope: AlertScope, visibility: Visibility): AsyncIterableIterator<AlertEntity> {
    const queue = new BoundedQueue<AlertEntity>(
      QUEUE_CAPACITY,
      { kind: 'END', overflow: () => unavailable('Alerts were read too slowly.') },
      () => this.subscribers.delete(subscriber),
    );
    const subscriber: Subscriber = { scope, visibility, queue };
    this.subscribers.add(subscriber);
    return queue;
  }

  /** Ends every stream. */
  close(): void {
    for (const stop of this.stops) stop();
    for (const { queue } of [...this.subscribers]) void queue.return();
  }

  private async deliver(ids: readonly string[]): Promise<void> {
    try {
      for (const row of await readAlerts(this.db.manager, ids)) {
        for (const { scope, visibility, queue } of [...this.subscribers]) {
          if (isInScope(row, scope) && isAlertVisible(row, visibility)) queue.push(row);
        }
      }
    } catch (error) {
      this.log.error({ err: error }, 'Raised alerts could not be read for their subscribers.');
      this.failAll('Raised alerts could not be read.');
    }
  }

  private failAll(message: string): void {
    for (const { queue } of [...this.subscribers]) queue.fail(unavailable(message));
  }
}

function isInScope(row: AlertEntity, scope: AlertScope): boolean {
  return (
    (scope.organizationId ?? row.organizationId) === row.organizationId &&
    (scope.teamId ?? row.teamId) === row.teamId &&
    (scope.keyId ?? row.keyId) === row.keyId
  );
}

function unavailable(what: string): AppError {
  return new AppError('UNAVAILABLE', `${what} Subscribe again and catch up with alerts.`);
}
