import { asRecord, type JsonRecord } from '../../domain/metering/json';
import type { CallRequest } from '../providers/provider';
import { sseEvent } from '../providers/wire-error';
import { demoReply, type DemoReply } from './demo-request';

/** A response of the Responses API. Nothing is stored, whatever the request says. */
export function demoResponse(
  call: CallRequest,
  body: JsonRecord,
  digest: string,
  created: number,
): JsonRecord {
  const reply = demoReply(body, call.outputBound);
  return finished(call, body, digest, created, reply);
}

/** The same as a stream, with the events of the API in their order. */
export function* demoResponseEvents(
  call: CallRequest,
  body: JsonRecord,
  digest: string,
  created: number,
): Generator<Buffer, void> {
  const reply = demoReply(body, call.outputBound);
  let sequence = 0;
  const event = (type: string, fields: object): Buffer =>
    sseEvent(type, { type, sequence_number: sequence++, ...fields });
  const begun = { ...frame(call, body, digest, created), status: 'in_progress', output: [], usage: null };
  yield event('response.created', { response: begun });
  yield event('response.in_progress', { response: begun });
  const item = itemOf(reply, digest);
  yield* reply.toolCall
    ? callEvents(event, item, reply.toolCall.arguments)
    : textEvents(event, item, reply.tokens);
  yield event('response.output_item.done', { output_index: 0, item });
  yield event(reply.cut ? 'response.incomplete' : 'response.completed', {
    response: finished(call, body, digest, created, reply),
  });
}

type MakeEvent = (type: string, fields: object) => Buffer;

function* textEvents(event: MakeEvent, item: JsonRecord, tokens: readonly string[]): Generator<Buffer, void> {
  const place = { item_id: item['id'], output_index: 0, content_index: 0 };
  yield event('response.output_item.added', {
    output_index: 0,
    item: { ...item, status: 'in_progress', content: [] },
  });
  yield event('response.content_part.added', { ...place, part: textPart('') });
  for (const delta of tokens) yield event('response.output_text.delta', { ...place, delta, logprobs: [] });
  const text = tokens.join('');
  yield event('response.output_text.done', { ...place, text, logprobs: [] });
  yield event('response.content_part.done', { ...place, part: textPart(text) });
}

function* callEvents(event: MakeEvent, item: JsonRecord, args: string): Generator<Buffer, void> {
  const place = { item_id: item['id'], output_index: 0 };
  yield event('response.output_item.added', {
    output_index: 0,
    item: { ...item, status: 'in_progress', arguments: '' },
  });
  yield event('response.function_call_arguments.delta', { ...place, delta: args });
  yield event('response.function_call_arguments.done', { ...place, name: item['name'], arguments: args });
}

function frame(call: CallRequest, body: JsonRecord, digest: string, created: number): JsonRecord {
  return {
    id: `resp_${digest}`,
    object: 'response',
    created_at: created,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: call.outputBound,
    metadata: asRecord(body['metadata']) ?? {},
    model: call.model,
    parallel_tool_calls: true,
    previous_response_id: null,
    temperature: 1,
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: 1,
  };
}

function finished(
  call: CallRequest,
  body: JsonRecord,
  digest: string,
  created: number,
  reply: DemoReply,
): JsonRecord {
  return {
    ...frame(call, body, digest, created),
    status: reply.cut ? 'incomplete' : 'completed',
    incomplete_details: reply.cut ? { reason: 'max_output_tokens' } : null,
    output: [itemOf(reply, digest)],
    usage: {
      input_tokens: reply.inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: reply.outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: reply.inputTokens + reply.outputTokens,
    },
  };
}

function itemOf(reply: DemoReply, digest: string): JsonRecord {
  const status = reply.cut ? 'incomplete' : 'completed';
  if (reply.toolCall)
    return {
      id: `fc_${digest}`,
      type: 'function_call',
      status,
      call_id: `call_${digest}`,
      ...reply.toolCall,
    };
  const content = [textPart(reply.tokens.join(''))];
  return { id: `msg_${digest}`, type: 'message', status, role: 'assistant', content };
}

function textPart(text: string): JsonRecord {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}
