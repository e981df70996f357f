import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { findAccessTokens, listAccessTokensOf, type TokenParent } from './access-token.repository';
import { toAccessToken, type AccessToken } from './access-token.type';

/** The access token with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadAccessToken(ctx: RequestContext, id: string): Promise<AccessToken | null> {
  const loader = ctx.loaders.byId('accessToken', async (ids) => {
    const rows = await findAccessTokens(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toAccessToken(row)]));
  });
  return loader.load(id);
}

export async function loadAccessTokensOf(
  ctx: RequestContext,
  parent: TokenParent,
  parentId: string,
  args: PageRequest,
): Promise<ConnectionOf<AccessToken>> {
  return loadChildren(ctx.loaders, parentId, {
    field: `${parent}.accessTokens`,
    args,
    fetch: (ids) => listAccessTokensOf(ctx.db.manager, ctx.visibility, parent, ids, args),
    map: toAccessToken,
  });
}
