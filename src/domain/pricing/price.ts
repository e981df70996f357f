import { Decimal, type Rate } from '../money/rate';
import type { CountUnit, UsageUnit } from '../usage/usage';
import type { TimeOfDay } from './time-of-day';
import type { UnitRate } from './unit-rate';

/** Dollars by unit of usage. An absent unit has no rate, which is not the same as a rate of zero. */
export type Rates = Readonly<Partial<Record<UsageUnit, UnitRate>>>;

/** Every condition given must hold. Token thresholds compare the whole input, cached tokens included. */
export interface VariantCondition {
  /** Input tokens strictly above this number (OpenAI, Google, Anthropic: "> 200k"). */
  readonly inputTokensAbove?: number;
  /** Input tokens equal to or above this number (xAI). */
  readonly inputTokensFrom?: number;
  /** Input tokens up to and including this number: the upper end of a range of `tiered_pricing`. */
  readonly inputTokensUpTo?: number;
  /** "flex", "priority", "ultrafast"; compared with the tier that served the call. */
  readonly serviceTier?: string;
  readonly batch?: true;
  readonly timeOfDay?: TimeOfDay;
  /** "low", "medium" or "high": the context size of a web search. */
  readonly searchContextSize?: string;
  /** "480p", "720p", "1080p", "4k". */
  readonly videoResolution?: string;
}

/** Rates that replace the base rates, unit by unit, for the whole request while the condition holds. */
export interface PriceVariant {
  readonly when: VariantCondition;
  readonly rates: Rates;
}

/** Every condition given must hold. */
export interface MultiplierCondition {
  /** "eu", "us": where the provider promises to process the data. */
  readonly dataResidency?: string;
  /** Holds when the endpoint is bound to a region, that is, when the region is known and is not "global". */
  readonly regionalEndpoint?: true;
  readonly inferenceGeo?: string;
  readonly speed?: string;
}

/** A factor on everything but built-in tools. */
export interface PriceMultiplier {
  readonly when: MultiplierCondition;
  readonly factor: Rate;
}

export interface PriceSheet {
  readonly rates: Rates;
  readonly variants: readonly PriceVariant[];
  readonly multipliers: readonly PriceMultiplier[];
  /** What a batch costs of the resolved rate where no batch rate is given. Null means that batches cost full price. */
  readonly batchMultiplier: Rate | null;
  /** PROMPT charges one web search for a call however many it made. */
  readonly webSearchBilledPer: 'QUERY' | 'PROMPT';
  /** Smallest quantity billed once a unit is used at all (Groq bills 10 seconds of audio at least). */
  readonly minimums: Readonly<Partial<Record<CountUnit, number>>>;
}

export const HALF: Rate = new Decimal('0.5');

/** A sheet of plain rates; the other parts take their neutral values unless given. */
export function priceSheet(rates: Rates, rest: Partial<Omit<PriceSheet, 'rates'>> = {}): PriceSheet {
  return {
    rates,
    variants: [],
    multipliers: [],
    batchMultiplier: null,
    webSearchBilledPer: 'QUERY',
    minimums: {},
    ...rest,
  };
}

export function ratesOf(rates: Rates): UnitRate[] {
  return Object.values(rates);
}

export function hasRates(sheet: PriceSheet): boolean {
  return isFilled(sheet.rates) || sheet.variants.some((variant) => isFilled(variant.rates));
}

/** True only if rates are given and each one, in every variant, is explicitly zero. */
export function isFree(sheet: PriceSheet): boolean {
  const rates = allRates(sheet);
  return rates.length > 0 && rates.every((rate) => rate.usd.isZero());
}

/** Whether a model has a price. FREE: every rate is explicitly zero, which is not the same as having no price. */
export type PriceStatus = 'PRICED' | 'FREE' | 'UNPRICED';

export function priceStatus(sheet: PriceSheet | null): PriceStatus {
  if (sheet === null) return 'UNPRICED';
  return isFree(sheet) ? 'FREE' : 'PRICED';
}

function isFilled(rates: Rates): boolean {
  return Object.keys(rates).length > 0;
}

function allRates(sheet: PriceSheet): UnitRate[] {
  return [sheet.rates, ...sheet.variants.map((variant) => variant.rates)].flatMap(ratesOf);
}
