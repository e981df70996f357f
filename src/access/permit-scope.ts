import { AppError } from '../platform/errors';
import type { RequestContext } from './context';
import { requireRule, RULES } from './rules';

/** A member of a scope: its field, the id that the caller gave, and how the caller would see the object itself. */
export type ScopeMember = readonly [
  field: string,
  id: string | null | undefined,
  load: (ctx: RequestContext, id: string) => Promise<unknown>,
];

/** Whether the caller may follow what happens within the scope: throws NOT_FOUND for one that is absent or not visible. */
export async function permitScope(ctx: RequestContext, members: readonly ScopeMember[]): Promise<void> {
  requireRule(ctx.principal, RULES.signedIn);
  for (const [field, id, load] of members) {
    if (id != null && (await load(ctx, id)) === null) {
      throw new AppError('NOT_FOUND', `There is no such thing as "${id}".`, ['scope', field]);
    }
  }
}
