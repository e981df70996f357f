import { DEMO_MODEL } from '../domain/metering/demo-answer';
import type { PriceRule } from '../domain/pricing/choose-price';
import { litellmEntry } from '../domain/pricing/litellm-entry';

/** The built-in model's price: 1 USD per million input tokens, 2 per million output tokens, to be checked by hand. */
export const demoPrice: PriceRule = {
  id: 'price_demo',
  scope: 'MODEL',
  scopeId: null,
  provider: null,
  model: DEMO_MODEL,
  effectiveFromMs: null,
  effectiveUntilMs: null,
  sheet: demoSheet(),
  source: 'demo',
};

function demoSheet() {
  const entry = litellmEntry({ input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' });
  if (!entry.ok) throw new Error("The demo model's price is malformed");
  return entry.value.sheet;
}
