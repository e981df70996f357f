import { tokenPlan } from '../../domain/metering/chat-framing';
import type { LimitRefusal } from '../../domain/ledger/verdict';
import type { LimitUnit } from '../../domain/limits/scope';
import { ONE } from '../../domain/ledger/call-ask';
import type { CallBound, PricedCall } from './call';
import type { CallPorts } from './ports';
import { holdFor } from './price';

/** Room for what published framing rules leave out, so that a tight count is still a bound. */
const SLACK_TOKENS = 16;
const SLACK_PER_CENT = 5;
/** An approximated tokenizer may be off by more. */
const APPROXIMATE_SLACK_PER_CENT = 60;
/** An answer cut below this is of no use to anyone. */
const MIN_OUTPUT_TOKENS = 16;
const FITTABLE: readonly LimitUnit[] = ['USD', 'TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS'];

/** Replaces the byte bound of the input by a count of its tokens. Null when that gains nothing. */
export async function countTightly(
  ports: CallPorts,
  call: PricedCall,
  refused: LimitRefusal,
): Promise<PricedCall | null> {
  if (!FITTABLE.includes(refused.limit.unit) || refused.spent >= refused.limit.amount) return null;
  const plan = tokenPlan(call.format.boundFormat(call.operation), call.json, call.route.upstreamModel);
  const count = await ports.tokenizer.countAll(plan.texts, plan.encoding);
  const perCent = plan.approximate ? APPROXIMATE_SLACK_PER_CENT : SLACK_PER_CENT;

  const tokens = count.tokens + plan.framing;
  const slack = SLACK_TOKENS + Math.ceil((tokens * perCent) / 100);
  const inputTokens = tokens + slack + call.bound.unboundedInputTokens;
  if (inputTokens >= call.bound.inputTokens) return null;
  return withBound(call, { ...call.bound, inputTokens });
}

/** Shrinks an output bound that the client did not set to what the refusing limit can still afford. */
export function shrinkOutput(
  _ports: CallPorts,
  call: PricedCall,
  refused: LimitRefusal,
): Promise<PricedCall | null> {
  return Promise.resolve(shrunk(call, refused));
}

function shrunk(call: PricedCall, refused: LimitRefusal): PricedCall | null {
  const { bound } = call;
  if (bound.writtenOutputBound === null || !FITTABLE.includes(refused.limit.unit)) return null;
  const answers = Math.max(1, Math.round(bound.outputTokens / bound.writtenOutputBound));
  const room = refused.limit.amount - refused.spent - refused.reserved;
  const fits = (perAnswer: number): boolean => askWith(call, refused.limit.unit, perAnswer * answers) <= room;
  if (!fits(MIN_OUTPUT_TOKENS)) return null;
  let low = MIN_OUTPUT_TOKENS;
  let high = bound.writtenOutputBound;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return withBound(call, { ...bound, outputTokens: low * answers, writtenOutputBound: low });
}

function askWith(call: PricedCall, unit: LimitUnit, outputTokens: number): bigint {
  const { inputTokens } = call.bound;
  if (unit === 'USD') return holdFor(call.price, call.pricingContext, { ...call.bound, outputTokens });
  const input = unit === 'OUTPUT_TOKENS' ? 0 : inputTokens;
  const output = unit === 'INPUT_TOKENS' ? 0 : outputTokens;
  return BigInt(input + output) * ONE;
}

function withBound(call: PricedCall, bound: CallBound): PricedCall {
  const hold = holdFor(call.price, call.pricingContext, bound);
  return { ...call, bound: { ...bound, hold } };
}
