import { isLosslessNumber } from 'lossless-json';
import { derivedId } from '../domain/ids';
import { namesOfModel } from '../domain/limits/scope';
import { canonicalProvider, splitModel } from '../domain/pricing/model-name';
import { err, ok, type Result } from '../domain/result';
import { IMPORTED_BY } from '../domain/spend/spend-words';
import { storableText } from '../domain/text/storable';
import type { Usage } from '../domain/usage/usage';
import type { SpendColumns } from './import-spend.repository';
import type { SourceRow } from './litellm-source';
import type { LogOwners } from './log-owners';
import {
  amountOf,
  bounded,
  instantOf,
  membersOf,
  plainMembers,
  textOf,
  textsOf,
  wholeOf,
} from './row-values';

const REASON = 'Imported from LiteLLM.';

/** The routes of LiteLLM's operations; `acompletion` and `completion` are one. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  completion: '/v1/chat/completions',
  text_completion: '/v1/completions',
  embedding: '/v1/embeddings',
  anthropic_messages: '/v1/messages',
  responses: '/v1/responses',
  moderation: '/v1/moderations',
  image_generation: '/v1/images/generations',
  transcription: '/v1/audio/transcriptions',
  speech: '/v1/audio/speech',
  rerank: '/v1/rerank',
};

const EARLIEST_MS = Date.UTC(2020, 0, 1);
const DAY_MS = 86_400_000;
const MAX_INTEGER = 2_147_483_647;
const MAX_ERROR = 2_000;
const MAX_REQUEST_ID = 1_000;
/** numeric(38,12) has 26 digits before the point. */
const MAX_COST_DIGITS = 26;

interface LogFacts {
  readonly requestId: string;
  readonly admittedMs: number;
  readonly cost: string;
  readonly input: number;
  readonly output: number;
}

/** A row of LiteLLM's log as one of ours, or why it is none. */
export function spendRow(row: SourceRow, owners: LogOwners, nowMs: number): Result<SpendColumns, string> {
  const facts = readFacts(row, nowMs);
  if (!facts.ok) return facts;
  const { requestId, admittedMs, cost, input, output } = facts.value;
  const metadata = membersOf(row['metadata']);
  const failed = (textOf(row, 'status') ?? textOf(metadata, 'status')) === 'failure';
  return ok({
    id: derivedId('spend', admittedMs, requestId),
    admitted_at: new Date(admittedMs).toISOString(),
    ...{
      kind: 'CALL',
      call_id: bounded(requestId, MAX_REQUEST_ID),
      requests: 1,
      hold: '0',
      overrun: '0',
      stream: false,
    },
    ...{ actor: IMPORTED_BY, reason: REASON },
    status: failed ? 'FAILURE' : 'SUCCESS',
    ...costOf(row, cost, input + output, failed),
    usage: usageOf(metadata, input, output),
    usage_source: input + output > 0 ? 'PROVIDER' : 'NONE',
    ...{ input_tokens: input, output_tokens: output },
    ...timesOf(row, admittedMs),
    ...(failed ? errorOf(metadata) : {}),
    ...modelOf(row),
    ...attributionOf(row, owners, metadata),
  });
}

/** What a row must tell to be booked. */
function readFacts(row: SourceRow, nowMs: number): Result<LogFacts, string> {
  const requestId = textOf(row, 'request_id');
  if (requestId === null) return err('it has no request_id');
  const admittedMs = instantOf(row['startTime'])?.getTime();
  if (admittedMs === undefined) return err('its startTime is no time');
  if (admittedMs < EARLIEST_MS || admittedMs > nowMs + DAY_MS)
    return err('its startTime is before 2020 or to come');
  const cost = readCost(row['spend']);
  if (!cost.ok) return cost;
  const input = wholeOf(row['prompt_tokens']) ?? 0;
  const output = wholeOf(row['completion_tokens']) ?? 0;
  if (input < 0 || output < 0) return err('its tokens are below zero');
  return ok({ requestId, admittedMs, cost: cost.value, input, output });
}

function readCost(value: unknown): Result<string, string> {
  const cost = amountOf(value);
  if (cost === null) return err('its spend is no number');
  if (cost.startsWith('-')) return err('its spend is below zero');
  const [whole = ''] = cost.split('.');
  return whole.length > MAX_COST_DIGITS ? err('its spend is too large') : ok(cost);
}

/**
 * LiteLLM charges nothing for a model that it has no price for. When the row tells so, the cost is not known, which is
 * not zero.
 */
function costOf(row: SourceRow, cost: string, tokens: number, failed: boolean): Record<string, unknown> {
  if (Number(cost) > 0) return { cost, pricing_status: 'PRICED' };
  const map = membersOf(membersOf(row['metadata'])['model_map_information']);
  const isCached = textOf(row, 'cache_hit')?.toLowerCase() === 'true';
  const hasNoPrice = 'model_map_value' in map && map['model_map_value'] === null;
  return hasNoPrice && tokens > 0 && !isCached && !failed
    ? { cost: null, pricing_status: 'UNPRICED' }
    : { cost: '0', pricing_status: 'FREE' };
}

/** The parts that the row tells, none of which may be more than the whole. */
function usageOf(metadata: Record<string, unknown>, input: number, output: number): Usage {
  const told = membersOf(metadata['usage_object']);
  const prompt = membersOf(told['prompt_tokens_details']);
  const completion = membersOf(told['completion_tokens_details']);
  const cacheRead = part(told['cache_read_input_tokens'] ?? prompt['cached_tokens'], input);
  const cacheWrite = part(told['cache_creation_input_tokens'], input - cacheRead);
  const reasoning = part(completion['reasoning_tokens'], output);
  const usage = {
    inputText: input - cacheRead - cacheWrite,
    inputCacheRead: cacheRead,
    inputCacheWrite5m: cacheWrite,
    outputText: output - reasoning,
    outputReasoning: reasoning,
  };
  return Object.fromEntries(Object.entries(usage).filter(([, tokens]) => tokens > 0));
}

function part(value: unknown, whole: number): number {
  return Math.min(Math.max(wholeOf(value) ?? 0, 0), whole);
}

function timesOf(row: SourceRow, admittedMs: number): Record<string, unknown> {
  const since = (column: string): number | null => {
    const at = instantOf(row[column])?.getTime();
    return at === undefined ? null : durationOf(at - admittedMs);
  };
  const duration = durationOf(wholeOf(row['request_duration_ms'])) ?? since('endTime');
  const first = since('completionStartTime');
  return { duration_ms: duration, first_byte_ms: first !== null && first <= (duration ?? 0) ? first : null };
}

function durationOf(ms: number | null): number | null {
  return ms !== null && ms >= 0 && ms <= MAX_INTEGER ? Math.round(ms) : null;
}

function errorOf(metadata: Record<string, unknown>): Record<string, unknown> {
  const told = membersOf(metadata['error_information']);
  const code: unknown = told['error_code'];
  const status = Number(isLosslessNumber(code) || typeof code === 'string' ? code.toString() : NaN);
  const isStatus = Number.isInteger(status) && status >= 100 && status <= 599;
  return {
    http_status: isStatus ? status : null,
    error: storableText(textOf(told, 'error_message') ?? textOf(told, 'error_class') ?? 'failed').slice(
      0,
      MAX_ERROR,
    ),
  };
}

/** The model that was asked for, the one that answered, and every name that limits may know it by. */
function modelOf(row: SourceRow): Record<string, unknown> {
  const served = textOf(row, 'model') ?? '';
  const model = textOf(row, 'model_group') ?? served;
  const split = splitModel(served);
  const told = textOf(row, 'custom_llm_provider');
  const provider = told === null ? (split.provider ?? '') : canonicalProvider(told);
  const names = [served, split.model, provider === '' ? '' : `${provider}/${split.model}`];
  return {
    provider: bounded(provider),
    model: bounded(model),
    served_model: served === '' ? null : served,
    model_names: namesOfModel({ model, modelNames: names }).filter((name) => name !== ''),
    deployment_id: '',
    endpoint: bounded(endpointOf(textOf(row, 'call_type') ?? '')),
  };
}

function endpointOf(callType: string): string {
  return ENDPOINTS[callType] ?? ENDPOINTS[callType.replace(/^a/, '')] ?? callType;
}

function attributionOf(
  row: SourceRow,
  owners: LogOwners,
  metadata: Record<string, unknown>,
): Record<string, unknown> {
  const litellm = Object.fromEntries(
    ['call_type', 'model_id', 'session_id'].flatMap((name) => {
      const value = textOf(row, name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return {
    organization_id: owners.organizationId,
    organization_name: owners.organizationName,
    team_id: owners.teamId,
    team_name: owners.teamName,
    project_id: owners.projectId,
    user_id: owners.userId,
    key_id: owners.keyId,
    key_alias: owners.keyAlias,
    customer_id: bounded(textOf(row, 'end_user') ?? ''),
    tags: [...new Set(textsOf(listOf(row['request_tags'])))],
    metadata: { ...plainMembers(metadata['spend_logs_metadata']), litellm },
  };
}

/** Old versions write the list as text. */
function listOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return [];
  }
}
