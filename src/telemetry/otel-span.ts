import { randomBytes } from 'node:crypto';
import { SpanKind, SpanStatusCode, type Attributes, type HrTime, type SpanContext } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { readTraceparent } from '../domain/text/traceparent';
import { formatMoney } from '../domain/money/decimal-text';
import type { EndedCall } from './ended-calls';
import { genAiOperation, genAiProvider } from './gen-ai-names';

const SAMPLED = 1;
const FIRST_BYTE = 'gen_ai.first_byte';

/**
 * A booked call as a span, in the semantic conventions of generative AI, with what it cost. Numbers of OpenTelemetry are
 * floating point, so the exact cost is text beside them. Prompts and answers are not part of it: they are not kept.
 */
export function otelSpan(call: EndedCall, resource: Resource, version: string): ReadableSpan {
  const { ask, end, endedAtMs } = call;
  const startMs = endedAtMs - (end.durationMs ?? 0);
  const parent = readTraceparent(ask.traceparent ?? null);
  const context: SpanContext = {
    traceId: parent?.traceId ?? hex(16),
    spanId: hex(8),
    traceFlags: SAMPLED,
  };
  const failed = end.status !== 'SUCCESS';
  const firstByte = end.firstByteMs === null ? null : startMs + end.firstByteMs;
  return {
    name: `${genAiOperation(ask.snapshot.endpoint)} ${ask.snapshot.model}`,
    kind: SpanKind.CLIENT,
    spanContext: () => context,
    ...(parent === null ? {} : { parentSpanContext: { ...parent, traceFlags: SAMPLED, isRemote: true } }),
    startTime: time(startMs),
    endTime: time(endedAtMs),
    duration: time(endedAtMs - startMs),
    status: failed
      ? { code: SpanStatusCode.ERROR, ...(end.error === null ? {} : { message: end.error }) }
      : { code: SpanStatusCode.UNSET },
    attributes: withoutNothing({
      ...modelAttributes(call),
      ...costAttributes(call),
      ...ownerAttributes(call),
    }),
    events: firstByte === null ? [] : [{ name: FIRST_BYTE, time: time(firstByte) }],
    links: [],
    ended: true,
    resource,
    instrumentationScope: { name: 'spendgraph', version },
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  };
}

type Given = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

function modelAttributes({ ask: { snapshot }, end }: EndedCall): Given {
  const { usage, status, httpStatus } = end;
  const provider = genAiProvider(snapshot.provider);
  const written = (usage.inputCacheWrite5m ?? 0) + (usage.inputCacheWrite1h ?? 0);
  return {
    'gen_ai.operation.name': genAiOperation(snapshot.endpoint),
    'gen_ai.provider.name': provider,
    // Its name until version 1.37 of the conventions.
    'gen_ai.system': provider,
    'gen_ai.request.model': snapshot.model,
    'gen_ai.response.model': end.servedModel,
    'gen_ai.usage.input_tokens': end.inputTokens,
    'gen_ai.usage.output_tokens': end.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage.inputCacheRead ?? null,
    'gen_ai.usage.cache_creation.input_tokens': written === 0 ? null : written,
    'http.route': snapshot.endpoint,
    'http.response.status_code': httpStatus,
    'error.type': status === 'SUCCESS' ? null : String(httpStatus ?? status.toLowerCase()),
  };
}

function costAttributes({ ask, end }: EndedCall): Given {
  // A call that expires is charged at its hold.
  const cost = end.outcome === 'EXPIRED' ? ask.hold : end.cost;
  const parts = Object.entries(end.costBreakdown ?? {}).map(
    ([part, amount]) => [`gen_ai.cost.${snakeCase(part)}_cost`, Number(amount)] as const,
  );
  return {
    'spendgraph.cost': cost === null ? null : formatMoney(cost),
    'spendgraph.pricing_status': end.pricingStatus,
    'spendgraph.usage_source': end.usageSource,
    'gen_ai.cost.total_cost': cost === null ? null : Number(formatMoney(cost)),
    ...Object.fromEntries(parts),
  };
}

/** Under the names that LiteLLM's spans have them. */
function ownerAttributes({ ask: { callId, snapshot } }: EndedCall): Given {
  return {
    'litellm.call_id': callId,
    'metadata.user_api_key_id': snapshot.keyId,
    'metadata.user_api_key_alias': snapshot.keyAlias,
    'metadata.user_api_key_team_id': snapshot.teamId,
    'metadata.user_api_key_team_alias': snapshot.teamName,
    'metadata.user_api_key_org_id': snapshot.organizationId,
    'metadata.user_api_key_project_id': snapshot.projectId,
    'metadata.user_api_key_user_id': snapshot.userId,
    'metadata.user_api_key_end_user_id': snapshot.customerId,
    'metadata.model_id': snapshot.deploymentId,
    'metadata.requester_tags': snapshot.tags.length === 0 ? null : snapshot.tags,
  };
}

function withoutNothing(given: Given): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== null) attributes[name] = typeof value === 'object' ? [...value] : value;
  }
  return attributes;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Seconds and nanoseconds. */
function time(ms: number): HrTime {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1_000_000)];
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
