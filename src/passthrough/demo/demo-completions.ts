import { asArray, type JsonRecord } from '../../domain/metering/json';
import type { CallRequest } from '../providers/provider';
import { sseEvent } from '../providers/wire-error';
import { demoReply, type DemoReply } from './demo-request';

/** Completions of the older API, `n` for each prompt; `echo` puts the prompt in front. */
export function demoCompletion(call: CallRequest, body: JsonRecord, id: string, created: number): JsonRecord {
  const replies = repliesTo(call, body);
  const choices = replies.map(({ prompt, reply }, index) => ({
    index,
    text: (body['echo'] === true ? prompt : '') + reply.tokens.join(''),
    logprobs: null,
    finish_reason: reply.cut ? 'length' : 'stop',
  }));
  return { ...frame(call, id, created), choices, usage: usageOf(call, replies) };
}

/** The same as a stream. */
export function* demoCompletionChunks(
  call: CallRequest,
  body: JsonRecord,
  id: string,
  created: number,
): Generator<Buffer, void> {
  const replies = repliesTo(call, body);
  const chunk = (choices: readonly object[], usage: object | null): Buffer => {
    const base = { ...frame(call, id, created), choices };
    return sseEvent(null, call.includeUsage ? { ...base, usage } : base);
  };
  for (const [index, { prompt, reply }] of replies.entries()) {
    const piece = (text: string, reason: string | null = null): Buffer =>
      chunk([{ index, text, logprobs: null, finish_reason: reason }], null);
    if (body['echo'] === true) yield piece(prompt);
    for (const token of reply.tokens) yield piece(token);
    yield piece('', reply.cut ? 'length' : 'stop');
  }
  if (call.includeUsage) yield chunk([], usageOf(call, replies));
  yield Buffer.from('data: [DONE]\n\n');
}

interface PromptReply {
  readonly prompt: string;
  readonly reply: DemoReply;
}

/** Prompts of token ids are taken as their numbers: the demo model has no table of tokens. */
function repliesTo(call: CallRequest, body: JsonRecord): PromptReply[] {
  const { prompt } = body;
  const prompts = Array.isArray(prompt) && typeof prompt[0] !== 'number' ? asArray(prompt) : [prompt ?? ''];
  return prompts
    .map((each) => (typeof each === 'string' ? each : asArray(each).join(' ')))
    .flatMap((each) => {
      const reply = demoReply({ input: each }, call.outputBound);
      return Array.from({ length: call.answers }, () => ({ prompt: each, reply }));
    });
}

function frame(call: CallRequest, id: string, created: number): JsonRecord {
  return { id, object: 'text_completion', created, model: call.model };
}

/** Each prompt is counted once, however many answers it has. */
function usageOf(call: CallRequest, replies: readonly PromptReply[]): JsonRecord {
  const prompts = replies.filter((_, index) => index % call.answers === 0);
  const input = prompts.reduce((sum, { reply }) => sum + reply.inputTokens, 0);
  const output = replies.reduce((sum, { reply }) => sum + reply.outputTokens, 0);
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
