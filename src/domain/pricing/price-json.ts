import { parseRate, type Rate } from '../money/rate';
import { err, ok, type Result } from '../result';
import { COUNT_UNITS, USAGE_UNITS, type CountUnit, type UsageUnit } from '../usage/usage';
import { ratesByUnit } from './effective-rates';
import * as read from './json-reader';
import { InvalidField, pathOf, type FieldError } from './json-reader';
import type { MultiplierCondition, PriceMultiplier, PriceSheet, PriceVariant, Rates } from './price';
import { conditionFromJson, conditionToJson, type ConditionJson } from './price-condition-json';
import { formatUnitRate, parseUnitRate, type UnitRate } from './unit-rate';

/** Rates are decimal text in USD for one unit ("0.0000025"), or a fraction where that is no finite decimal. */
export type RatesJson = Partial<Record<UsageUnit, string>>;

/** The stored and accepted form of a price sheet. Neutral parts are left out. */
export interface PriceSheetJson {
  rates: RatesJson;
  variants?: { when: ConditionJson; rates: RatesJson }[];
  multipliers?: { when: MultiplierCondition; factor: string }[];
  batchMultiplier?: string;
  webSearchBilledPer?: 'QUERY' | 'PROMPT';
  minimums?: Partial<Record<CountUnit, number>>;
}

const SHEET_KEYS = ['rates', 'variants', 'multipliers', 'batchMultiplier', 'webSearchBilledPer', 'minimums'];
const MULTIPLIER_KEYS = ['dataResidency', 'regionalEndpoint', 'inferenceGeo', 'speed'];
const MAX_VARIANTS = 200;
const MAX_MULTIPLIERS = 50;

/** Strict: an unknown key, a rate that is not decimal text, and a negative rate are refused, with the field's path. */
export function priceSheetFromJson(json: unknown): Result<PriceSheet, FieldError> {
  try {
    return ok(readSheet(json));
  } catch (error) {
    if (error instanceof InvalidField) return err({ message: error.message, field: error.field });
    throw error;
  }
}

export function priceSheetToJson(sheet: PriceSheet): PriceSheetJson {
  const json: PriceSheetJson = { rates: ratesToJson(sheet.rates) };
  if (sheet.variants.length > 0) {
    json.variants = sheet.variants.map(({ when, rates }) => ({
      when: conditionToJson(when),
      rates: ratesToJson(rates),
    }));
  }
  if (sheet.multipliers.length > 0) {
    json.multipliers = sheet.multipliers.map(({ when, factor }) => ({
      when: { ...when },
      factor: factor.toFixed(),
    }));
  }
  if (sheet.batchMultiplier !== null) json.batchMultiplier = sheet.batchMultiplier.toFixed();
  if (sheet.webSearchBilledPer !== 'QUERY') json.webSearchBilledPer = sheet.webSearchBilledPer;
  if (Object.keys(sheet.minimums).length > 0) json.minimums = { ...sheet.minimums };
  return json;
}

function readSheet(json: unknown): PriceSheet {
  const sheet = read.readObject(json, '', SHEET_KEYS);
  if (sheet['rates'] === undefined) {
    throw new InvalidField('rates', 'is missing; give {} for a sheet of variants only');
  }
  return {
    rates: readRates(sheet['rates'], 'rates'),
    variants: list(sheet['variants'], 'variants', MAX_VARIANTS, readVariant),
    multipliers: list(sheet['multipliers'], 'multipliers', MAX_MULTIPLIERS, readMultiplier),
    batchMultiplier: isGiven(sheet['batchMultiplier'])
      ? readFactor(sheet['batchMultiplier'], 'batchMultiplier')
      : null,
    webSearchBilledPer: readBilledPer(sheet['webSearchBilledPer'] ?? 'QUERY'),
    minimums: readMinimums(sheet['minimums'] ?? {}),
  };
}

function readVariant(value: unknown, path: string): PriceVariant {
  const variant = read.readObject(value, path, ['when', 'rates']);
  return {
    when: conditionFromJson(variant['when'], pathOf(path, 'when')),
    rates: readRates(variant['rates'], pathOf(path, 'rates')),
  };
}

function readRates(value: unknown, path: string): Rates {
  const rates: Partial<Record<UsageUnit, UnitRate>> = {};
  const given = read.readObject(value, path, USAGE_UNITS);
  for (const unit of USAGE_UNITS) {
    const text = given[unit];
    if (!isGiven(text)) continue;
    const field = pathOf(path, unit);
    if (typeof text !== 'string') throw new InvalidField(field, 'must be decimal text such as "0.0000025"');
    const rate = parseUnitRate(text);
    if (!rate.ok) throw new InvalidField(field, rate.error);
    rates[unit] = rate.value;
  }
  return rates;
}

function readMultiplier(value: unknown, path: string): PriceMultiplier {
  const multiplier = read.readObject(value, path, ['when', 'factor']);
  const whenPath = pathOf(path, 'when');
  const given = read.readObject(multiplier['when'], whenPath, MULTIPLIER_KEYS);
  const when: { -readonly [K in keyof MultiplierCondition]: MultiplierCondition[K] } = {};
  for (const key of ['dataResidency', 'inferenceGeo', 'speed'] as const) {
    if (given[key] !== undefined) when[key] = read.readText(given[key], pathOf(whenPath, key)).toLowerCase();
  }
  if (given['regionalEndpoint'] !== undefined) {
    when.regionalEndpoint = read.readTrue(given['regionalEndpoint'], pathOf(whenPath, 'regionalEndpoint'));
  }
  if (Object.keys(when).length === 0) throw new InvalidField(whenPath, 'must name at least one condition');
  return { when, factor: readFactor(multiplier['factor'], pathOf(path, 'factor')) };
}

function readFactor(value: unknown, path: string): Rate {
  if (typeof value !== 'string') throw new InvalidField(path, 'must be decimal text such as "1.1"');
  const factor = parseRate(value);
  if (!factor.ok) throw new InvalidField(path, factor.error);
  if (factor.value.lessThan(0) || factor.value.greaterThan(1000) || factor.value.decimalPlaces() > 20) {
    throw new InvalidField(path, 'must lie between 0 and 1000, with at most 20 decimal places');
  }
  return factor.value;
}

function readBilledPer(value: unknown): 'QUERY' | 'PROMPT' {
  if (value === 'QUERY' || value === 'PROMPT') return value;
  throw new InvalidField('webSearchBilledPer', 'must be "QUERY" or "PROMPT"');
}

function readMinimums(value: unknown): Partial<Record<CountUnit, number>> {
  const given = read.readObject(value, 'minimums', COUNT_UNITS);
  const minimums: Partial<Record<CountUnit, number>> = {};
  for (const unit of COUNT_UNITS) {
    if (given[unit] !== undefined) minimums[unit] = read.readCount(given[unit], pathOf('minimums', unit));
  }
  return minimums;
}

function list<T>(
  value: unknown,
  path: string,
  max: number,
  readOne: (value: unknown, path: string) => T,
): T[] {
  return read
    .readArray(value ?? [], path, max)
    .map((element, index) => readOne(element, pathOf(path, index)));
}

function ratesToJson(rates: Rates): RatesJson {
  return Object.fromEntries(ratesByUnit(rates).map(([unit, rate]) => [unit, formatUnitRate(rate)]));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
