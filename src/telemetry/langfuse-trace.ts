import { formatMoney } from '../domain/money/decimal-text';
import type { EndedCall } from './ended-calls';

/** A trace and its one generation, as Langfuse's SDK takes them. */
export interface LangfuseCall {
  readonly trace: {
    readonly id: string;
    readonly name: string;
    readonly timestamp: Date;
    readonly userId?: string;
    readonly sessionId?: string;
    readonly tags: string[];
    readonly metadata: Readonly<Record<string, unknown>>;
  };
  readonly generation: {
    readonly id: string;
    readonly traceId: string;
    readonly name: string;
    readonly startTime: Date;
    readonly endTime: Date;
    readonly completionStartTime?: Date;
    readonly model: string;
    readonly usageDetails: Record<string, number>;
    readonly costDetails: Record<string, number>;
    readonly level: 'DEFAULT' | 'ERROR';
    readonly statusMessage?: string;
    readonly metadata: Readonly<Record<string, unknown>>;
  };
}

/**
 * The client's `metadata` may name the trace, its session and its user, with the words that LiteLLM's Langfuse callback
 * reads (docs.litellm.ai, Observability, Langfuse). Prompts and answers are not part of it: they are not kept.
 */
export function langfuseCall({ ask, end, endedAtMs }: EndedCall): LangfuseCall {
  const { snapshot } = ask;
  const text = (name: string): string | undefined => {
    const value = snapshot.metadata[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const traceId = text('trace_id') ?? end.callId;
  const startMs = endedAtMs - (end.durationMs ?? 0);
  const userId = text('trace_user_id') ?? snapshot.customerId ?? snapshot.userId ?? undefined;
  const sessionId = text('session_id');
  const name = routeName(snapshot.endpoint);
  return {
    trace: {
      id: traceId,
      name: text('trace_name') ?? text('generation_name') ?? name,
      timestamp: new Date(startMs),
      ...(userId === undefined ? {} : { userId }),
      ...(sessionId === undefined ? {} : { sessionId }),
      tags: [...snapshot.tags],
      metadata: snapshot.metadata,
    },
    generation: {
      id: text('generation_id') ?? end.callId,
      traceId,
      name: text('generation_name') ?? name,
      startTime: new Date(startMs),
      endTime: new Date(endedAtMs),
      ...(end.firstByteMs === null ? {} : { completionStartTime: new Date(startMs + end.firstByteMs) }),
      model: end.servedModel ?? snapshot.model,
      usageDetails: usageDetails(end),
      costDetails: costDetails(end),
      ...faultOf(end),
      metadata: attributionOf(ask, end),
    },
  };
}

function attributionOf({ snapshot }: EndedCall['ask'], end: EndedCall['end']): Record<string, unknown> {
  return {
    call_id: end.callId,
    // The exact figure; Langfuse's own cost is a floating point number.
    response_cost: end.cost === null ? null : formatMoney(end.cost),
    pricing_status: end.pricingStatus,
    usage_source: end.usageSource,
    requested_model: snapshot.model,
    model_id: snapshot.deploymentId,
    provider: snapshot.provider,
    user_api_key_alias: snapshot.keyAlias,
    user_api_key_id: snapshot.keyId,
    user_api_key_team_id: snapshot.teamId,
    user_api_key_team_alias: snapshot.teamName,
    user_api_key_org_id: snapshot.organizationId,
    user_api_key_user_id: snapshot.userId,
  };
}

function faultOf({ status, error }: EndedCall['end']): {
  level: 'DEFAULT' | 'ERROR';
  statusMessage?: string;
} {
  const level = status === 'SUCCESS' ? 'DEFAULT' : 'ERROR';
  return error === null ? { level } : { level, statusMessage: error };
}

/** "/v1/chat/completions" is "litellm-chat-completions". */
function routeName(endpoint: string): string {
  return `litellm-${endpoint.replace(/^\/(?:v1\/)?/, '').replace(/\W+/g, '-')}`;
}

/** Langfuse adds up what is named input… and output…, so the sums go beside the parts only as `total`. */
function usageDetails({ usage, inputTokens, outputTokens }: EndedCall['end']): Record<string, number> {
  const parts = Object.entries(usage).filter(([unit, used]) => /^(?:input|output)/.test(unit) && used > 0);
  return { ...Object.fromEntries(parts), total: inputTokens + outputTokens };
}

function costDetails({ cost, costBreakdown }: EndedCall['end']): Record<string, number> {
  if (cost === null) return {};
  const parts = Object.entries(costBreakdown ?? {}).map(([part, amount]) => [part, Number(amount)] as const);
  return { ...Object.fromEntries(parts), total: Number(formatMoney(cost)) };
}
