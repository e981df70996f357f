import type { EntityManager } from 'typeorm';
import type { Money } from '../domain/money/money';
import { moneyFromDatabase } from '../platform/database/money-column';

/** What each user ever spent within one team. Users that spent nothing are left out. */
export async function findMemberSpend(manager: EntityManager, teamId: string): Promise<Map<string, Money>> {
  const rows: { user_id: string; cost: string }[] = await manager.query(
    `SELECT user_id, sum(cost)::text AS cost FROM spend_rollups WHERE team_id = $1 GROUP BY user_id`,
    [teamId],
  );
  return new Map(rows.map((row) => [row.user_id, moneyFromDatabase(row.cost)]));
}
