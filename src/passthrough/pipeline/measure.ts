import type { UsageSource } from '../../domain/ledger/call-end';
import { tokenPlan } from '../../domain/metering/chat-framing';
import { encodingOfModel } from '../../domain/metering/encoding-of-model';
import { estimateOutputTokens } from '../../domain/metering/estimate-output';
import { mediaEstimate } from '../../domain/metering/media-estimate';
import { mayReasonUnseen } from '../../domain/metering/model-family';
import { withOwnSearches } from '../../domain/metering/search-models';
import type { NormalisedUsage } from '../../domain/metering/normalised-usage';
import type { Delivered } from '../../domain/metering/stream-meter';
import { inputTokens, outputTokens, type Usage } from '../../domain/usage/usage';
import type { ReservedCall } from './call';
import type { CallPorts } from './ports';

/** What an upstream's answer tells of itself, however it ended. */
export interface Answer {
  /** The provider's last own count. */
  readonly usage: NormalisedUsage | null;
  /** Whether that count covers all that was used: nothing was delivered after it. */
  readonly usageIsFinal: boolean;
  readonly delivered: Delivered;
  readonly model: string | null;
  readonly serviceTier: string | null;
}

/** Nothing came back. */
export const NO_ANSWER: Answer = {
  usage: null,
  usageIsFinal: false,
  delivered: { deltas: 0, characters: 0, bytes: 0, sample: '' },
  model: null,
  serviceTier: null,
};

export interface Measured {
  readonly usage: Usage;
  readonly source: UsageSource;
  readonly raw: unknown;
  readonly model: string | null;
  readonly serviceTier: string | null;
  /** What the provider says that the call cost, in USD as decimal text; null when it says nothing. */
  readonly reportedCostUsd: string | null;
}

/**
 * Step 5: what the call used. The provider's count where there is one; else our own count of what was sent and what
 * was delivered, labelled as an estimate, for which the provider's unfinished count is a floor. Nothing was used when the
 * upstream failed before delivering anything.
 */
export async function measure(
  ports: CallPorts,
  call: ReservedCall,
  answer: Answer,
  failedEmpty: boolean,
): Promise<Measured> {
  const { model, serviceTier, usage } = answer;
  const whole = (counted: Usage): Usage =>
    call.operation === 'chat'
      ? withOwnSearches(counted, call.route.upstreamModel, call.request.answers)
      : counted;
  if (usage && answer.usageIsFinal && !isContradicted(usage, answer.delivered))
    return {
      usage: whole(usage.usage),
      source: 'PROVIDER',
      raw: usage.raw,
      model,
      serviceTier,
      reportedCostUsd: usage.reportedCostUsd,
    };
  const nothing = { model, serviceTier, reportedCostUsd: null };
  if (failedEmpty) return { usage: {}, source: 'NONE', raw: null, ...nothing };
  const estimated = await estimate(ports, call, answer);
  return { usage: whole(estimated), source: 'ESTIMATED', raw: usage?.raw ?? null, ...nothing };
}

/** A count of no output beside text that was delivered: some gateways send zeros for what they do not know. */
function isContradicted(usage: NormalisedUsage, delivered: Delivered): boolean {
  return delivered.characters > 0 && outputTokens(usage.usage) === 0;
}

async function estimate(ports: CallPorts, call: ReservedCall, answer: Answer): Promise<Usage> {
  const known = answer.usage?.usage ?? {};
  const input = inputTokens(known) > 0 ? inputSide(known) : { inputText: await countInput(ports, call) };
  const delivered = await countDelivered(ports, call, answer.delivered);
  const media = mediaEstimate(call.format.boundFormat(call.operation), call.json, call.route.upstreamModel);
  if (media) return { ...media, ...input, ...known, ...(delivered > 0 && { outputText: delivered }) };
  return { ...input, outputText: Math.max(delivered, outputTokens(known), unseenOutput(call)) };
}

/** A model that reasons out of sight may have used all that it was allowed to, and nobody says how much it did. */
function unseenOutput(call: ReservedCall): number {
  return mayReasonUnseen(call.route.upstreamModel) ? call.bound.outputTokens : 0;
}

/** Cache reads and writes stay apart: they have prices of their own. */
function inputSide(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([unit]) => !unit.startsWith('output')));
}

async function countInput(ports: CallPorts, call: ReservedCall): Promise<number> {
  // What the request's bytes do not show cannot be counted; what was held for it is the best that is known.
  if (call.bound.unboundedInputTokens > 0) return call.bound.inputTokens;
  const plan = tokenPlan(call.format.boundFormat(call.operation), call.json, call.route.upstreamModel);
  return (await ports.tokenizer.countAll(plan.texts, plan.encoding)).tokens + plan.framing;
}

async function countDelivered(ports: CallPorts, call: ReservedCall, delivered: Delivered): Promise<number> {
  if (delivered.characters === 0) return 0;
  const { encoding } = encodingOfModel(call.route.upstreamModel);
  return estimateOutputTokens(delivered, (await ports.tokenizer.count(delivered.sample, encoding)).tokens);
}
