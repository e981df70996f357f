import type { RequestContext } from '../access/context';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { toKeyList, type KeysArgs } from './key.input';
import type { KeyParent } from './key.repository';
import type { KeyService } from './key.service';
import { toVirtualKey, type VirtualKey } from './key.type';

/** The keys of one parent, fetched in one statement with those of its siblings in the request. */
export function loadKeysOf(
  service: KeyService,
  ctx: RequestContext,
  parent: KeyParent,
  parentId: string,
  args: KeysArgs,
): Promise<ConnectionOf<VirtualKey>> {
  return loadChildren(ctx.loaders, parentId, {
    field: `${parent}.keys`,
    args,
    fetch: (ids) => service.listOf(ctx, parent, ids, toKeyList(args)),
    map: (row) => toVirtualKey(row, ctx.clock.now()),
  });
}
