import type { UsageUnit } from '../usage/usage';
import type { ParsedCostKey } from './litellm-cost-keys';
import { readPrice } from './litellm-values';
import type { PriceVariant, Rates, VariantCondition } from './price';
import { compareRates, type UnitRate } from './unit-rate';

type MutableRates = Partial<Record<UsageUnit, UnitRate>>;

/** Half-open above, closed below: lowerTokens < input tokens ≤ upperTokens. Null has no upper end. */
export interface TierRates {
  readonly lowerTokens: number;
  readonly upperTokens: number | null;
  readonly rates: Rates;
}

/** Gathers the flat price keys of an entry into base rates and one variant per combination of conditions. */
export class RateTable {
  private readonly baseRates: MutableRates = {};
  private readonly conditional = new Map<string, { when: VariantCondition; rates: MutableRates }>();
  private readonly added: PriceVariant[] = [];

  constructor(private readonly inclusiveThresholds: boolean) {}

  add(key: ParsedCostKey, value: unknown, field: string): void {
    const rates = this.ratesFor(this.conditionOf(key));
    const rate = readPrice(value, key.per, field);
    const earlier = rates[key.unit];
    // Some entries price one thing under an input and an output key, one of them zero or both the same.
    if (earlier === undefined || compareRates(rate, earlier) > 0) rates[key.unit] = rate;
  }

  addVariants(variants: readonly PriceVariant[]): void {
    for (const variant of variants) this.added.push(variant);
  }

  /**
   * A tier reprices the whole request and leaves nothing to the flat cache rates: a cache it doesn't price costs what
   * its input costs. What else it leaves out costs what the flat keys say.
   */
  addTiers(tiers: readonly TierRates[]): void {
    const [first] = tiers;
    if (first === undefined) return;
    for (const { lowerTokens, upperTokens, rates } of tiers) {
      const input = rates.inputText ?? this.baseRates.inputText;
      const write = rates.inputCacheWrite5m ?? input;
      const whole: MutableRates = { ...rates };
      const read = rates.inputCacheRead ?? input;
      const longWrite = rates.inputCacheWrite1h ?? write;
      if (read !== undefined) whole.inputCacheRead = read;
      if (write !== undefined) whole.inputCacheWrite5m = write;
      if (longWrite !== undefined) whole.inputCacheWrite1h = longWrite;
      const when = { inputTokensAbove: lowerTokens };
      this.added.push({
        when: upperTokens === null ? when : { ...when, inputTokensUpTo: upperTokens },
        rates: whole,
      });
    }
    // A request without input lies in no tier. A model without flat rates charges its first tier then.
    const hasFlat = this.baseRates.inputText !== undefined || this.baseRates.outputText !== undefined;
    if (!hasFlat) Object.assign(this.baseRates, first.rates);
  }

  base(): Rates {
    return this.baseRates;
  }

  variants(): PriceVariant[] {
    return [...this.conditional.values(), ...this.added];
  }

  private ratesFor(when: VariantCondition): MutableRates {
    if (Object.keys(when).length === 0) return this.baseRates;
    const id = JSON.stringify(when);
    const known = this.conditional.get(id) ?? { when, rates: {} };
    this.conditional.set(id, known);
    return known.rates;
  }

  private conditionOf(key: ParsedCostKey): VariantCondition {
    const threshold = this.inclusiveThresholds ? 'inputTokensFrom' : 'inputTokensAbove';
    return {
      ...(key.aboveTokens === null ? {} : { [threshold]: key.aboveTokens }),
      ...(key.serviceTier === null ? {} : { serviceTier: key.serviceTier }),
      ...(key.batch ? { batch: true as const } : {}),
      ...(key.videoResolution === null ? {} : { videoResolution: key.videoResolution }),
    };
  }
}
