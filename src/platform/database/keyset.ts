import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { AppError } from '../errors';
import { decodeCursor, encodeCursor } from './cursor';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** What a caller asks of a list. The same shape at every door. */
export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(row: Row): string;
}

/** A total order: one column (by its SQL name) and the id. `valueOf` gives the column's value as PostgreSQL reads it. */
export interface KeysetOrder<Row> {
  readonly name: string;
  readonly column: string;
  readonly cast: 'text' | 'timestamptz' | 'numeric' | 'bigint';
  readonly descending: boolean;
  valueOf(row: Row): string;
}

/** By an instant of the row, the earliest first unless it is said otherwise. */
export function byInstant<Row>(
  name: string,
  column: string,
  read: (row: Row) => Date,
  { descending = false } = {},
): KeysetOrder<Row> {
  return { name, column, cast: 'timestamptz', descending, valueOf: (row) => read(row).toISOString() };
}

/**
 * Fetches one page by comparing with the cursor's place, never by offset: the last page costs what the first does, and
 * rows made meanwhile shift nothing. The query's alias must have a column `id`.
 */
export async function keysetPage<Row extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<Row>,
  order: KeysetOrder<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  boundAndSort(query, order, request);
  return pageOf(await query.getMany(), order, request);
}

/** Narrows the query to the page that is asked for, and one row more, which tells whether there are others. */
export function boundAndSort<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  order: KeysetOrder<Row>,
  request: PageRequest,
): void {
  if (request.after != null) addBound(query, order, 'after', request.after, order.descending ? '<' : '>');
  if (request.before != null) addBound(query, order, 'before', request.before, order.descending ? '>' : '<');
  sortFromPageEnd(query, order, request).limit(pageSize(request).size + 1);
}

/** Sorts from the end that the page is counted from. */
export function sortFromPageEnd<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  order: KeysetOrder<Row>,
  request: PageRequest,
): SelectQueryBuilder<Row> {
  const direction = order.descending !== pageSize(request).backward ? 'DESC' : 'ASC';
  return query.orderBy(order.column, direction).addOrderBy(`${query.alias}.id`, direction);
}

/** The page that rows fetched by `boundAndSort` make. */
export function pageOf<Row extends { id: string }>(
  fetched: readonly Row[],
  order: KeysetOrder<Row>,
  request: PageRequest,
): Page<Row> {
  const { size, backward } = pageSize(request);
  const hasMore = fetched.length > size;
  const rows = fetched.slice(0, size);
  if (backward) rows.reverse();
  return {
    rows,
    hasNextPage: backward ? request.before != null : hasMore,
    hasPreviousPage: backward ? hasMore : request.after != null,
    cursorOf: (row) => encodeCursor(order.name, { value: order.valueOf(row), id: row.id }),
  };
}

export function pageSize(request: PageRequest): { size: number; backward: boolean } {
  if (request.first != null && request.last != null) {
    throw new AppError('BAD_USER_INPUT', 'Give either "first" or "last", not both.', ['last']);
  }
  const backward = request.last != null;
  const size = request.first ?? request.last ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAX_PAGE_SIZE) {
    const field = backward ? 'last' : 'first';
    throw new AppError('BAD_USER_INPUT', `"${field}" must be from 1 to ${MAX_PAGE_SIZE}; it is ${size}.`, [
      field,
    ]);
  }
  return { size, backward };
}

function addBound<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  order: KeysetOrder<Row>,
  field: 'after' | 'before',
  cursor: string,
  comparison: '<' | '>',
): void {
  const place = decodeCursor(order.name, cursor, field);
  query.andWhere(
    `(${order.column}, ${query.alias}.id) ${comparison} (CAST(:${field}Value AS ${order.cast}), :${field}Id)`,
    { [`${field}Value`]: place.value, [`${field}Id`]: place.id },
  );
}
