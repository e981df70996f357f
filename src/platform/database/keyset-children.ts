import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import {
  boundAndSort,
  pageOf,
  sortFromPageEnd,
  type KeysetOrder,
  type Page,
  type PageRequest,
} from './keyset';

/** How a child row names its parent. */
export interface ParentKey<Row> {
  /** SQL column that holds the parent's id, such as `team.organization_id`. */
  readonly column: string;
  idOf(row: Row): string | null;
}

/**
 * One page of children for each of many parents, in one statement. `query` is what `keysetPage` takes: an alias with a
 * column `id`, conditions and visibility added, and no condition on the parent. Each parent is in the answer, with an
 * empty page when it has no children. The cursors are those of `keysetPage` in the same order.
 *
 * The pages are cut inside a LATERAL join, so that a parent with a million children costs one page of them.
 */
export async function keysetChildren<Row extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<Row>,
  parent: ParentKey<Row>,
  parentIds: readonly string[],
  order: KeysetOrder<Row>,
  request: PageRequest,
): Promise<Map<string, Page<Row>>> {
  const { alias } = query;
  const target = query.expressionMap.mainAlias?.target;
  if (target === undefined) throw new Error(`The query "${alias}" selects from no entity.`);
  const pages = query.select(`${alias}.id`, 'id').andWhere(`${parent.column} = keyset_parent.id`);
  boundAndSort(pages, order, request);
  const children = query
    .createQueryBuilder()
    .select(alias)
    .from<Row>(target, alias)
    .where(
      `${alias}.id IN (SELECT keyset_child.id FROM unnest(CAST(:keysetParents AS text[])) AS keyset_parent(id)
         CROSS JOIN LATERAL (${pages.getQuery()}) AS keyset_child)`,
    )
    .setParameters({ ...pages.getParameters(), keysetParents: [...parentIds] });
  const rows = await sortFromPageEnd(children, order, request).getMany();
  const byParent = new Map<string, Row[]>(parentIds.map((id) => [id, []]));
  for (const row of rows) byParent.get(parent.idOf(row) ?? '')?.push(row);
  return new Map([...byParent].map(([id, fetched]) => [id, pageOf(fetched, order, request)]));
}
