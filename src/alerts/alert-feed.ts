import type { DataSource } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { EventFeed } from '../platform/events/event-feed';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import type { AlertEntity } from './alert.entity';
import { isAlertVisible, readAlerts } from './alert.repository';

/** Whose alerts to follow; what is left out does not narrow. */
export interface AlertScope {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
}

/** Hands alerts to those who follow them: once when they are raised, and again when they are acknowledged. */
export class AlertFeed extends EventFeed<AlertEntity> {
  constructor(db: DataSource, hints: Pick<HintBus, 'on' | 'onGap'>, log: Log) {
    super({
      ...{ hints, log, topic: 'alerts', what: 'Alerts', catchUp: 'catch up with alerts' },
      read: (ids) => readAlerts(db.manager, ids),
    });
  }

  /** The alerts of the scope that are visible, from now on. */
  subscribe(scope: AlertScope, visibility: Visibility): AsyncIterableIterator<AlertEntity> {
    return this.follow((row) => isInScope(row, scope) && isAlertVisible(row, visibility));
  }
}

function isInScope(row: AlertEntity, scope: AlertScope): boolean {
  return (
    (scope.organizationId ?? row.organizationId) === row.organizationId &&
    (scope.teamId ?? row.teamId) === row.teamId &&
    (scope.keyId ?? row.keyId) === row.keyId
  );
}
