import type { RequestContext } from '../access/context';
import type { LimitScope } from '../domain/limits/scope';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { listLimitsOf } from './limits-of.repository';
import { toLimit, type Limit } from './limit.type';

/** The limits that are set on one thing, fetched in one statement with those of its siblings in the request. */
export function loadLimitsOf(
  ctx: RequestContext,
  scope: LimitScope,
  scopeId: string,
  page: PageRequest,
): Promise<ConnectionOf<Limit>> {
  return loadChildren(ctx.loaders, scopeId, {
    field: `${scope}.limits`,
    args: page,
    fetch: (ids) => listLimitsOf(ctx.db.manager, ctx.visibility, scope, ids, page),
    map: toLimit,
  });
}
