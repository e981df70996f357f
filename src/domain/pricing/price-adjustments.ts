import { Decimal, parseRate, type Rate } from '../money/rate';
import { err, ok, type Result } from '../result';

/** What is taken off and put on a provider's price before it is booked. The discount comes first, then the margin. */
export interface PriceAdjustments {
  /** Fraction taken off: 0.05 is five percent. Between 0 and 1. */
  readonly discount: Rate;
  /** Fraction of the discounted price put on. */
  readonly marginPercentage: Rate;
  /** USD put on every call. */
  readonly marginFixed: Rate;
}

export const NO_ADJUSTMENTS: PriceAdjustments = {
  discount: new Decimal(0),
  marginPercentage: new Decimal(0),
  marginFixed: new Decimal(0),
};

export interface Margin {
  readonly percentage: Rate;
  readonly fixed: Rate;
}

/** Keyed by provider. A margin under "global" holds for every provider that has no entry of its own. */
export interface AdjustmentTable {
  readonly discounts: Readonly<Record<string, Rate>>;
  readonly margins: Readonly<Record<string, Margin>>;
}

export function chooseAdjustments(provider: string | null, table: AdjustmentTable): PriceAdjustments {
  const margin = own(table.margins, provider) ?? own(table.margins, 'global');
  const discount = own(table.discounts, provider);
  if (margin === undefined && discount === undefined) return NO_ADJUSTMENTS;
  return {
    discount: discount ?? NO_ADJUSTMENTS.discount,
    marginPercentage: margin?.percentage ?? NO_ADJUSTMENTS.marginPercentage,
    marginFixed: margin?.fixed ?? NO_ADJUSTMENTS.marginFixed,
  };
}

function own<T>(table: Readonly<Record<string, T>>, key: string | null): T | undefined {
  return key !== null && Object.hasOwn(table, key) ? table[key] : undefined;
}

export interface AdjustmentTexts {
  readonly discount?: string | null;
  readonly marginPercentage?: string | null;
  readonly marginFixed?: string | null;
}

/** Reads adjustments from decimal text: fractions for the discount and the percentage, USD for the fixed amount. */
export function parseAdjustments(
  texts: AdjustmentTexts,
): Result<PriceAdjustments, { message: string; field: string }> {
  const values = { ...NO_ADJUSTMENTS };
  for (const field of ['discount', 'marginPercentage', 'marginFixed'] as const) {
    const text = texts[field];
    if (text === undefined || text === null) continue;
    const value = parseRate(text);
    if (!value.ok) return err({ message: value.error, field });
    if (value.value.lessThan(0)) return err({ message: `"${text}" is negative`, field });
    if (field === 'discount' && value.value.greaterThan(1)) {
      return err({ message: `a discount is a fraction between 0 and 1, not "${text}"`, field });
    }
    values[field] = value.value;
  }
  return ok(values);
}
