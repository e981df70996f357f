import type { RequestContext } from '../access/context';
import { shareTemplate } from './budget-template';
import { limitsOn } from './budget-writer';
import { assignmentsOn } from '../templates/assignment.repository';
import type { LitellmServices } from './services';
import { unmake, type Unfinished } from './unmake.repository';

/** Takes back what a request has begun to make and could not finish, so that it can be sent again, mended. */
export async function undo(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'limits' | 'limitTemplates' | 'templateAssignments'>,
  kind: Unfinished,
  id: string,
): Promise<void> {
  const { limits } = services;
  // Through the services, which take the ledger for it.
  for (const limit of await limitsOn(limits, ctx, kind, id)) await limits.remove(ctx, limit.id);
  await shareTemplate(ctx, services, { scope: kind, scopeId: id }, null);
  const within = await assignmentsOn(ctx.db.manager, { scope: kind, scopeId: id }, 'DEFAULT');
  for (const each of within) await services.templateAssignments.unassign(ctx, each.id);
  await ctx.db.transaction((manager) => unmake(manager, kind, id));
}
