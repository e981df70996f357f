import type { RequestContext } from '../access/context';
import { limitsOn } from './budget-writer';
import type { LitellmServices } from './services';
import { unmake, type Unfinished } from './unmake.repository';

/** Takes back what a request has begun to make and could not finish, so that it can be sent again, mended. */
export async function undo(
  ctx: RequestContext,
  { limits }: Pick<LitellmServices, 'limits'>,
  kind: Unfinished,
  id: string,
): Promise<void> {
  // Through the service, which takes the ledger for it.
  for (const limit of await limitsOn(limits, ctx, kind, id)) await limits.remove(ctx, limit.id);
  await ctx.db.transaction((manager) => unmake(manager, kind, id));
}
