import type { RequestContext } from '../access/context';
import { findUsers } from './user.repository';
import { toUser, type User } from './user.type';

/** The user with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadUser(ctx: RequestContext, id: string): Promise<User | null> {
  const loader = ctx.loaders.byId('user', async (ids) => {
    const rows = await findUsers(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toUser(row)]));
  });
  return loader.load(id);
}
