import { LosslessNumber } from 'lossless-json';
import type { Money } from '../../domain/money/money';
import type { CostPart } from '../../domain/pricing/usage-measures';
import {
  presentValues,
  replaceValues,
  type AdjustmentKind,
  type AdjustmentValue,
  type AdjustmentValues,
} from '../adjustment-values';
import { estimateCost, type CostEstimate } from '../cost-estimate';
import { ADJUSTMENT_VALUES, ESTIMATE_COST, type EstimateCostInput } from '../cost.schema';
import { exactNumber, exactNumberOrNull, type Json } from '../lossless';
import { NOTHING } from '../spend.schema';
import { answer, defineRoute, type LitellmRoute } from './route';
import { priceMembers } from './price-members';

const PARTS: Readonly<Record<string, readonly CostPart[]>> = {
  input_cost: ['input', 'cacheRead', 'cacheWrite'],
  output_cost: ['output', 'reasoning'],
  cache_read_cost: ['cacheRead'],
  cache_creation_cost: ['cacheWrite'],
  reasoning_cost: ['reasoning'],
  margin_cost: ['margin'],
  discount_cost: ['discount'],
};

export const COST_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/cost/estimate',
    summary: 'What calls of a model would cost: one, and those of a day and a month.',
    members: ESTIMATE_COST,
    async handle(ctx, input, services) {
      const estimate = await estimateCost(ctx, services, input);
      return estimate.ok ? answer(estimateMembers(input, estimate.value)) : estimate;
    },
  }),
  ...adjustmentRoutes('/config/cost_discount_config', 'discount', "the server's discounts by provider"),
  ...adjustmentRoutes('/config/cost_margin_config', 'margin', "the server's margins by provider"),
];

function adjustmentRoutes(path: string, kind: AdjustmentKind, what: string): LitellmRoute[] {
  const change = defineRoute({
    method: 'PATCH',
    path,
    summary: `Replaces ${what} from now on. What was booked stays as it is.`,
    members: ADJUSTMENT_VALUES,
    async handle(ctx, input, services) {
      const replaced = await replaceValues(ctx, services, kind, input.values);
      return replaced.ok
        ? answer({ message: `Replaced ${what}.`, status: 'success', values: valuesMembers(replaced.value) })
        : replaced;
    },
  });
  return [
    defineRoute({
      method: 'GET',
      path,
      summary: `Shows ${what}.`,
      members: NOTHING,
      async handle(ctx, _input, services) {
        const values = await presentValues(ctx, services, kind);
        return values.ok ? answer({ values: valuesMembers(values.value) }) : values;
      },
    }),
    // LiteLLM's own page sends the providers themselves, without "values" around them.
    {
      ...change,
      run: (ctx, services, raw) =>
        change.run(ctx, services, Object.hasOwn(raw, 'values') ? raw : { values: raw }),
    },
  ];
}

function valuesMembers(values: AdjustmentValues): Json {
  return Object.fromEntries([...values].map(([provider, value]) => [provider, valueMembers(value)]));
}

function valueMembers(value: AdjustmentValue): unknown {
  if ('discount' in value) return new LosslessNumber(value.discount);
  const percentage = new LosslessNumber(value.marginPercentage);
  const fixed = new LosslessNumber(value.marginFixedUsd);
  return Number(value.marginFixedUsd) === 0 ? percentage : { percentage, fixed_amount: fixed };
}

function estimateMembers(input: EstimateCostInput, { cost, rule, provider }: CostEstimate): Json {
  const amounts = new Map<string, Money>([['cost', cost.total]]);
  for (const [name, parts] of Object.entries(PARTS)) {
    amounts.set(
      name,
      parts.reduce((sum, part) => sum + (cost.breakdown[part] ?? 0n), 0n),
    );
  }
  const perDay = wholeOrNull(input.num_requests_per_day);
  const perMonth = wholeOrNull(input.num_requests_per_month);
  const times = (amount: Money, calls: bigint | null) =>
    exactNumberOrNull(calls === null ? null : amount * calls);
  return {
    model: input.model,
    input_tokens: wholeOrNull(input.input_tokens),
    output_tokens: wholeOrNull(input.output_tokens),
    cache_read_input_tokens: wholeOrNull(input.cache_read_input_tokens) ?? 0n,
    cache_creation_input_tokens: wholeOrNull(input.cache_creation_input_tokens) ?? 0n,
    reasoning_tokens: wholeOrNull(input.reasoning_tokens) ?? 0n,
    num_requests_per_day: perDay,
    num_requests_per_month: perMonth,
    ...members(amounts, (name) => `${name}_per_request`, exactNumber),
    ...members(
      amounts,
      (name) => `daily_${name}`,
      (amount) => times(amount, perDay),
    ),
    ...members(
      amounts,
      (name) => `monthly_${name}`,
      (amount) => times(amount, perMonth),
    ),
    ...priceMembers(rule),
    provider,
  };
}

function members(
  amounts: ReadonlyMap<string, Money>,
  nameOf: (name: string) => string,
  write: (amount: Money) => unknown,
): Json {
  return Object.fromEntries([...amounts].map(([name, amount]) => [nameOf(name), write(amount)]));
}

function wholeOrNull(digits: string | null | undefined): bigint | null {
  return digits == null ? null : BigInt(digits);
}
