import type { JsonRecord } from '../../domain/metering/json';
import type { CallRequest } from '../providers/provider';
import { sseEvent } from '../providers/wire-error';
import { demoReply, type DemoReply } from './demo-request';

/** A Messages response. */
export function demoMessage(call: CallRequest, body: JsonRecord, id: string): JsonRecord {
  const reply = demoReply(body, call.outputBound);
  const block = reply.toolCall
    ? { ...toolBlock(reply.toolCall, id), input: JSON.parse(reply.toolCall.arguments) as unknown }
    : { type: 'text', text: reply.tokens.join('') };
  return { ...frame(call, id, reply, reply.outputTokens), content: [block], stop_reason: stopReason(reply) };
}

/** The same as a stream, with the events of the API in their order. */
export function* demoMessageEvents(call: CallRequest, body: JsonRecord, id: string): Generator<Buffer, void> {
  const reply = demoReply(body, call.outputBound);
  const event = (type: string, fields: object): Buffer => sseEvent(type, { type, ...fields });
  const tool = reply.toolCall;
  // The API counts a first output token before there is any.
  yield event('message_start', { message: { ...frame(call, id, reply, 1), content: [], stop_reason: null } });
  const block = tool ? { ...toolBlock(tool, id), input: {} } : { type: 'text', text: '' };
  yield event('content_block_start', { index: 0, content_block: block });
  yield event('ping', {});
  if (tool) {
    yield event('content_block_delta', {
      index: 0,
      delta: { type: 'input_json_delta', partial_json: tool.arguments },
    });
  }
  for (const text of reply.tokens) {
    yield event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
  }
  yield event('content_block_stop', { index: 0 });
  yield event('message_delta', {
    delta: { stop_reason: stopReason(reply), stop_sequence: null },
    usage: { output_tokens: reply.outputTokens },
  });
  yield event('message_stop', {});
}

function frame(call: CallRequest, id: string, reply: DemoReply, outputTokens: number): JsonRecord {
  const usage = {
    input_tokens: reply.inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
  return { id, type: 'message', role: 'assistant', model: call.model, stop_sequence: null, usage };
}

function toolBlock(tool: { readonly name: string }, id: string): object {
  return { type: 'tool_use', id: `toolu_${id}`, name: tool.name };
}

function stopReason(reply: DemoReply): string {
  if (reply.toolCall) return 'tool_use';
  return reply.cut ? 'max_tokens' : 'end_turn';
}
