import { choosePrice, type PriceRule } from '../domain/pricing/choose-price';
import { withDecimalText } from '../domain/pricing/decimal-prices';
import { litellmEntry } from '../domain/pricing/litellm-entry';
import { findCataloguePrice } from './catalogue';

/** A model's prices in the keys of LiteLLM's price map: `input_cost_per_token`, `output_cost_per_token` and the others. */
export type ModelPrices = Readonly<Record<string, unknown>>;

/** Prices without a database: those that were registered, and behind them the catalogue that comes with the program. */
export class PriceBook {
  private readonly rules = new Map<string, PriceRule>();

  /**
   * Adds a model, or replaces what was registered under its name. Throws a TypeError that names the key at fault, also
   * for a key that looks like a price and is not known, because leaving it out would make the model too cheap.
   */
  register(model: string, prices: ModelPrices): void {
    const entry = litellmEntry(withDecimalText(prices) as ModelPrices);
    if (!entry.ok) throw new TypeError(`${model}: ${entry.error.field}: ${entry.error.message}`);
    const { sheet, provider, source, unknownKeys } = entry.value;
    if (unknownKeys.length > 0) throw new TypeError(`${model}: unknown prices: ${unknownKeys.join(', ')}`);
    this.rules.set(model, {
      id: `registered:${model}`,
      scope: 'MODEL',
      scopeId: null,
      provider,
      model,
      effectiveFromMs: null,
      effectiveUntilMs: null,
      sheet,
      source: source ?? 'registered',
    });
  }

  /** The price that holds at the instant; null when there is none, which does not make the model free. */
  find(provider: string | null, model: string, atMs: number): PriceRule | null {
    const chosen = choosePrice([...this.rules.values()], { provider, model, atMs });
    return chosen?.rule ?? findCataloguePrice(provider, model, atMs);
  }
}
