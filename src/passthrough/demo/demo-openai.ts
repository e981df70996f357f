import { demoEmbedding, demoTokens } from '../../domain/metering/demo-answer';
import { asArray, asCount, type JsonRecord } from '../../domain/metering/json';
import type { CallRequest } from '../providers/provider';
import { sseEvent } from '../providers/wire-error';
import { demoReply, type DemoReply } from './demo-request';

const DIMENSIONS = 256;
const MAX_DIMENSIONS = 4096;

/** A chat completion; `n` answers are all the same. */
export function demoChatCompletion(
  call: CallRequest,
  body: JsonRecord,
  id: string,
  created: number,
): JsonRecord {
  const reply = demoReply(body, call.outputBound);
  const choices = Array.from({ length: call.answers }, (_, index) => ({
    index,
    message: { role: 'assistant', content: contentOf(reply), refusal: null, ...toolCalls(reply, id) },
    logprobs: null,
    finish_reason: finishReason(reply),
  }));
  const usage = usageOf(reply, call.answers);
  return { id, object: 'chat.completion', created, model: call.model, choices, usage };
}

/** The same as a stream: one chunk a token, the usage chunk when it is asked for, and the end. */
export function* demoChatChunks(
  call: CallRequest,
  body: JsonRecord,
  id: string,
  created: number,
): Generator<Buffer, void> {
  const reply = demoReply(body, call.outputBound);
  const chunk = (choices: readonly object[], usage: object | null): Buffer => {
    const base = { id, object: 'chat.completion.chunk', created, model: call.model, choices };
    return sseEvent(null, call.includeUsage ? { ...base, usage } : base);
  };
  for (let index = 0; index < call.answers; index++) {
    const delta = (value: object, reason: string | null = null): Buffer =>
      chunk([{ index, delta: value, logprobs: null, finish_reason: reason }], null);
    const streamed = toolCalls(reply, id).tool_calls?.map((each, at) => ({ index: at, ...each }));
    yield delta({ role: 'assistant', content: contentOf(reply) === null ? null : '' });
    if (streamed) yield delta({ tool_calls: streamed });
    for (const content of reply.tokens) yield delta({ content });
    yield delta({}, finishReason(reply));
  }
  if (call.includeUsage) yield chunk([], usageOf(reply, call.answers));
  yield Buffer.from('data: [DONE]\n\n');
}

/** Vectors of the inputs, as numbers or as base64 of 32-bit floats, which the SDK asks for by default. */
export function demoEmbeddings(call: CallRequest, body: JsonRecord): JsonRecord {
  const input = body['input'];
  const inputs = Array.isArray(input) && typeof input[0] !== 'number' ? asArray(input) : [input];
  const dimensions = Math.min(MAX_DIMENSIONS, Math.max(1, asCount(body['dimensions']) ?? DIMENSIONS));
  const data = inputs.map((each, index) => {
    const vector = demoEmbedding(typeof each === 'string' ? each : idsOf(each).join(','), dimensions);
    const embedding = body['encoding_format'] === 'base64' ? base64Of(vector) : vector;
    return { object: 'embedding', index, embedding };
  });
  // An input given as token ids has as many tokens as ids.
  const tokens = inputs.reduce<number>(
    (sum, each) => sum + (typeof each === 'string' ? demoTokens(each).length : idsOf(each).length),
    0,
  );
  return { object: 'list', data, model: call.model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

function idsOf(input: unknown): readonly number[] {
  return asArray(input).filter((id): id is number => typeof id === 'number');
}

function contentOf(reply: DemoReply): string | null {
  return reply.toolCall ? null : reply.tokens.join('');
}

function toolCalls(reply: DemoReply, id: string): { tool_calls?: object[] } {
  if (!reply.toolCall) return {};
  return { tool_calls: [{ id: `call_${id}`, type: 'function', function: reply.toolCall }] };
}

function finishReason(reply: DemoReply): string {
  if (reply.toolCall) return 'tool_calls';
  return reply.cut ? 'length' : 'stop';
}

function usageOf(reply: DemoReply, answers: number): JsonRecord {
  const output = reply.outputTokens * answers;
  return {
    prompt_tokens: reply.inputTokens,
    completion_tokens: output,
    total_tokens: reply.inputTokens + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}

function base64Of(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
