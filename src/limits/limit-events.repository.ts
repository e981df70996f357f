import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { LimitEntity } from './limit.entity';

/** To whom a limit's target belongs: with the limit itself, all that its visibility depends on. */
export interface LimitOwners {
  readonly teamId: string | null;
  readonly userId: string | null;
}

export interface OwnedLimit {
  readonly limit: LimitEntity;
  readonly owners: LimitOwners;
}

/** These limits as anybody might see them; the deleted are left out. For delivery, which checks each reader itself. */
export async function readOwnedLimits(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, OwnedLimit>> {
  const { entities, raw } = await manager
    .createQueryBuilder(LimitEntity, 'lim')
    .addSelect(
      `CASE lim.scope WHEN 'TEAM' THEN lim.scope_id ELSE coalesce(k.team_id, p.team_id) END`,
      'owner_team',
    )
    .addSelect('k.user_id', 'owner_user')
    .leftJoin('virtual_keys', 'k', `lim.scope = 'KEY' AND k.id = lim.scope_id`)
    .leftJoin('projects', 'p', `lim.scope = 'PROJECT' AND p.id = lim.scope_id`)
    .where('lim.id = ANY(:ids)', { ids })
    .andWhere('lim.deleted_at IS NULL')
    .getRawAndEntities<{ owner_team: string | null; owner_user: string | null }>();
  return new Map(
    entities.map((limit, n) => {
      const owners = { teamId: raw[n]?.owner_team ?? null, userId: raw[n]?.owner_user ?? null };
      return [limit.id, { limit, owners }];
    }),
  );
}

/** What `visibleLimits` says, for a limit that was already read. */
export function isLimitVisible({ limit, owners }: OwnedLimit, visibility: Visibility): boolean {
  if (visibility.everything) return true;
  const { scope, scopeId, organizationId } = limit;
  if (organizationId !== null && visibility.fullOrganizationIds.includes(organizationId)) return true;
  if (owners.teamId !== null && visibility.fullTeamIds.includes(owners.teamId)) return true;
  if (owners.userId !== null && owners.userId === visibility.ownUserId) return true;
  switch (scope) {
    case 'ORGANIZATION':
      return visibility.knownOrganizationIds.includes(scopeId);
    case 'TEAM':
      return visibility.knownTeamIds.includes(scopeId);
    case 'PROJECT':
      return visibility.knownProjectIds.includes(scopeId);
    case 'USER':
      return visibility.knownUserIds.includes(scopeId);
    case 'KEY':
      return visibility.ownKeyIds.includes(scopeId);
    default:
      return false;
  }
}
