import type { RequestContext } from '../access/context';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import type { ServiceAccountsArgs } from './service-account.input';
import {
  findServiceAccounts,
  listServiceAccountsOf,
  type ServiceAccountParent,
} from './service-account.repository';
import { toServiceAccount, type ServiceAccount } from './service-account.type';

/** The service account with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadServiceAccount(ctx: RequestContext, id: string): Promise<ServiceAccount | null> {
  const loader = ctx.loaders.byId('serviceAccount', async (ids) => {
    const rows = await findServiceAccounts(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toServiceAccount(row)]));
  });
  return loader.load(id);
}

export async function loadServiceAccountsOf(
  ctx: RequestContext,
  parent: ServiceAccountParent,
  parentId: string,
  args: ServiceAccountsArgs,
): Promise<ConnectionOf<ServiceAccount>> {
  return loadChildren(ctx.loaders, parentId, {
    field: `${parent}.serviceAccounts`,
    args,
    fetch: (ids) =>
      listServiceAccountsOf(ctx.db.manager, ctx.visibility, parent, ids, args.filter ?? {}, args),
    map: toServiceAccount,
  });
}
