import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { formatMoney } from '../domain/money/decimal-text';
import { DecimalScalar } from '../platform/graphql/scalars';
import { findExcesses, type LimitExcess } from './limit-excess.repository';
import { LimitWindow } from './limit-window.type';

/** What a limit let through that it had no room for. */
@Resolver(() => LimitWindow)
export class LimitExcessResolver {
  @FieldResolver(() => Int, {
    description:
      'Calls that were let through although there was no room for them, because the limit is ADVISORY or in mode ' +
      'OBSERVE: those that it would have refused. A report: calls of a process that crashed may be missing.',
  })
  async excessCalls(@Root() window: LimitWindow, @Ctx() ctx: RequestContext): Promise<number> {
    return (await loadExcess(ctx, window))?.calls ?? 0;
  }

  @FieldResolver(() => DecimalScalar, {
    description: "What the calls of `excessCalls` asked for at most, in the limit's unit.",
  })
  async excessAmount(@Root() window: LimitWindow, @Ctx() ctx: RequestContext): Promise<string> {
    return formatMoney((await loadExcess(ctx, window))?.amount ?? 0n);
  }
}

/** One statement for all windows of a request. */
async function loadExcess(ctx: RequestContext, { rowId }: LimitWindow): Promise<LimitExcess | null> {
  if (rowId === null) return null;
  return ctx.loaders.byId('limitExcess', (ids) => findExcesses(ctx.db.manager, ids)).load(rowId);
}
