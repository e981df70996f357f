import type { UsageUnit } from '../usage/usage';
import { DEFAULT_SEARCH_CONTEXT_SIZE } from './effective-rates';
import { InvalidField, pathOf } from './json-reader';
import { looksLikeCost, parseCostKey } from './litellm-cost-keys';
import { readFactor, readMap, readPrice, readTokens } from './litellm-values';
import type { PriceMultiplier, PriceVariant, Rates } from './price';
import type { TierRates } from './litellm-rate-table';
import { isTimeZone, parseHours, type TimeWindow, type Weekday } from './time-of-day';
import type { UnitRate } from './unit-rate';

const SIZES = ['low', 'medium', 'high'];

/** ISO numbers, 1 is Monday. */
const ISO_WEEKDAYS: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** `tiered_pricing`, by rising range. The last range has no upper end: a longer prompt is never cheaper for being so. */
export function readTiers(value: unknown, mode: string | null, unknownKeys: string[]): TierRates[] {
  if (value === undefined || value === null) return [];
  const field = 'tiered_pricing';
  if (!Array.isArray(value)) throw new InvalidField(field, 'must be a list');
  const tiers = value.flatMap((element: unknown, index) => {
    const path = pathOf(field, index);
    const tier = readMap(element, path);
    const range: unknown = tier['range'];
    if (range === undefined) {
      // Search models have tiers by the number of results, a quantity that no usage block reports.
      unknownKeys.push(path);
      return [];
    }
    const [lower, upper] = Array.isArray(range)
      ? range.map((end) => readTokens(end, pathOf(path, 'range')))
      : [];
    if (lower === undefined || lower === null || upper === undefined || upper === null || upper <= lower) {
      throw new InvalidField(pathOf(path, 'range'), 'must be two rising numbers of tokens');
    }
    const rates = readRates(tier, path, mode, unknownKeys, new Set(['range']));
    return [{ lowerTokens: lower, upperTokens: upper, rates }];
  });
  tiers.sort((a, b) => a.lowerTokens - b.lowerTokens);
  return tiers.map((tier, index) => (index === tiers.length - 1 ? { ...tier, upperTokens: null } : tier));
}

/** `off_peak_pricing`: the hours under `hours_utc` and those of each of `windows`, the rates beside them. */
export function readOffPeak(value: unknown, mode: string | null, unknownKeys: string[]): PriceVariant[] {
  if (value === undefined || value === null) return [];
  const field = 'off_peak_pricing';
  const block = readMap(value, field);
  const windows = readHours(block['hours_utc'], pathOf(field, 'hours_utc'), null);
  const listed: unknown = block['windows'] ?? [];
  if (!Array.isArray(listed)) throw new InvalidField(pathOf(field, 'windows'), 'must be a list');
  listed.forEach((element: unknown, index) => {
    const path = pathOf(pathOf(field, 'windows'), index);
    const window = readMap(element, path);
    windows.push(
      ...readHours(window['hours_utc'], pathOf(path, 'hours_utc'), readWeekdays(window['weekdays'], path)),
    );
  });
  const weekdayTimeZone = block['weekday_timezone'] ?? 'UTC';
  if (typeof weekdayTimeZone !== 'string' || !isTimeZone(weekdayTimeZone)) {
    throw new InvalidField(pathOf(field, 'weekday_timezone'), 'must be an IANA time zone');
  }
  const nested = block['rates'] === undefined ? {} : readMap(block['rates'], pathOf(field, 'rates'));
  const others = new Set(['hours_utc', 'windows', 'weekday_timezone', 'rates']);
  const rates = readRates({ ...block, ...nested }, field, mode, unknownKeys, others);
  return windows.length === 0 ? [] : [{ when: { timeOfDay: { windows, weekdayTimeZone } }, rates }];
}

/** `search_context_cost_per_query`, the price of a web search by the size of the context it reads. */
export function readSearchContext(value: unknown): PriceVariant[] {
  if (value === undefined || value === null) return [];
  const field = 'search_context_cost_per_query';
  const block = readMap(value, field);
  const unknown = Object.keys(block).find((key) => !SIZES.includes(key.replace('search_context_size_', '')));
  if (unknown !== undefined) {
    throw new InvalidField(pathOf(field, unknown), 'is not a known search context size');
  }
  const prices = new Map<string, UnitRate>();
  for (const size of SIZES) {
    const price = block[`search_context_size_${size}`];
    if (price !== undefined && price !== null) {
      prices.set(size, readPrice(price, 1, pathOf(field, `search_context_size_${size}`)));
    }
  }
  const dearest = prices.get('high') ?? prices.get(DEFAULT_SEARCH_CONTEXT_SIZE) ?? prices.get('low');
  return SIZES.flatMap((size) => {
    // A size without a price is billed like the dearest that has one, so that a search is never free by omission.
    const rate = prices.get(size) ?? dearest;
    return rate === undefined ? [] : [{ when: { searchContextSize: size }, rates: { webSearches: rate } }];
  });
}

/** Anthropic's `provider_specific_entry`: "fast" is a speed, every other key an inference geography. */
export function readProviderMultipliers(value: unknown, field: string): PriceMultiplier[] {
  return Object.entries(readMap(value, field)).map(([name, factor]) => ({
    when: name === 'fast' ? { speed: 'fast' } : { inferenceGeo: name.toLowerCase() },
    factor: readFactor(factor, pathOf(field, name)),
  }));
}

function readRates(
  block: Record<string, unknown>,
  path: string,
  mode: string | null,
  unknownKeys: string[],
  others: ReadonlySet<string>,
): Rates {
  const rates: Partial<Record<UsageUnit, UnitRate>> = {};
  for (const [name, value] of Object.entries(block)) {
    if (others.has(name) || value === null || value === undefined) continue;
    const field = pathOf(path, name);
    const key = parseCostKey(name, mode);
    const plain = key?.aboveTokens === null && key.serviceTier === null && !key.batch;
    if (key !== null && plain) rates[key.unit] = readPrice(value, key.per, field);
    else if (key !== null || looksLikeCost(name)) unknownKeys.push(field);
  }
  return rates;
}

function readHours(value: unknown, path: string, weekdays: readonly Weekday[] | null): TimeWindow[] {
  if (value === undefined || value === null) return [];
  const spans: unknown[] = Array.isArray(value) ? value : [value];
  return spans.map((span) => {
    const hours = parseHours(typeof span === 'string' ? span : '');
    if (!hours.ok) throw new InvalidField(path, hours.error);
    return { ...hours.value, weekdays };
  });
}

function readWeekdays(value: unknown, path: string): readonly Weekday[] | null {
  if (value === undefined || value === null) return null;
  const field = pathOf(path, 'weekdays');
  if (!Array.isArray(value)) throw new InvalidField(field, 'must be a list');
  return value.map((day: unknown) => {
    const text = typeof day === 'string' ? day.trim().toUpperCase() : '';
    const known = /^\d$/.test(text)
      ? ISO_WEEKDAYS[Number(text) - 1]
      : ISO_WEEKDAYS.find((d) => text.startsWith(d));
    if (known === undefined) throw new InvalidField(field, 'must hold names or ISO numbers of weekdays');
    return known;
  });
}
