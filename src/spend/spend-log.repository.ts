import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { idTime } from '../domain/ids';
import { SpendLogEntity } from './spend-log.entity';

const DAY_MS = 86_400_000;

/** Spend is visible with the organization, team, user or key that it was booked to, whatever became of them since. */
export const SPEND_VISIBLE_BY = {
  organization: 'spend.organization_id',
  team: 'spend.team_id',
  ownUser: 'spend.user_id',
  ownKey: 'spend.key_id',
} as const;

/** What SPEND_VISIBLE_BY says, for a row that was already read. */
export function isSpendVisible(
  row: Pick<SpendLogEntity, 'organizationId' | 'teamId' | 'userId' | 'keyId'>,
  visibility: Visibility,
): boolean {
  return (
    visibility.everything ||
    visibility.fullOrganizationIds.includes(row.organizationId) ||
    visibility.fullTeamIds.includes(row.teamId) ||
    row.userId === visibility.ownUserId ||
    visibility.ownKeyIds.includes(row.keyId)
  );
}

export async function findSpendLogs(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<SpendLogEntity[]> {
  const query = (): SelectQueryBuilder<SpendLogEntity> =>
    onlyVisible(byIds(manager, ids), visibility, SPEND_VISIBLE_BY);
  const times = ids.map(idTime).filter((time) => time !== null);
  if (times.length < ids.length) return query().getMany();
  // An id tells about when its call was admitted, and so which few partitions can hold it.
  const found = await query()
    .andWhere('spend.admitted_at BETWEEN :from AND :to', {
      from: new Date(Math.min(...times) - DAY_MS),
      to: new Date(Math.max(...times) + DAY_MS),
    })
    .getMany();
  return found.length === ids.length ? found : query().getMany();
}

/** The rows as anybody might see them, in the order of booking: for delivery, which checks each reader itself. */
export async function readSpendLogs(
  manager: EntityManager,
  ids: readonly string[],
): Promise<SpendLogEntity[]> {
  return byIds(manager, ids).orderBy('spend.seq', 'ASC').getMany();
}

function byIds(manager: EntityManager, ids: readonly string[]): SelectQueryBuilder<SpendLogEntity> {
  return manager
    .createQueryBuilder(SpendLogEntity, 'spend')
    .where('spend.id = ANY(:ids)', { ids: [...new Set(ids)] });
}
