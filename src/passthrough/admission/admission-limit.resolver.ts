import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../access/context';
import { remainingAfter, type LimitStanding } from '../../domain/ledger/verdict';
import { formatMoney } from '../../domain/money/decimal-text';
import { loadLimit } from '../../limits/limit.loader';
import { Limit } from '../../limits/limit.type';
import { DecimalScalar } from '../../platform/graphql/scalars';
import { AdmissionLimitStatus } from './admission.type';

/** The limit behind a standing, and its amounts for whoever may see it. */
@Resolver(() => AdmissionLimitStatus)
export class AdmissionLimitResolver {
  @FieldResolver(() => Limit, {
    nullable: true,
    description: 'The limit itself; null when it is not visible to the caller.',
  })
  limit(@Root() { standing }: AdmissionLimitStatus, @Ctx() ctx: RequestContext): Promise<Limit | null> {
    return loadLimit(ctx, standing.limit.id);
  }

  @FieldResolver(() => DecimalScalar, { nullable: true, description: 'How much its window may hold.' })
  amount(@Root() root: AdmissionLimitStatus, @Ctx() ctx: RequestContext): Promise<string | null> {
    return amountOf(ctx, root, ({ limit }) => limit.amount);
  }

  @FieldResolver(() => DecimalScalar, { nullable: true, description: 'What is booked in its window.' })
  spent(@Root() root: AdmissionLimitStatus, @Ctx() ctx: RequestContext): Promise<string | null> {
    return amountOf(ctx, root, ({ spent }) => spent);
  }

  @FieldResolver(() => DecimalScalar, { nullable: true, description: 'What is held for calls in flight.' })
  reserved(@Root() root: AdmissionLimitStatus, @Ctx() ctx: RequestContext): Promise<string | null> {
    return amountOf(ctx, root, ({ reserved }) => reserved);
  }

  @FieldResolver(() => DecimalScalar, { nullable: true, description: 'What this call asks for.' })
  ask(@Root() root: AdmissionLimitStatus, @Ctx() ctx: RequestContext): Promise<string | null> {
    return amountOf(ctx, root, ({ ask }) => ask);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'What would be left while the call is in flight; never below zero.',
  })
  remaining(@Root() root: AdmissionLimitStatus, @Ctx() ctx: RequestContext): Promise<string | null> {
    return amountOf(ctx, root, remainingAfter);
  }
}

async function amountOf(
  ctx: RequestContext,
  { standing }: AdmissionLimitStatus,
  amount: (standing: LimitStanding) => bigint,
): Promise<string | null> {
  return (await loadLimit(ctx, standing.limit.id)) && formatMoney(amount(standing));
}
