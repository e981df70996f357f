import { countedTexts, tightBound } from '../../domain/metering/counted-texts';
import { encodingOfModel } from '../../domain/metering/encoding-of-model';
import { familyOfModel } from '../../domain/metering/model-family';
import { requestBound, type BoundFormat } from '../../domain/metering/request-bound';
import type { LimitRefusal } from '../../domain/ledger/verdict';
import type { LimitUnit } from '../../domain/limits/scope';
import { ONE } from '../../domain/ledger/call-ask';
import type { CallBound, PricedCall } from './call';
import type { CallPorts } from './ports';
import { holdFor } from './price';

/** An answer cut below this is of no use to anyone. */
const MIN_OUTPUT_TOKENS = 16;
const FITTABLE: readonly LimitUnit[] = ['USD', 'TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS'];

/**
 * Puts the tokens of the texts in a request in place of their bytes. What is not counted stays at its bytes, so that a
 * text in a place that nobody thought of costs more and never nothing. Null when that gains nothing.
 */
export async function countTightly(
  ports: CallPorts,
  call: PricedCall,
  refused: LimitRefusal,
): Promise<PricedCall | null> {
  if (!FITTABLE.includes(refused.limit.unit) || refused.spent >= refused.limit.amount) return null;
  const { encoding, approximate } = encodingOfModel(call.route.upstreamModel);
  const format = call.format.boundFormat(call.operation);
  const counted = countedTexts(format, call.json, approximate);
  const count = await ports.tokenizer.countAll(counted.texts, encoding);
  const inputTokens = tightBound(byteBound(call, format), counted, count.tokens, approximate);
  if (inputTokens >= call.bound.inputTokens) return null;
  return withBound(call, { ...call.bound, inputTokens });
}

/** The bound by bytes once more, with the sizes of inline images looked at. */
function byteBound({ json, body, route, bound }: PricedCall, format: BoundFormat): number {
  const { upstreamModel } = route;
  const family = familyOfModel(upstreamModel);
  const measured = requestBound(format, json, Buffer.byteLength(body), family, upstreamModel, true);
  return measured.inputTokens + bound.unboundedInputTokens;
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
