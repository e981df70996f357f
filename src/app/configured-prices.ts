import { Decimal } from '../domain/money/rate';
import type { AdjustmentRule } from '../domain/pricing/adjustment-rules';
import type { PriceRule } from '../domain/pricing/choose-price';
import { litellmEntry } from '../domain/pricing/litellm-entry';
import type { Config } from '../platform/config';
import { demoPrice } from '../pricing/demo-price';
import { ENDPOINT_PROVIDER } from '../pricing/endpoint-provider';

/** Price rules that come with the server: the demo model's, and those of the configuration file's models and endpoints. */
export function configuredPrices(config: Config): PriceRule[] {
  const rules: PriceRule[] = config.spending.offersDemoModel ? [demoPrice] : [];
  for (const { path, line, costPerRequest } of config.endpoints)
    if (costPerRequest !== null)
      rules.push(
        ruleOfLine(
          line,
          { provider: ENDPOINT_PROVIDER, model: path },
          { input_cost_per_request: costPerRequest },
        ),
      );
  for (const { line, modelName, prices } of config.models)
    if (prices !== null) rules.push(ruleOfLine(line, { provider: null, model: modelName }, prices));
  return rules;
}

function ruleOfLine(
  line: number,
  named: Pick<PriceRule, 'provider' | 'model'>,
  prices: Parameters<typeof litellmEntry>[0],
): PriceRule {
  const entry = litellmEntry(prices);
  if (!entry.ok) throw new Error(`The price of line ${line} was accepted and cannot be read`);
  return {
    ...{ id: `price_config_line_${line}`, scope: 'MODEL', scopeId: null, ...named },
    ...{ effectiveFromMs: null, effectiveUntilMs: null, sheet: entry.value.sheet },
    source: `configuration file, line ${line}`,
  };
}

const GLOBAL = 'global';

/** The discounts and margins of the configuration file. They were checked when it was read. */
export function configuredAdjustments({ spending }: Config): AdjustmentRule[] {
  const discounts = Object.entries(spending.costDiscounts).map(([provider, fraction]) =>
    configured('cost_discount_config', provider, { discount: new Decimal(fraction), margin: null }),
  );
  const margins = Object.entries(spending.costMargins).map(([provider, { percentage, fixedUsd }]) => {
    const margin = { percentage: new Decimal(percentage), fixed: new Decimal(fixedUsd) };
    return configured('cost_margin_config', provider, { discount: null, margin });
  });
  return [...discounts, ...margins];
}

function configured(
  setting: string,
  provider: string,
  amounts: Pick<AdjustmentRule, 'discount' | 'margin'>,
): AdjustmentRule {
  return {
    id: `${setting}.${provider}`,
    scope: 'SERVER',
    scopeId: null,
    provider: provider === GLOBAL ? null : provider,
    ...amounts,
    effectiveFromMs: null,
    effectiveUntilMs: null,
  };
}
