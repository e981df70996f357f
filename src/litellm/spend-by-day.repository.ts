import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { Money } from '../domain/money/money';
import { moneyFromDatabase } from '../platform/database/money-column';
import { SPEND_VISIBLE_BY } from '../spend/spend-log.repository';

export interface SpendFilter {
  readonly keyId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly userId?: string | undefined;
  /** Admitted at this instant or later. */
  readonly from?: Date | undefined;
  /** Admitted before this instant. */
  readonly to?: Date | undefined;
}

/** What one key of one user spent on one model on one day of UTC. Absent ids are the empty text. */
export interface DaySpend {
  readonly day: string;
  readonly keyId: string;
  readonly userId: string;
  readonly model: string;
  readonly cost: Money;
}

/** From the roll-ups, whose quarters of an hour make whole days in UTC. */
export async function sumSpendByDay(
  manager: EntityManager,
  visibility: Visibility,
  filter: SpendFilter,
): Promise<DaySpend[]> {
  const rows = await visibleRollups(manager, visibility, filter)
    .select(`to_char(spend.bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD')`, 'day')
    .addSelect('spend.key_id', 'key_id')
    .addSelect('spend.user_id', 'user_id')
    .addSelect('spend.model', 'model')
    .addSelect('sum(spend.cost)::text', 'cost')
    .groupBy('1, 2, 3, 4')
    .orderBy('1, 2, 3, 4')
    .getRawMany<{ day: string; key_id: string; user_id: string; model: string; cost: string }>();
  return rows.map((row) => ({
    day: row.day,
    keyId: row.key_id,
    userId: row.user_id,
    model: row.model,
    cost: moneyFromDatabase(row.cost),
  }));
}

/** All that the caller sees, once each however many ways there are to see it. */
export async function sumVisibleSpend(manager: EntityManager, visibility: Visibility): Promise<Money> {
  const row = await visibleRollups(manager, visibility, {})
    .select('coalesce(sum(spend.cost), 0)::text', 'cost')
    .getRawOne<{ cost: string }>();
  return moneyFromDatabase(row?.cost ?? '0');
}

function visibleRollups(
  manager: EntityManager,
  visibility: Visibility,
  filter: SpendFilter,
): SelectQueryBuilder<ObjectLiteral> {
  const query = manager.createQueryBuilder().from('spend_rollups', 'spend').where('TRUE');
  const { keyId, teamId, userId, from, to } = filter;
  if (keyId !== undefined) query.andWhere('spend.key_id = :keyId', { keyId });
  if (teamId !== undefined) query.andWhere('spend.team_id = :teamId', { teamId });
  if (userId !== undefined) query.andWhere('spend.user_id = :userId', { userId });
  if (from !== undefined) query.andWhere('spend.bucket >= :from', { from });
  if (to !== undefined) query.andWhere('spend.bucket < :to', { to });
  return onlyVisible(query, visibility, SPEND_VISIBLE_BY);
}
