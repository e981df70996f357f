import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { CHANGE_BY, transition, type KeyAction, type KeyFacts } from '../domain/keys/key-state';
import { ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { tellOfKey } from './key-events';
import { findKeys } from './key.repository';
import { permitKey, type OwnKey } from './own-key';
import { VirtualKeyEntity } from './virtual-key.entity';

/** Columns to write: undefined leaves one alone, null clears it. */
export type KeyColumns = {
  [K in keyof Omit<VirtualKeyEntity, 'id' | 'version' | 'createdAt' | 'createdBy' | 'updatedAt'>]?:
    VirtualKeyEntity[K] | undefined;
};

/**
 * The one way in which a key changes: its row is locked, its version grows in the same transaction, and the caches hear
 * of it after the commit.
 */
export class KeyChanger {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  /**
   * `apply` gives the columns to write; what else it does happens in the same transaction. It is told by which rules a
   * member changes a key of its own, null for an administrator.
   */
  async change(
    ctx: RequestContext,
    keyId: string,
    action: KeyAction,
    apply: (
      manager: EntityManager,
      key: VirtualKeyEntity,
      own: OwnKey | null,
    ) => Promise<Result<KeyColumns, UserIssue[]>>,
  ): Promise<Result<VirtualKeyEntity, UserIssue[]>> {
    const changed = await this.db.transaction(async (manager) => {
      const [visible] = await findKeys(manager, ctx.visibility, [keyId]);
      if (!visible) return issue('NOT_FOUND', 'keyId', `There is no key "${keyId}".`);
      await permitKey(manager, ctx, visible);
      const key = await manager.findOneOrFail(VirtualKeyEntity, {
        where: { id: keyId },
        lock: { mode: 'pessimistic_write' },
      });
      // The key may have moved to another team while this waited for the lock.
      const own = await permitKey(manager, ctx, key);
      if (own !== null && action === 'UNBLOCK')
        return issue('INVALID', 'keyId', 'Only an administrator of the team unblocks a key.');
      const step = transition(keyFacts(key), action, ctx.clock.now());
      if (!step.ok) return issue('CONFLICT', 'keyId', step.error);
      if (step.value === 'KEEP') return ok({ key, isChanged: false });
      const columns = await apply(manager, key, own);
      if (!columns.ok) return columns;
      await manager.update(VirtualKeyEntity, keyId, {
        ...changes<VirtualKeyEntity>({ ...columns.value, updatedAt: new Date(ctx.clock.now()) }),
        version: () => 'version + 1',
      });
      return ok({ key: await manager.findOneByOrFail(VirtualKeyEntity, { id: keyId }), isChanged: true });
    });
    if (!changed.ok) return changed;
    if (changed.value.isChanged) tellOfKey(this.hints, keyId, CHANGE_BY[action]);
    return ok(changed.value.key);
  }
}

export function keyFacts(key: VirtualKeyEntity): KeyFacts {
  return {
    blocked: key.blocked,
    expiresAtMs: key.expiresAt?.getTime() ?? null,
    deletedAtMs: key.deletedAt?.getTime() ?? null,
  };
}
