import type { PriceRule } from '../domain/pricing/choose-price';
import { litellmEntry } from '../domain/pricing/litellm-entry';
import type { Config } from '../platform/config';
import { demoPrice } from '../pricing/demo-price';

/** Price rules that come with the server: the demo model's, and those of the configuration file's `model_list`. */
export function configuredPrices(config: Config): PriceRule[] {
  const rules: PriceRule[] = config.spending.offersDemoModel ? [demoPrice] : [];
  for (const model of config.models) {
    if (model.prices === null) continue;
    const entry = litellmEntry(model.prices);
    if (!entry.ok) throw new Error(`The price of line ${model.line} was accepted and cannot be read`);
    rules.push({
      id: `price_config_line_${model.line}`,
      scope: 'MODEL',
      scopeId: null,
      provider: null,
      model: model.modelName,
      effectiveFromMs: null,
      effectiveUntilMs: null,
      sheet: entry.value.sheet,
      source: `configuration file, line ${model.line}`,
    });
  }
  return rules;
}
