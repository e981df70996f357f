import { countedTexts, tightBound } from '../../domain/metering/counted-texts';
import { encodingOfModel } from '../../domain/metering/encoding-of-model';
import { leastUsefulOutput } from '../../domain/metering/least-output';
import { familyOfModel, mayReasonUnseen } from '../../domain/metering/model-family';
import { requestBound, type BoundFormat } from '../../domain/metering/request-bound';
import type { LimitStanding } from '../../domain/ledger/verdict';
import type { LimitUnit } from '../../domain/limits/scope';
import { ONE } from '../../domain/ledger/call-ask';
import type { CallBound, PricedCall } from './call';
import type { CallPorts } from './ports';
import { holdFor } from './price';

const FITTABLE: readonly LimitUnit[] = ['USD', 'TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS'];

/**
 * Puts the tokens of the texts in a request in place of their bytes. What is not counted stays at its bytes, so that a
 * text in a place that nobody thought of costs more and never nothing. Null when that gains nothing.
 */
export async function countTightly(
  ports: CallPorts,
  call: PricedCall,
  refused: LimitStanding,
): Promise<PricedCall | null> {
  if (!FITTABLE.includes(refused.limit.unit) || refused.spent >= refused.limit.amount) return null;
  if (call.assumedInputTokens !== undefined) return null;
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

/** What a stream without a bound of its own holds at a time, in output tokens: some three kilobytes of text. */
const SLICE_TOKENS = 1_024;

/**
 * Holds only the first slice of an answer that nobody bounded and that the limits have no room for as a whole. For a HARD
 * limit and a stream of which every billed token is seen as it comes and whose format can be ended early: all others must
 * hold, or be cut to, what fits before they are sent.
 */
export function sliceOutput(call: PricedCall, refused: LimitStanding): PricedCall | null {
  const { bound, request, format, route } = call;
  const canSlice =
    refused.limit.enforcement === 'HARD' &&
    FITTABLE.includes(refused.limit.unit) &&
    request.stream &&
    request.answers === 1 &&
    // Limits may hold nothing for a call of unknown size, and would then hold its slices.
    bound.unbounded.length === 0 &&
    (bound.writtenOutputBound ?? 0) > SLICE_TOKENS &&
    !mayReasonUnseen(route.upstreamModel) &&
    format.streamCut?.(request) != null;
  if (!canSlice) return null;
  return withBound(call, { ...bound, outputTokens: SLICE_TOKENS, sliceTokens: SLICE_TOKENS });
}

/**
 * Lowers the bound of the output to what the refusing limit can still afford: one that the client did not set, and under
 * CLAMP also the client's own. Null when that is not allowed, or when nothing useful fits.
 */
export function lowerOutput(call: PricedCall, refused: LimitStanding): PricedCall | null {
  const lowering = loweringOf(call, refused);
  if (lowering === null) return null;
  const { perAnswer, least, answers } = lowering;
  const room = refused.limit.amount - refused.spent - refused.reserved;
  const fits = (tokens: number): boolean => askWith(call, refused.limit.unit, tokens * answers) <= room;
  if (!fits(least)) return null;
  let low = least;
  let high = perAnswer;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  if (low >= perAnswer) return null;
  return withBound(call, { ...call.bound, outputTokens: low * answers, writtenOutputBound: low });
}

/** The least that the call could ask of the refusing limit, its output lowered as far as is allowed and useful. */
export function leastAsk(call: PricedCall, refused: LimitStanding): bigint {
  const lowering = loweringOf(call, refused);
  return lowering === null
    ? refused.ask
    : askWith(call, refused.limit.unit, lowering.least * lowering.answers);
}

interface Lowering {
  /** The present bound of one answer, and the lowest that is of use. */
  readonly perAnswer: number;
  readonly least: number;
  readonly answers: number;
}

function loweringOf({ bound, request, json }: PricedCall, { limit }: LimitStanding): Lowering | null {
  if (!FITTABLE.includes(limit.unit)) return null;
  const own = request.outputBound;
  // What the client asked for itself is its own business, except to a limit that is there to lower it.
  if (own !== null && limit.enforcement !== 'CLAMP') return null;
  const perAnswer = bound.writtenOutputBound ?? own;
  const least = leastUsefulOutput(json);
  if (perAnswer === null || perAnswer <= least || bound.outputTokens === 0) return null;
  return { perAnswer, least, answers: Math.max(1, Math.round(bound.outputTokens / perAnswer)) };
}

function askWith(call: PricedCall, unit: LimitUnit, outputTokens: number): bigint {
  const { inputTokens } = call.bound;
  if (unit === 'USD') return holdFor(call.price, call.pricingContext, { ...call.bound, outputTokens });
  const input = unit === 'OUTPUT_TOKENS' ? 0 : inputTokens;
  const output = unit === 'INPUT_TOKENS' ? 0 : outputTokens;
  return BigInt(input + output) * ONE;
}

/** The call with another bound, and the hold that goes with it. */
export function withBound(call: PricedCall, bound: CallBound): PricedCall {
  const hold = holdFor(call.price, call.pricingContext, bound);
  return { ...call, bound: { ...bound, hold } };
}
