import { parseRate } from '../domain/money/rate';
import type { PriceScope } from '../domain/pricing/choose-price';
import { canonicalProvider } from '../domain/pricing/model-name';
import { hasRates, type PriceSheet } from '../domain/pricing/price';
import { priceSheetFromJson, type RatesJson } from '../domain/pricing/price-json';
import { err, ok, type Result } from '../domain/result';
import type { UsageUnit } from '../domain/usage/usage';
import { nameIssues, textIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import type { PriceSlot, StoredPriceScope } from './price.repository';

/** The price of one unit, as decimal text: per unit or per million units. */
export interface RateInput {
  readonly unit: UsageUnit;
  readonly usdPerUnit?: string | null | undefined;
  readonly usdPerMillion?: string | null | undefined;
}

export interface SetPrice {
  readonly scope: PriceScope;
  readonly scopeId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly model: string;
  readonly rates?: readonly RateInput[] | null | undefined;
  /** A whole price sheet with its conditions, in the form of `priceSheetFromJson`, in place of `rates`. */
  readonly sheet?: unknown;
  readonly effectiveFrom?: Date | null | undefined;
  readonly effectiveUntil?: Date | null | undefined;
  readonly source?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface ReadPrice {
  readonly slot: PriceSlot;
  readonly sheet: PriceSheet;
  readonly from: Date;
  readonly until: Date | null;
  readonly source: string;
}

/** Checks what the caller entered and fills in what follows from it. */
export function readPrice(input: SetPrice, nowMs: number): Result<ReadPrice, UserIssue[]> {
  const issues = [
    ...nameIssues('model', input.model),
    ...nameIssues('provider', input.provider),
    ...textIssues('source', input.source),
  ];
  if (issues.length > 0) return err(issues);
  const scope = readScope(input);
  if (!scope.ok) return scope;
  const sheet = readSheet(input);
  if (!sheet.ok) return sheet;
  const from = input.effectiveFrom ?? new Date(nowMs);
  const until = input.effectiveUntil ?? null;
  if (until !== null && until <= from) {
    return issue('INVALID', 'effectiveUntil', 'The price must end after it starts.');
  }
  const provider = input.provider == null ? null : canonicalProvider(input.provider);
  const slot = { ...scope.value, provider, model: input.model.trim() };
  return ok({ slot, sheet: sheet.value, from, until, source: input.source?.trim() ?? 'api' });
}

function readScope(
  input: SetPrice,
): Result<{ scope: StoredPriceScope; scopeId: string | null }, UserIssue[]> {
  const { scope, scopeId } = input;
  if (scope === 'CATALOGUE') {
    return issue('INVALID', 'scope', 'The catalogue comes with the server. A MODEL price goes before it.');
  }
  if (scope === 'MODEL') {
    if (scopeId == null) return ok({ scope, scopeId: null });
    return issue(
      'INVALID',
      'scopeId',
      'A MODEL price is for everybody. Leave scopeId out, or change the scope.',
    );
  }
  if (scopeId == null) {
    return issue('REQUIRED', 'scopeId', `Name the ${scope.toLowerCase()} that the price is for.`);
  }
  return ok({ scope, scopeId });
}

function readSheet(input: SetPrice): Result<PriceSheet, UserIssue[]> {
  if (input.rates != null && input.sheet != null) {
    return issue('INVALID', 'sheet', 'Give either rates or a sheet, not both.');
  }
  const rates = readRates(input.rates ?? []);
  if (!rates.ok) return rates;
  const sheet = priceSheetFromJson(input.sheet ?? { rates: rates.value });
  if (!sheet.ok) {
    const { field, message } = sheet.error;
    const place = input.sheet == null ? rateField(input.rates ?? [], field) : ['sheet', ...pathParts(field)];
    return issue('INVALID', place, `"${field}" ${message}.`);
  }
  if (hasRates(sheet.value)) return sheet;
  return issue('REQUIRED', 'rates', 'Give at least one rate. A rate of "0" makes a unit free.');
}

function readRates(inputs: readonly RateInput[]): Result<RatesJson, UserIssue[]> {
  const rates: RatesJson = {};
  for (const [index, { unit, usdPerUnit, usdPerMillion }] of inputs.entries()) {
    const field = ['rates', String(index)];
    if (rates[unit] !== undefined) return issue('INVALID', [...field, 'unit'], `"${unit}" is given twice.`);
    if ((usdPerUnit == null) === (usdPerMillion == null)) {
      return issue('INVALID', field, 'Give either usdPerUnit or usdPerMillion.');
    }
    rates[unit] = usdPerUnit ?? perUnit(usdPerMillion ?? '');
  }
  return ok(rates);
}

/** A millionth of the amount, exactly; text that is no amount stays, for the sheet's reader to refuse. */
function perUnit(usdPerMillion: string): string {
  const amount = parseRate(usdPerMillion);
  return amount.ok ? amount.value.times('1e-6').toFixed() : usdPerMillion;
}

/** The place of `rates.inputText` in the list that the caller gave. */
function rateField(inputs: readonly RateInput[], field: string): string[] {
  const index = inputs.findIndex(({ unit }) => field === `rates.${unit}`);
  return index < 0 ? ['rates'] : ['rates', String(index)];
}

/** "variants[0].rates.inputText" as its parts. */
function pathParts(field: string): string[] {
  return field.split(/[.[\]]+/).filter((part) => part !== '');
}
