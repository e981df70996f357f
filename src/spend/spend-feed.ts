import type { DataSource } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { EventFeed } from '../platform/events/event-feed';
import type { HintBus } from '../platform/events/hint-bus';
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

/** Hands new rows of the log to those who follow it. */
export class SpendFeed extends EventFeed<SpendLogEntity> {
  constructor(db: DataSource, hints: Pick<HintBus, 'on' | 'onGap'>, log: Log) {
    super({
      ...{ hints, log, topic: 'spend', what: 'Rows of the spend log', catchUp: 'catch up with spendLogs' },
      read: (ids) => readSpendLogs(db.manager, ids),
    });
  }

  /** The rows of the scope that are visible, from now on. */
  subscribe(scope: SpendScope, visibility: Visibility): AsyncIterableIterator<SpendLogEntity> {
    return this.follow((row) => isInScope(row, scope) && isSpendVisible(row, visibility));
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
