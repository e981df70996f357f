import type { Money } from '../money/money';
import { Decimal, toMoney, type Rate } from '../money/rate';
import { usedUnits, type TokenUnit, type Usage, type UsageUnit } from '../usage/usage';
import { adjusted } from './cost';
import { multiplierOf } from './effective-rates';
import { hasRates, type PriceSheet, type VariantCondition } from './price';
import { NO_ADJUSTMENTS } from './price-adjustments';
import { isBatch, type PricingContext } from './pricing-context';
import { reachableServiceTiers } from './service-tier';
import { compareRates, dollarsFor, timesRate, type UnitRate } from './unit-rate';
import { FALLBACKS, INPUT_TOKEN_UNITS, isTool, OUTPUT_TOKEN_UNITS } from './usage-measures';

export interface UsageBound {
  /** The most tokens that the input, of every kind together, can have. */
  readonly inputTokens: number;
  /** The most tokens that the output, reasoning included, can have. */
  readonly outputTokens: number;
  /** What the input can be billed as; every input unit unless given. See TEXT_INPUT_UNITS. */
  readonly inputUnits?: readonly TokenUnit[];
  readonly outputUnits?: readonly TokenUnit[];
  /** The most of everything counted beside tokens: requests (1 unless given), images, searches, seconds. */
  readonly counts?: Usage;
}

/**
 * The most a call can cost within a bound: never below `costOf` for any usage inside it, at any hour, at any service
 * tier that the request can be served at. Null if the sheet has no rates at all.
 */
export function upperBoundCost(bound: UsageBound, sheet: PriceSheet, context: PricingContext): Money | null {
  if (!hasRates(sheet)) return null;
  const uplift = multiplierOf(sheet, context);
  let content = tokensAt(bound.inputTokens, bound.inputUnits ?? INPUT_TOKEN_UNITS, bound, sheet, context);
  content = content.plus(
    tokensAt(bound.outputTokens, bound.outputUnits ?? OUTPUT_TOKEN_UNITS, bound, sheet, context),
  );
  let tools: Rate = new Decimal(0);
  const minimums: Readonly<Partial<Record<UsageUnit, number>>> = sheet.minimums;
  const counts: Usage = { requests: 1, ...bound.counts };
  for (const unit of usedUnits(counts)) {
    const dollars = tokensAt(Math.max(counts[unit] ?? 0, minimums[unit] ?? 0), [unit], bound, sheet, context);
    if (isTool(unit)) tools = tools.plus(dollars);
    else content = content.plus(dollars);
  }
  return toMoney(adjusted(content.times(uplift).plus(tools), context.adjustments ?? NO_ADJUSTMENTS));
}

/** The dearest rate that any of the units can be billed at, before multipliers; null if none of them has one. */
export function highestReachableRate(
  units: readonly UsageUnit[],
  bound: UsageBound,
  sheet: PriceSheet,
  context: PricingContext,
): UnitRate | null {
  const candidates = candidatesOf(units);
  const discount = isBatch(context) ? sheet.batchMultiplier : null;
  const tiers = reachableServiceTiers(context);
  const sources = [{ when: {} as VariantCondition, rates: sheet.rates }, ...sheet.variants];
  let highest: UnitRate | null = null;
  for (const { when, rates } of sources) {
    if (!isReachable(when, context.requestInputTokens ?? bound.inputTokens, tiers, context)) continue;
    for (const unit of candidates) {
      const given = rates[unit];
      if (given === undefined) continue;
      const rate =
        discount !== null && when.batch !== true && !isTool(unit) ? timesRate(given, discount) : given;
      if (highest === null || compareRates(rate, highest) > 0) highest = rate;
    }
  }
  return highest;
}

/** The units whose rates can be billed; kept for each list, for the lists of input and output units never change. */
function candidatesOf(units: readonly UsageUnit[]): ReadonlySet<UsageUnit> {
  let candidates = candidatesOfList.get(units);
  if (candidates === undefined) {
    candidates = new Set(units.flatMap((unit) => [unit, ...(FALLBACKS[unit] ?? [])]));
    candidatesOfList.set(units, candidates);
  }
  return candidates;
}

const candidatesOfList = new WeakMap<readonly UsageUnit[], ReadonlySet<UsageUnit>>();

function tokensAt(
  quantity: number,
  units: readonly UsageUnit[],
  bound: UsageBound,
  sheet: PriceSheet,
  context: PricingContext,
): Rate {
  const rate = highestReachableRate(units, bound, sheet, context);
  return rate === null ? new Decimal(0) : dollarsFor(quantity, rate);
}

/** The hour of billing is not known when a call is reserved, so every time of day counts as reachable. */
function isReachable(
  when: VariantCondition,
  inputTokens: number,
  tiers: ReadonlySet<string>,
  context: PricingContext,
): boolean {
  if (when.inputTokensAbove !== undefined && inputTokens <= when.inputTokensAbove) return false;
  if (when.inputTokensFrom !== undefined && inputTokens < when.inputTokensFrom) return false;
  if (when.batch === true && !isBatch(context)) return false;
  if (when.serviceTier !== undefined && (isBatch(context) || !tiers.has(when.serviceTier))) return false;
  if (!matchesOrUnknown(when.searchContextSize, context.searchContextSize)) return false;
  return matchesOrUnknown(when.videoResolution, context.videoResolution);
}

function matchesOrUnknown(wanted: string | undefined, known: string | null | undefined): boolean {
  return wanted === undefined || known === undefined || known === null || wanted === known;
}
