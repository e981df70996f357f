import type { UsageSource } from '../../domain/ledger/call-end';
import { tokenPlan } from '../../domain/metering/chat-framing';
import { encodingOfModel } from '../../domain/metering/encoding-of-model';
import { estimateOutputTokens } from '../../domain/metering/estimate-output';
import type { NormalisedUsage } from '../../domain/metering/normalised-usage';
import type { Delivered } from '../../domain/metering/stream-meter';
import { outputTokens, type Usage } from '../../domain/usage/usage';
import type { ReservedCall } from './call';
import type { CallPorts } from './ports';

/** What an upstream's answer tells of itself, however it ended. */
export interface Answer {
  /** The provider's own count, when it covers all that was delivered. */
  readonly usage: NormalisedUsage | null;
  readonly delivered: Delivered;
  readonly model: string | null;
  readonly serviceTier: string | null;
}

/** Nothing came back. */
export const NO_ANSWER: Answer = {
  usage: null,
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
}

/**
 * Step 5: what the call used. The provider's count where there is one; else our own count of what was sent and what
 * was delivered, labelled as an estimate. Nothing was used when the upstream failed before delivering anything.
 */
export async function measure(
  ports: CallPorts,
  call: ReservedCall,
  answer: Answer,
  failedEmpty: boolean,
): Promise<Measured> {
  const { model, serviceTier, usage } = answer;
  if (usage && !isContradicted(usage, answer.delivered))
    return { usage: usage.usage, source: 'PROVIDER', raw: usage.raw, model, serviceTier };
  if (failedEmpty) return { usage: {}, source: 'NONE', raw: null, model, serviceTier };
  const estimated = await estimate(ports, call, answer.delivered);
  return { usage: estimated, source: 'ESTIMATED', raw: usage?.raw ?? null, model, serviceTier };
}

/** A count of no output beside text that was delivered: some gateways send zeros for what they do not know. */
function isContradicted(usage: NormalisedUsage, delivered: Delivered): boolean {
  return delivered.characters > 0 && outputTokens(usage.usage) === 0;
}

async function estimate(ports: CallPorts, call: ReservedCall, delivered: Delivered): Promise<Usage> {
  const { upstreamModel } = call.route;
  const plan = tokenPlan(call.format.boundFormat(call.operation), call.json, upstreamModel);
  const input = await ports.tokenizer.countAll(plan.texts, plan.encoding);
  const output =
    delivered.characters === 0
      ? 0
      : (await ports.tokenizer.count(delivered.sample, encodingOfModel(upstreamModel).encoding)).tokens;
  return {
    inputText: input.tokens + plan.framing,
    outputText: estimateOutputTokens(delivered, output),
  };
}
