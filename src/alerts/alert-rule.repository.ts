import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { AlertKind } from '../domain/alerts/kinds';
import type { RuleScope } from '../domain/alerts/rule';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { AlertRuleEntity } from './alert-rule.entity';

export interface AlertRuleFilter {
  readonly kind?: AlertKind | null | undefined;
  readonly scope?: RuleScope | null | undefined;
  readonly scopeId?: string | null | undefined;
  readonly organizationId?: string | null | undefined;
}

/** The server's own rules are visible to whoever sees everything, others with the place that they hold in. */
const VISIBLE_BY = {
  organization: 'rule.organization_id',
  team: `CASE rule.scope WHEN 'TEAM' THEN rule.scope_id
    WHEN 'PROJECT' THEN (SELECT p.team_id FROM projects p WHERE p.id = rule.scope_id)
    WHEN 'KEY' THEN (SELECT k.team_id FROM virtual_keys k WHERE k.id = rule.scope_id)
    WHEN 'LIMIT' THEN (SELECT o.team_id FROM limits l, alert_owner(l.scope, l.scope_id) o WHERE l.id = rule.scope_id) END`,
  ownUser: `CASE rule.scope WHEN 'KEY' THEN (SELECT k.user_id FROM virtual_keys k WHERE k.id = rule.scope_id) END`,
  ownKey: `CASE rule.scope WHEN 'KEY' THEN rule.scope_id END`,
} as const;

const OLDEST_FIRST = byInstant<AlertRuleEntity>(
  'alertRule.createdAt',
  'rule.created_at',
  (row) => row.createdAt,
);

export async function findAlertRules(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<AlertRuleEntity[]> {
  const query = live(manager).andWhere('rule.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listAlertRules(
  manager: EntityManager,
  visibility: Visibility,
  filter: AlertRuleFilter,
  page: PageRequest,
): Promise<Page<AlertRuleEntity>> {
  const query = live(manager);
  const equals = {
    kind: filter.kind,
    scope: filter.scope,
    scope_id: filter.scopeId,
    organization_id: filter.organizationId,
  };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) query.andWhere(`rule.${column} = :${column}`, { [column]: value });
  }
  return keysetPage(onlyVisible(query, visibility, VISIBLE_BY), OLDEST_FIRST, page);
}

/** The rules of these kinds that are switched on. */
export async function rulesOfKinds(
  manager: EntityManager,
  kinds: readonly AlertKind[],
): Promise<AlertRuleEntity[]> {
  return live(manager)
    .andWhere('rule.enabled AND rule.kind = ANY(:kinds)', { kinds })
    .orderBy('rule.id')
    .getMany();
}

/** How many rules an organization has, or with null the server. */
export async function countAlertRules(
  manager: EntityManager,
  organizationId: string | null,
): Promise<number> {
  return live(manager)
    .andWhere('rule.organization_id IS NOT DISTINCT FROM :organizationId', { organizationId })
    .getCount();
}

function live(manager: EntityManager): SelectQueryBuilder<AlertRuleEntity> {
  return manager.createQueryBuilder(AlertRuleEntity, 'rule').where('rule.deleted_at IS NULL');
}
