import { IsNull, Not, type EntityManager } from 'typeorm';
import { windowAt } from '../domain/limits/window';
import { reconcileHolders } from '../limits/holder-books.repository';
import { backfillWindow, openLimitChange } from '../limits/limit-books.repository';
import { LimitEntity, windowSpecOf } from '../limits/limit.entity';

/** The limits of things themselves that anything is spent under, by id, a few at a time. */
export async function spendingLimits(
  manager: EntityManager,
  after: string,
  first: number,
): Promise<LimitEntity[]> {
  return manager
    .createQueryBuilder(LimitEntity, 'lim')
    .where({ deletedAt: IsNull(), scope: Not('TEMPLATE'), unit: Not('CONCURRENT') })
    .andWhere('lim.id > :after', { after })
    .orderBy('lim.id')
    .take(first)
    .getMany();
}

/**
 * Fills the present windows of limits from the log, as that of a new limit: rows were imported into spans for which there
 * was no window yet, or one was made empty by a call. With the ledger taken alone.
 */
export async function refillWindows(manager: EntityManager, limitIds: readonly string[]): Promise<void> {
  const { now } = await openLimitChange(manager);
  for (const id of limitIds) {
    const limit = await manager.findOneByOrFail(LimitEntity, { id });
    if (limit.deletedAt !== null) continue;
    await backfillWindow(manager, limit, windowAt(windowSpecOf(limit), now.getTime()));
  }
}

/** The same for every holder of every template. */
export async function refillHolders(manager: EntityManager): Promise<void> {
  const { now } = await openLimitChange(manager);
  const limits = await manager.findBy(LimitEntity, { scope: 'TEMPLATE', deletedAt: IsNull() });
  await reconcileHolders(manager, now, { limitIds: limits.map((limit) => limit.id) });
}
