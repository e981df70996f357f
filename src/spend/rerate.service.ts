import type { RequestContext } from '../access/context';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { unpricedCost, type Cost, type CostStatus } from '../domain/pricing/cost';
import { costOf } from '../domain/pricing/cost-of';
import { rerate } from '../domain/pricing/rerating';
import { err, ok, type Result } from '../domain/result';
import { bookRatings, type CallRating, type RatingAuthor } from '../ledger/rerate.repository';
import type { Queryable } from '../platform/database/pool';
import type { HintBus } from '../platform/events/hint-bus';
import { textIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import type { PricingService } from '../pricing/pricing.service';
import { listRatedCalls, rerateCursor, type RatedCall, type RerateFilter } from './rated-call.repository';
import { RerateTally, type RerateReport } from './rerate-tally';

export interface RerateSpend extends Omit<RerateFilter, 'to' | 'pricingStatuses'> {
  /** Now by default. */
  readonly to?: Date | null | undefined;
  /** UNPRICED and PARTIAL by default. */
  readonly pricingStatuses?: readonly CostStatus[] | null | undefined;
  readonly dryRun: boolean;
  readonly reason: string;
  /** Goes on where an earlier run stopped. */
  readonly after?: string | null | undefined;
  readonly maxCalls?: number | null | undefined;
}

/** Calls of one transaction: few enough that no other call waits for it. */
const PAGE = 200;
const DEFAULT_MAX_CALLS = 10_000;
const MAX_CALLS = 100_000;

/**
 * Rates calls again by the prices, discounts and margins that are now known for the instant of their admission, and books
 * the differences as signed rows. Safe to repeat: a call that costs what is booked gets no row.
 */
export class RerateService {
  constructor(
    private readonly db: Queryable,
    private readonly pricing: Pick<PricingService, 'priceFor' | 'adjustmentsFor'>,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async rerate(ctx: RequestContext, input: RerateSpend): Promise<Result<RerateReport, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const read = readInput(input, new Date(ctx.clock.now()));
    if (!read.ok) return read;
    const { filter, maxCalls } = read.value;
    const by = { actor: principalName(ctx.principal), reason: input.reason.trim() };
    const tally = new RerateTally();
    let after = input.after ?? null;
    while (tally.examined < maxCalls) {
      const size = Math.min(PAGE, maxCalls - tally.examined);
      const calls = await listRatedCalls(this.db, filter, after, size);
      const ratings = await this.ratePage(calls, tally);
      if (!input.dryRun) tally.missed(ratings.length - (await this.book(ratings, by)));
      const last = calls.at(-1);
      if (last === undefined || calls.length < size) return ok(tally.report(null));
      after = rerateCursor(last);
    }
    return ok(tally.report(after));
  }

  /** Answers how many were booked. */
  private async book(ratings: readonly CallRating[], by: RatingAuthor): Promise<number> {
    if (ratings.length === 0) return 0;
    const booked = await bookRatings(this.db, ratings, by);
    this.hints.publish('spend', booked.spendIds);
    this.hints.publish('limits', booked.limitIds);
    return booked.spendIds.length;
  }

  private async ratePage(calls: readonly RatedCall[], tally: RerateTally): Promise<CallRating[]> {
    const ratings: CallRating[] = [];
    for (const call of calls) {
      const { cost, priceId } = await this.costOf(call);
      const rating = rerate(call.booked, cost);
      tally.add(call, cost, rating);
      if (rating === null) continue;
      const { spendId, lastSeq } = call;
      ratings.push({ ...rating, spendId, lastSeq, priceId, admittedAt: call.admittedAt.toISOString() });
    }
    return ratings;
  }

  private async costOf(call: RatedCall): Promise<{ cost: Cost; priceId: string | null }> {
    const { model, provider, deploymentId, organizationId, teamId, keyId } = call;
    const { upstreamModel, ...terms } = call.terms;
    const atMs = call.admittedAt.getTime();
    const query = {
      ...{ model, provider, deploymentId, organizationId, teamId, keyId, atMs },
      upstreamModel: upstreamModel ?? ownName(call),
    };
    const asked = await this.pricing.priceFor(query);
    // As when it was booked: where the list price holds, the model that answered decides it.
    const served = call.servedModel;
    const isListPrice = asked === null || asked.scope === 'CATALOGUE';
    const isOther = served !== null && served !== query.upstreamModel && isListPrice;
    const answered = isOther
      ? await this.pricing.priceFor({ ...query, model: served, upstreamModel: served })
      : null;
    const rule = answered ?? asked;
    if (rule === null) return { cost: unpricedCost([]), priceId: null };
    const { adjustments } = await this.pricing.adjustmentsFor(query);
    // A batch is of many requests, and says of how many.
    const requests = terms.batch === true ? (call.usage.requests ?? 1) : 1;
    const usage = { ...call.usage, requests };
    return { cost: costOf(usage, rule.sheet, { ...terms, atMs, adjustments }), priceId: rule.id };
  }
}

/** A row from before the provider's name was kept has it among the names that limits know the model by. */
function ownName({ model, modelNames, provider }: RatedCall): string | null {
  const asked = model.toLowerCase();
  const prefix = `${provider ?? ''}/`;
  return modelNames.find((name) => name !== asked && !name.startsWith(prefix)) ?? null;
}

function readInput(
  input: RerateSpend,
  now: Date,
): Result<{ filter: RerateFilter; maxCalls: number }, UserIssue[]> {
  const issues = textIssues('reason', input.reason);
  if (issues.length > 0) return err(issues);
  if (input.reason.trim() === '')
    return issue('REQUIRED', 'reason', 'Say why; it stands in every row booked.');
  const to = input.to ?? now;
  if (input.from >= to) return issue('INVALID', 'from', 'The range must start before it ends.');
  const maxCalls = input.maxCalls ?? DEFAULT_MAX_CALLS;
  if (maxCalls < 1 || maxCalls > MAX_CALLS) {
    return issue('INVALID', 'maxCalls', `"maxCalls" must be from 1 to ${MAX_CALLS}; it is ${maxCalls}.`);
  }
  const pricingStatuses = input.pricingStatuses ?? ['UNPRICED', 'PARTIAL'];
  return ok({ filter: { ...input, to, pricingStatuses }, maxCalls });
}
