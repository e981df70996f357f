import type { Visibility } from '../access/visibility';
import { idKind, idTime } from '../domain/ids';
import { formatMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import type { CostStatus } from '../domain/pricing/cost';
import type { SpendKind, SpendStatus } from '../domain/spend/spend-words';

const DAY_MS = 86_400_000;

export interface SpendLogFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly deploymentId?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly status?: SpendStatus | null | undefined;
  readonly kind?: SpendKind | null | undefined;
  readonly callId?: string | null | undefined;
  readonly pricingStatus?: CostStatus | null | undefined;
  readonly tag?: string | null | undefined;
  /** The alias that the key had when the call was made. */
  readonly keyAlias?: string | null | undefined;
  /** Any of these. */
  readonly statuses?: readonly SpendStatus[] | null | undefined;
  /** Costs at least this; costs that are not known do not count. */
  readonly minCost?: Money | null | undefined;
  /** Costs at most this. */
  readonly maxCost?: Money | null | undefined;
  /** Admitted at this instant or later. */
  readonly from?: Date | null | undefined;
  /** Admitted before this instant. */
  readonly to?: Date | null | undefined;
}

const EQUAL = {
  organizationId: 'organization_id',
  teamId: 'team_id',
  projectId: 'project_id',
  userId: 'user_id',
  keyId: 'key_id',
  customerId: 'customer_id',
  deploymentId: 'deployment_id',
  model: 'model',
  provider: 'provider',
  status: 'status',
  kind: 'kind',
  callId: 'call_id',
  pricingStatus: 'pricing_status',
  keyAlias: 'key_alias',
} as const satisfies Partial<Record<keyof SpendLogFilter, string>>;

/** A column and the values of it that the caller sees; null: everything. */
export type Source = readonly [column: string, ids: readonly string[]] | null;

export function sourcesOf(visibility: Visibility): Source[] {
  if (visibility.everything) return [null];
  const sources: Source[] = [
    ['organization_id', visibility.fullOrganizationIds],
    ['team_id', visibility.fullTeamIds],
    ['user_id', visibility.ownUserId === null ? [] : [visibility.ownUserId]],
    ['key_id', visibility.ownKeyIds],
  ];
  return sources.filter((source) => source === null || source[1].length > 0);
}

/** A page of the rows of a source, as a part of a statement. */
export function sourcePage(
  sql: Statement,
  source: Source,
  conditions: readonly string[],
  sort: string,
): string {
  if (source === null) {
    return `(SELECT id, admitted_at, seq FROM spend_logs WHERE ${all(conditions)} ${sort})`;
  }
  const [column, ids] = source;
  return `(SELECT page.id, page.admitted_at, page.seq FROM unnest(${sql.add(ids)}::text[]) AS seen(id)
    CROSS JOIN LATERAL (SELECT id, admitted_at, seq FROM spend_logs
      WHERE ${all([`${column} = seen.id`, ...conditions])} ${sort}) AS page)`;
}

/** The conditions of the filter, their values added to the statement. */
export function conditionsOf(sql: Statement, filter: SpendLogFilter): string[] {
  const conditions: string[] = [];
  for (const [name, column] of Object.entries(EQUAL)) {
    const value = filter[name as keyof typeof EQUAL];
    if (value != null) conditions.push(`${column} = ${sql.add(value)}`);
  }
  if (filter.tag != null) conditions.push(`${sql.add(filter.tag)} = ANY (tags)`);
  if (filter.statuses != null) conditions.push(`status = ANY (${sql.add(filter.statuses)}::text[])`);
  if (filter.minCost != null) conditions.push(`cost >= ${sql.add(formatMoney(filter.minCost))}::numeric`);
  if (filter.maxCost != null) conditions.push(`cost <= ${sql.add(formatMoney(filter.maxCost))}::numeric`);
  const isOwnCall = filter.callId != null && idKind(filter.callId) === 'call';
  // Calls that were imported have the ids of their server, which tell no time; an index has these alone.
  if (filter.callId != null && !isOwnCall) conditions.push(`call_id NOT LIKE 'call\\_%'`);
  const callTime = isOwnCall ? idTime(filter.callId) : null;
  // All rows of a call carry the instant of its admission, which its id tells to within a day even of a wrong clock.
  if (callTime !== null) {
    const [from, to] = [new Date(callTime - DAY_MS), new Date(callTime + DAY_MS)];
    conditions.push(`admitted_at BETWEEN ${sql.add(from)} AND ${sql.add(to)}`);
  }
  if (filter.from != null) conditions.push(`admitted_at >= ${sql.add(filter.from)}`);
  if (filter.to != null) conditions.push(`admitted_at < ${sql.add(filter.to)}`);
  return conditions;
}

function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
}

/** Parameters in the order in which the text names them. */
export class Statement {
  readonly parameters: unknown[] = [];

  add(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }
}
