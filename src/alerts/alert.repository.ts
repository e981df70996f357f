import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { AlertEntity } from './alert.entity';

export interface AlertFilter {
  readonly kind?: AlertKind | null | undefined;
  readonly severity?: AlertSeverity | null | undefined;
  readonly acknowledged?: boolean | null | undefined;
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly limitId?: string | null | undefined;
  readonly ruleId?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

/** What alerts can be listed of, by the column that names it. */
export type AlertParent = 'organization_id' | 'team_id' | 'key_id' | 'limit_id' | 'rule_id';

const PARENT_ID: Readonly<Record<AlertParent, (row: AlertEntity) => string>> = {
  organization_id: (row) => row.organizationId ?? '',
  team_id: (row) => row.teamId ?? '',
  key_id: (row) => row.keyId ?? '',
  limit_id: (row) => row.limitId ?? '',
  rule_id: (row) => row.ruleId,
};

/** Alerts are visible with the organization, team, user or key that they concerned. */
const VISIBLE_BY = {
  organization: 'alert.organization_id',
  team: 'alert.team_id',
  ownUser: 'alert.user_id',
  ownKey: 'alert.key_id',
} as const;

const NEWEST_FIRST = byInstant<AlertEntity>('alert.raisedAt', 'alert.raised_at', (row) => row.raisedAt, {
  descending: true,
});

export async function findAlerts(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<AlertEntity[]> {
  const query = all(manager).where('alert.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

/** As anybody might see them, for delivery, which checks each reader itself. */
export async function readAlerts(manager: EntityManager, ids: readonly string[]): Promise<AlertEntity[]> {
  return all(manager)
    .where('alert.id = ANY(:ids)', { ids: [...new Set(ids)] })
    .orderBy('alert.raised_at')
    .getMany();
}

/** What VISIBLE_BY says, for a row that was already read. */
export function isAlertVisible(row: AlertEntity, visibility: Visibility): boolean {
  return (
    visibility.everything ||
    (row.organizationId !== null && visibility.fullOrganizationIds.includes(row.organizationId)) ||
    (row.teamId !== null && visibility.fullTeamIds.includes(row.teamId)) ||
    (row.userId !== null && row.userId === visibility.ownUserId) ||
    (row.keyId !== null && visibility.ownKeyIds.includes(row.keyId))
  );
}

/** Newest first. */
export async function listAlerts(
  manager: EntityManager,
  visibility: Visibility,
  filter: AlertFilter,
  page: PageRequest,
): Promise<Page<AlertEntity>> {
  const query = all(manager).where('TRUE');
  const equals = {
    kind: filter.kind,
    severity: filter.severity,
    organization_id: filter.organizationId,
    team_id: filter.teamId,
    key_id: filter.keyId,
    limit_id: filter.limitId,
    rule_id: filter.ruleId,
  };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) query.andWhere(`alert.${column} = :${column}`, { [column]: value });
  }
  if (filter.acknowledged != null)
    query.andWhere(`alert.acknowledged_at IS ${filter.acknowledged ? 'NOT NULL' : 'NULL'}`);
  if (filter.from != null) query.andWhere('alert.raised_at >= :from', { from: filter.from });
  if (filter.to != null) query.andWhere('alert.raised_at < :to', { to: filter.to });
  return keysetPage(onlyVisible(query, visibility, VISIBLE_BY), NEWEST_FIRST, page);
}

/** The alerts of each of these things, newest first, a page each. */
export async function listAlertsOf(
  manager: EntityManager,
  visibility: Visibility,
  parent: AlertParent,
  ids: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<AlertEntity>>> {
  const query = onlyVisible(all(manager).where('TRUE'), visibility, VISIBLE_BY);
  const by = { column: `alert.${parent}`, idOf: PARENT_ID[parent] };
  return keysetChildren(query, by, ids, NEWEST_FIRST, page);
}

function all(manager: EntityManager): SelectQueryBuilder<AlertEntity> {
  return manager.createQueryBuilder(AlertEntity, 'alert');
}
