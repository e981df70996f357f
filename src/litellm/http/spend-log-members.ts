import type { SpendLogEntity } from '../../spend/spend-log.entity';
import { orNull } from '../../spend/absent';
import { exactNumberOrNull, type Json } from '../lossless';

/** LiteLLM's names of the operations. */
const CALL_TYPES: Readonly<Record<string, string>> = {
  '/v1/chat/completions': 'acompletion',
  '/chat/completions': 'acompletion',
  '/v1/completions': 'atext_completion',
  '/completions': 'atext_completion',
  '/v1/embeddings': 'aembedding',
  '/embeddings': 'aembedding',
  '/v1/messages': 'anthropic_messages',
  '/anthropic/v1/messages': 'anthropic_messages',
  '/v1/responses': 'aresponses',
  '/responses': 'aresponses',
  '/v1/moderations': 'amoderation',
  '/moderations': 'amoderation',
};

/**
 * A row of the log as LiteLLM shows it. `spend` is null where the cost is not known, which is not zero. A correction has
 * an id of its own and the word ADJUSTMENT as its type.
 */
export function spendLogMembers(row: SpendLogEntity): Json {
  const isCall = row.kind === 'CALL';
  const admittedMs = row.admittedAt.getTime();
  const instant = (afterMs: number | null): string => new Date(admittedMs + (afterMs ?? 0)).toISOString();
  const status = row.status === 'SUCCESS' || row.status === 'ADJUSTED' ? 'success' : 'failure';
  return {
    request_id: isCall ? (row.callId ?? row.id) : row.id,
    call_type: isCall ? (CALL_TYPES[row.endpoint] ?? row.endpoint) : row.kind,
    api_key: row.keyId,
    spend: exactNumberOrNull(row.cost),
    total_tokens: BigInt(row.inputTokens) + BigInt(row.outputTokens),
    prompt_tokens: BigInt(row.inputTokens),
    completion_tokens: BigInt(row.outputTokens),
    startTime: instant(0),
    endTime: instant(row.durationMs),
    completionStartTime: row.firstByteMs === null ? null : instant(row.firstByteMs),
    request_duration_ms: row.durationMs,
    model: row.servedModel ?? row.model,
    model_id: row.deploymentId,
    model_group: row.model,
    custom_llm_provider: row.provider,
    api_base: '',
    user: row.userId,
    metadata: metadataOf(row, status),
    cache_hit: 'False',
    cache_key: '',
    request_tags: row.tags,
    team_id: orNull(row.teamId),
    organization_id: row.organizationId,
    end_user: row.customerId,
    requester_ip_address: null,
    messages: {},
    response: {},
    proxy_server_request: {},
    session_id: null,
    status,
    mcp_namespaced_tool_name: null,
    agent_id: null,
  };
}

function metadataOf(row: SpendLogEntity, status: string): Json {
  const error = {
    error_message: row.error,
    error_code: row.httpStatus === null ? null : String(row.httpStatus),
  };
  return {
    user_api_key: row.keyId,
    user_api_key_alias: orNull(row.keyAlias),
    user_api_key_team_id: orNull(row.teamId),
    user_api_key_team_alias: orNull(row.teamName),
    user_api_key_user_id: orNull(row.userId),
    user_api_key_org_id: row.organizationId,
    user_api_key_project_id: orNull(row.projectId),
    spend_logs_metadata: row.metadata,
    usage_object: row.usage,
    cost_breakdown: row.costBreakdown,
    error_information: row.error === null ? null : error,
    status,
    spend_id: row.id,
    spend_status: row.status,
    pricing_status: row.pricingStatus,
    usage_source: row.usageSource,
    call_id: row.callId,
  };
}
