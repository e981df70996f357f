import type { DataSource } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { isKeyChange, type KeyChange } from '../domain/keys/key-state';
import { EventFeed } from '../platform/events/event-feed';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import { isKeyVisible, readKeys } from './key.repository';
import type { VirtualKeyEntity } from './virtual-key.entity';

/** Whose keys to follow; what is left out does not narrow. */
export interface KeyScope {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly serviceAccountId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
}

/** What befell a key, and the key as it is since. */
export interface ChangedKey {
  readonly change: KeyChange;
  readonly key: VirtualKeyEntity;
}

/** Hands the changes of keys to those who follow them. */
export class KeyFeed extends EventFeed<ChangedKey> {
  constructor(db: DataSource, hints: Pick<HintBus, 'on' | 'onGap'>, log: Log) {
    super({
      ...{ hints, log, topic: 'keyChanges', what: 'Changes of keys', catchUp: 'catch up with keys' },
      read: (hinted) => readEvents(db, hinted),
    });
  }

  /** The changes of the scope's keys that are visible, from now on. */
  subscribe(scope: KeyScope, visibility: Visibility): AsyncIterableIterator<ChangedKey> {
    return this.follow(({ key }) => isInScope(key, scope) && isKeyVisible(key, visibility));
  }
}

/** A hint names the change and the key, as `tellOfKey` writes it. */
async function readEvents(db: DataSource, hinted: readonly string[]): Promise<ChangedKey[]> {
  const parts = hinted.map((hint) => hint.split(':'));
  const rows = await readKeys(db.manager, [...new Set(parts.map(([, keyId = '']) => keyId))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return parts.flatMap(([change = '', keyId = '']) => {
    const key = byId.get(keyId);
    return key && isKeyChange(change) ? [{ change, key }] : [];
  });
}

function isInScope(key: VirtualKeyEntity, scope: KeyScope): boolean {
  return (
    (scope.organizationId ?? key.organizationId) === key.organizationId &&
    (scope.teamId ?? key.teamId) === key.teamId &&
    (scope.projectId ?? key.projectId) === key.projectId &&
    (scope.userId ?? key.userId) === key.userId &&
    (scope.serviceAccountId ?? key.serviceAccountId) === key.serviceAccountId &&
    (scope.keyId ?? key.id) === key.id
  );
}
