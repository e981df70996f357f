import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { idTime } from '../domain/ids';
import { formatMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import type { CostStatus } from '../domain/pricing/cost';
import type { SpendKind, SpendStatus } from '../domain/spend/spend-words';
import { decodeCursor, encodeCursor } from '../platform/database/cursor';
import {
  byInstant,
  pageOf,
  pageSize,
  type KeysetOrder,
  type Page,
  type PageRequest,
} from '../platform/database/keyset';
import { SpendLogEntity } from './spend-log.entity';

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

export interface SpendLogList {
  readonly filter: SpendLogFilter;
  readonly order: SpendLogListOrder;
  readonly page: PageRequest;
}

/** By the instant of admission, or in the order in which the rows were written: what to catch up by. */
export type SpendLogListOrder = 'ADMITTED_AT_ASC' | 'ADMITTED_AT_DESC' | 'BOOKED_ASC';

const ORDERS: Readonly<Record<SpendLogListOrder, KeysetOrder<SpendLogEntity>>> = {
  ADMITTED_AT_ASC: admissionOrder(false),
  ADMITTED_AT_DESC: admissionOrder(true),
  BOOKED_ASC: {
    name: 'spend.booked',
    column: 'seq',
    cast: 'bigint',
    descending: false,
    valueOf: (row) => row.seq,
  },
};

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

/** The place of a row in the order BOOKED_ASC, for a reader that met it elsewhere. */
export function bookedCursor(row: SpendLogEntity): string {
  return encodeCursor(ORDERS.BOOKED_ASC.name, { value: row.seq, id: row.id });
}

/**
 * One page of the log. For a caller who sees parts of it, the page is merged from one short page per organization, team,
 * user and key that the caller sees, each read from the end of an index: the log is never searched for the few rows
 * among those of all others.
 */
export async function listSpendLogs(
  manager: EntityManager,
  visibility: Visibility,
  list: SpendLogList,
): Promise<Page<SpendLogEntity>> {
  const order = ORDERS[list.order];
  const sources = sourcesOf(visibility);
  if (sources.length === 0) return pageOf<SpendLogEntity>([], order, list.page);
  const sql = new Statement();
  const conditions = [...conditionsOf(sql, list.filter), ...boundsOf(sql, list.page, order)];
  const { size, backward } = pageSize(list.page);
  const direction = order.descending !== backward ? 'DESC' : 'ASC';
  const sort = `ORDER BY ${order.column} ${direction}, id ${direction} LIMIT ${size + 1}`;
  const pages = sources.map((source) => sourcePage(sql, source, conditions, sort));
  const keys: { id: string; admitted_at: Date }[] = await manager.query(
    `SELECT id, admitted_at FROM (${pages.join(' UNION ')}) AS visible ${sort}`,
    sql.parameters,
  );
  return pageOf(await readRows(manager, keys), order, list.page);
}

export interface NumberedSpendLogs {
  readonly rows: readonly SpendLogEntity[];
  /** How many there are on all pages, `cap` at most. */
  readonly total: number;
  /** Whether there are more than the total says. */
  readonly isCapped: boolean;
}

/** A numbered page, newest first, of the first `cap` rows: what lies further back is found by narrower filters. */
export async function numberedSpendLogs(
  manager: EntityManager,
  visibility: Visibility,
  filter: SpendLogFilter,
  { offset, limit, cap }: { readonly offset: number; readonly limit: number; readonly cap: number },
): Promise<NumberedSpendLogs> {
  const sources = sourcesOf(visibility);
  if (sources.length === 0) return { rows: [], total: 0, isCapped: false };
  const sql = new Statement();
  const conditions = conditionsOf(sql, filter);
  const sort = 'ORDER BY admitted_at DESC, id DESC';
  const pages = sources.map((source) => sourcePage(sql, source, conditions, `${sort} LIMIT ${cap + 1}`));
  const [found]: { total: number; ids: string[] | null; times: Date[] | null }[] = await manager.query(
    `WITH found AS (SELECT id, admitted_at FROM (${pages.join(' UNION ')}) AS visible ${sort} LIMIT ${cap + 1}),
       page AS (SELECT id, admitted_at FROM (SELECT * FROM found ${sort} LIMIT ${cap}) AS kept ${sort}
         OFFSET ${sql.add(offset)}::int LIMIT ${sql.add(limit)}::int)
     SELECT (SELECT count(*)::int FROM found) AS total, array_agg(id ${sort}) AS ids,
            array_agg(admitted_at ${sort}) AS times FROM page`,
    sql.parameters,
  );
  const { total, ids, times } = found ?? { total: 0, ids: null, times: null };
  const keys = (ids ?? []).flatMap((id, index) => {
    const admitted_at = times?.[index];
    return admitted_at ? [{ id, admitted_at }] : [];
  });
  const isCapped = total > cap;
  return { rows: await readRows(manager, keys), total: isCapped ? cap : total, isCapped };
}

/** A column and the values of it that the caller sees; null: everything. */
type Source = readonly [column: string, ids: readonly string[]] | null;

function sourcesOf(visibility: Visibility): Source[] {
  if (visibility.everything) return [null];
  const sources: Source[] = [
    ['organization_id', visibility.fullOrganizationIds],
    ['team_id', visibility.fullTeamIds],
    ['user_id', visibility.ownUserId === null ? [] : [visibility.ownUserId]],
    ['key_id', visibility.ownKeyId === null ? [] : [visibility.ownKeyId]],
  ];
  return sources.filter((source) => source === null || source[1].length > 0);
}

function sourcePage(sql: Statement, source: Source, conditions: readonly string[], sort: string): string {
  if (source === null) {
    return `(SELECT id, admitted_at, seq FROM spend_logs WHERE ${all(conditions)} ${sort})`;
  }
  const [column, ids] = source;
  return `(SELECT page.id, page.admitted_at, page.seq FROM unnest(${sql.add(ids)}::text[]) AS seen(id)
    CROSS JOIN LATERAL (SELECT id, admitted_at, seq FROM spend_logs
      WHERE ${all([`${column} = seen.id`, ...conditions])} ${sort}) AS page)`;
}

function conditionsOf(sql: Statement, filter: SpendLogFilter): string[] {
  const conditions: string[] = [];
  for (const [name, column] of Object.entries(EQUAL)) {
    const value = filter[name as keyof typeof EQUAL];
    if (value != null) conditions.push(`${column} = ${sql.add(value)}`);
  }
  if (filter.tag != null) conditions.push(`${sql.add(filter.tag)} = ANY (tags)`);
  if (filter.statuses != null) conditions.push(`status = ANY (${sql.add(filter.statuses)}::text[])`);
  if (filter.minCost != null) conditions.push(`cost >= ${sql.add(formatMoney(filter.minCost))}::numeric`);
  if (filter.maxCost != null) conditions.push(`cost <= ${sql.add(formatMoney(filter.maxCost))}::numeric`);
  const callTime = filter.callId == null ? null : idTime(filter.callId);
  // All rows of a call carry the instant of its admission, which its id tells to within a day even of a wrong clock.
  if (callTime !== null) {
    const [from, to] = [new Date(callTime - DAY_MS), new Date(callTime + DAY_MS)];
    conditions.push(`admitted_at BETWEEN ${sql.add(from)} AND ${sql.add(to)}`);
  }
  if (filter.from != null) conditions.push(`admitted_at >= ${sql.add(filter.from)}`);
  if (filter.to != null) conditions.push(`admitted_at < ${sql.add(filter.to)}`);
  return conditions;
}

/** Between which rows the page lies. */
function boundsOf(sql: Statement, page: PageRequest, order: KeysetOrder<SpendLogEntity>): string[] {
  const conditions: string[] = [];
  const bound = (field: 'after' | 'before', comparison: string): void => {
    const cursor = page[field];
    if (cursor == null) return;
    const place = decodeCursor(order.name, cursor, field);
    conditions.push(
      `(${order.column}, id) ${comparison} (${sql.add(place.value)}::${order.cast}, ${sql.add(place.id)})`,
    );
  };
  bound('after', order.descending ? '<' : '>');
  bound('before', order.descending ? '>' : '<');
  return conditions;
}

/** The full rows, in the order of their keys; the times tell which partitions hold them. */
async function readRows(
  manager: EntityManager,
  keys: readonly { id: string; admitted_at: Date }[],
): Promise<SpendLogEntity[]> {
  if (keys.length === 0) return [];
  const times = keys.map((key) => key.admitted_at.getTime());
  const rows = await manager
    .createQueryBuilder(SpendLogEntity, 'spend')
    .where('spend.id = ANY(:ids)', { ids: keys.map((key) => key.id) })
    // A date is cut to milliseconds, an instant of the database need not be.
    .andWhere('spend.admitted_at BETWEEN :from AND :to', {
      from: new Date(Math.min(...times)),
      to: new Date(Math.max(...times) + 1),
    })
    .getMany();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return keys.flatMap((key) => byId.get(key.id) ?? []);
}

function admissionOrder(descending: boolean): KeysetOrder<SpendLogEntity> {
  return byInstant(
    `spend.admittedAt.${descending ? 'desc' : 'asc'}`,
    'admitted_at',
    (row) => row.admittedAt,
    { descending },
  );
}

function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
}

/** Parameters in the order in which the text names them. */
class Statement {
  readonly parameters: unknown[] = [];

  add(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }
}
