import type { Rate } from '../money/rate';
import { Decimal } from '../money/rate';
import { inputTokens, type Usage, type UsageUnit } from '../usage/usage';
import type { MultiplierCondition, PriceSheet, Rates, VariantCondition } from './price';
import { isBatch, type PricingContext } from './pricing-context';
import { billedServiceTier } from './service-tier';
import { isWithin } from './time-of-day';
import { timesRate, type UnitRate } from './unit-rate';
import { isTool } from './usage-measures';

const GLOBAL_REGION = 'global';

/** The default of the providers' web search tools where the request names no context size. */
export const DEFAULT_SEARCH_CONTEXT_SIZE = 'medium';

/**
 * The rates a call is billed at: unit by unit, the most important variant whose condition holds, else the base rate;
 * then the batch discount where no batch rate was given, then the multipliers (neither touches built-in tools).
 */
export function effectiveRates(usage: Usage, sheet: PriceSheet, context: PricingContext): Rates {
  // Nearly every sheet is this plain, and every call asks.
  if (sheet.variants.length === 0 && sheet.multipliers.length === 0 && !isBatch(context)) return sheet.rates;
  if (isPlain(sheet, context)) return sheet.rates;
  const tokens = context.requestInputTokens ?? inputTokens(usage);
  const applying = sheet.variants.filter(({ when }) => conditionHolds(when, tokens, context));
  applying.sort((a, b) => compareImportance(a.when, b.when));

  const rates: Partial<Record<UsageUnit, UnitRate>> = { ...sheet.rates };
  const batchPriced = new Set<UsageUnit>();
  for (const { when, rates: replacing } of applying) {
    for (const [unit, rate] of ratesByUnit(replacing)) {
      rates[unit] = rate;
      if (when.batch === true) batchPriced.add(unit);
      else batchPriced.delete(unit);
    }
  }
  const discount = isBatch(context) ? sheet.batchMultiplier : null;
  const uplift = multiplierOf(sheet, context);
  for (const [unit, rate] of ratesByUnit(rates)) {
    if (isTool(unit)) continue;
    const factor = discount !== null && !batchPriced.has(unit) ? uplift.times(discount) : uplift;
    if (!factor.equals(1)) rates[unit] = timesRate(rate, factor);
  }
  return rates;
}

/** A sheet without conditions charges everybody the same. */
function isPlain(sheet: PriceSheet, context: PricingContext): boolean {
  const { variants, multipliers, batchMultiplier } = sheet;
  return variants.length === 0 && multipliers.length === 0 && (batchMultiplier === null || !isBatch(context));
}

/** The product of the multipliers whose conditions hold (regional uplift, inference geography, speed). */
export function multiplierOf(sheet: PriceSheet, context: PricingContext): Rate {
  let product: Rate = new Decimal(1);
  for (const { when, factor } of sheet.multipliers) {
    if (multiplierHolds(when, context)) product = product.times(factor);
  }
  return product;
}

export function ratesByUnit(rates: Rates): [UsageUnit, UnitRate][] {
  return Object.entries(rates) as [UsageUnit, UnitRate][];
}

function conditionHolds(when: VariantCondition, tokens: number, context: PricingContext): boolean {
  if (!isInRange(when, tokens)) return false;
  if (when.batch === true && !isBatch(context)) return false;
  if (when.serviceTier !== undefined && !isServedAt(when.serviceTier, context)) return false;
  if (when.timeOfDay !== undefined && !isWithin(when.timeOfDay, context.atMs)) return false;
  const searchContextSize = context.searchContextSize ?? DEFAULT_SEARCH_CONTEXT_SIZE;
  if (when.searchContextSize !== undefined && when.searchContextSize !== searchContextSize) return false;
  return when.videoResolution === undefined || when.videoResolution === context.videoResolution;
}

function isInRange(when: VariantCondition, tokens: number): boolean {
  if (when.inputTokensAbove !== undefined && tokens <= when.inputTokensAbove) return false;
  if (when.inputTokensFrom !== undefined && tokens < when.inputTokensFrom) return false;
  return when.inputTokensUpTo === undefined || tokens <= when.inputTokensUpTo;
}

function isServedAt(tier: string, context: PricingContext): boolean {
  return !isBatch(context) && tier === billedServiceTier(context);
}

/**
 * Off-peak rates beat everything, a batch rate beats thresholds, the highest crossed threshold beats the service tier
 * (a rate for both beats either), and the service tier beats the base. Equal conditions: the later one in the sheet.
 */
function compareImportance(a: VariantCondition, b: VariantCondition): number {
  const left = importance(a);
  const right = importance(b);
  for (let index = 0; index < left.length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function importance(when: VariantCondition): number[] {
  const threshold =
    when.inputTokensAbove ?? when.inputTokensFrom ?? (when.inputTokensUpTo === undefined ? -1 : 0);
  const given = (value: unknown) => (value === undefined ? 0 : 1);
  return [
    given(when.timeOfDay),
    given(when.batch),
    threshold,
    given(when.serviceTier),
    given(when.searchContextSize),
    given(when.videoResolution),
  ];
}

function multiplierHolds(when: MultiplierCondition, context: PricingContext): boolean {
  if (when.dataResidency !== undefined && when.dataResidency !== context.dataResidency?.toLowerCase()) {
    return false;
  }
  if (when.inferenceGeo !== undefined && when.inferenceGeo !== context.inferenceGeo?.toLowerCase()) {
    return false;
  }
  if (when.speed !== undefined && when.speed !== context.speed?.toLowerCase()) return false;
  if (when.regionalEndpoint !== true) return true;
  const region = context.endpointRegion ?? GLOBAL_REGION;
  return region.toLowerCase() !== GLOBAL_REGION;
}
