import type { CallEnd, CallStatus } from '../../domain/ledger/call-end';
import { formatMoney } from '../../domain/money/decimal-text';
import type { PriceRule } from '../../domain/pricing/choose-price';
import { unpricedCost, type Cost } from '../../domain/pricing/cost';
import { costOf } from '../../domain/pricing/cost-of';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import { pricingTermsOf, type PricingTerms } from '../../domain/pricing/pricing-terms';
import { storableJson, storableText } from '../../domain/text/storable';
import { inputTokens, outputTokens } from '../../domain/usage/usage';
import type { ReservedCall } from './call';
import type { Measured } from './measure';
import type { CallPorts } from './ports';
import { priceQuery } from './find-price';
import { trustedCost } from './reported-cost';

/** How the call went, for its spend row. */
export interface CallOutcome {
  readonly status: CallStatus;
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly firstByteMs: number | null;
}

export interface Charge {
  readonly cost: Cost;
  readonly end: CallEnd;
}

/** Step 6, first half: prices what was used, at the prices of the call's admission. */
export async function charge(
  ports: CallPorts,
  call: ReservedCall,
  measured: Measured,
  outcome: CallOutcome,
): Promise<Charge> {
  const rule = await servedRule(ports, call, measured.model);
  const context = {
    ...call.pricingContext,
    atMs: call.admittedAtMs,
    servedServiceTier: measured.serviceTier,
  };
  const reported = trustedCost(call.route, rule, measured, context);
  const cost = reported ?? costOfCall(rule, measured, context);
  const end: CallEnd = {
    callId: call.callId,
    outcome: 'SETTLED',
    status: outcome.status,
    cost: cost.total,
    pricingStatus: cost.status,
    priceId: rule?.id ?? null,
    costBreakdown: breakdownText(cost),
    pricingTerms: termsOf(call, context, reported !== null),
    usage: measured.usage,
    rawUsage: storableJson(measured.raw),
    usageSource: measured.source,
    inputTokens: inputTokens(measured.usage),
    outputTokens: outputTokens(measured.usage),
    requests: 1,
    servedModel: measured.model === null ? null : storableText(measured.model.slice(0, 256)),
    durationMs: Math.round(ports.clock.now() - call.receivedAtMs),
    firstByteMs: outcome.firstByteMs,
    httpStatus: outcome.httpStatus,
    error: outcome.error === null ? null : storableText(outcome.error.slice(0, 2_000)),
  };
  return { cost, end };
}

/** As it can be stored: some of it is text of the client. */
function termsOf(call: ReservedCall, context: PricingContext, isReported: boolean): PricingTerms | null {
  const { baseModel, upstreamModel } = call.route;
  const terms = pricingTermsOf(context, call.request.model, baseModel ?? upstreamModel);
  if (isReported) return storableJson({ ...terms, isReported }) as PricingTerms;
  return terms === null ? null : (storableJson(terms) as PricingTerms);
}

function costOfCall(rule: PriceRule | null, measured: Measured, context: Parameters<typeof costOf>[2]): Cost {
  if (measured.source === 'NONE')
    return { status: 'PRICED', total: 0n, breakdown: {}, lines: [], unpricedUnits: [] };
  if (!rule) return unpricedCost([]);
  return costOf({ ...measured.usage, requests: 1 }, rule.sheet, context);
}

/**
 * Where the list price holds, the model that answered decides it if it has one of its own. A price that somebody set for
 * what was asked for holds whatever answered: providers answer with dated names that nobody asks for.
 */
async function servedRule(
  ports: CallPorts,
  call: ReservedCall,
  served: string | null,
): Promise<PriceRule | null> {
  const isListPrice = call.price === null || call.price.scope === 'CATALOGUE';
  if (served === null || served === call.route.upstreamModel || !isListPrice) return call.price;
  const query = priceQuery(call, call.route);
  try {
    const rule = await ports.pricing.priceFor({
      ...query,
      model: served,
      upstreamModel: served,
      atMs: call.admittedAtMs,
    });
    return rule ?? call.price;
  } catch (error) {
    // The usage is known and must be booked, even while the database with the rules is away.
    ports.log.warn({ err: error, callId: call.callId }, 'The price of the served model could not be read.');
    return call.price;
  }
}

function breakdownText(cost: Cost): Record<string, string> {
  return Object.fromEntries(
    Object.entries(cost.breakdown).map(([part, amount]) => [part, formatMoney(amount)]),
  );
}
