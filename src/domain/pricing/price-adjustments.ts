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

/** The two parts of a margin; both apply. */
export interface Margin {
  readonly percentage: Rate;
  readonly fixed: Rate;
}

export interface AdjustmentTexts {
  readonly discount?: string | null | undefined;
  readonly marginPercentage?: string | null | undefined;
  readonly marginFixed?: string | null | undefined;
}

const MAX_PERCENTAGE = 100;
const MAX_FIXED_USD = 1_000_000;
/** What an exact decimal of the graph can show again. */
const MAX_DECIMAL_PLACES = 20;

/** Reads adjustments from decimal text: fractions for the discount and the percentage, USD for the fixed amount. */
export function parseAdjustments(
  texts: AdjustmentTexts,
): Result<PriceAdjustments, { message: string; field: keyof AdjustmentTexts }> {
  const values = { ...NO_ADJUSTMENTS };
  for (const field of ['discount', 'marginPercentage', 'marginFixed'] as const) {
    const text = texts[field];
    if (text === undefined || text === null) continue;
    const value = parseRate(text);
    if (!value.ok) return err({ message: value.error, field });
    const wrong = outOfRange(field, value.value);
    if (wrong !== null) return err({ message: `"${text}" ${wrong}`, field });
    values[field] = value.value;
  }
  return ok(values);
}

function outOfRange(field: keyof AdjustmentTexts, value: Rate): string | null {
  if (value.lessThan(0)) return 'is negative';
  if (value.decimalPlaces() > MAX_DECIMAL_PLACES) {
    return `has more than ${MAX_DECIMAL_PLACES} decimal places`;
  }
  if (field === 'discount' && value.greaterThan(1)) return 'is above 1; a discount of five percent is "0.05"';
  if (field === 'marginPercentage' && value.greaterThan(MAX_PERCENTAGE)) {
    return `is above ${MAX_PERCENTAGE}; a margin of five percent is "0.05"`;
  }
  return field === 'marginFixed' && value.greaterThan(MAX_FIXED_USD) ? `is above ${MAX_FIXED_USD} USD` : null;
}
