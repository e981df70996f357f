import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { decodeCursor, encodeCursor } from '../platform/database/cursor';
import {
  byInstant,
  pageOf,
  pageSize,
  type KeysetOrder,
  type Page,
  type PageRequest,
} from '../platform/database/keyset';
import {
  conditionsOf,
  sourcePage,
  sourcesOf,
  Statement,
  type SpendLogFilter,
} from './spend-log-filter.repository';
import { SpendLogEntity } from './spend-log.entity';

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

/** Between which rows the page lies. */
function boundsOf(sql: Statement, page: PageRequest, order: KeysetOrder<SpendLogEntity>): string[] {
  const conditions: string[] = [];
  const bound = (field: 'after' | 'before', comparison: string): void => {
    const cursor = page[field];
    if (cursor == null) return;
    const place = decodeCursor(order.name, cursor, field);
    // The first says nothing new, but tells the planner which partitions to leave out.
    if (order.column === 'admitted_at') {
      conditions.push(`admitted_at ${comparison}= ${sql.add(place.value)}::timestamptz`);
    }
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
