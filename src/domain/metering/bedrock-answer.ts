import { normaliseAnthropicUsage } from './anthropic-usage';
import { normaliseAnyUsage } from './any-usage';
import { normaliseBedrockUsage } from './bedrock-usage';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import { walkStrings } from './walk';

/** Every text of a Converse message that is billed as output. */
export function converseTexts(content: unknown): string[] {
  const texts: string[] = [];
  for (const each of asArray(content)) {
    const block = asRecord(each);
    const reasoning = asRecord(block?.['reasoningContent']);
    const found = [block?.['text'], asRecord(reasoning?.['reasoningText'])?.['text']];
    for (const text of found) if (asText(text)) texts.push(text as string);
    walkStrings(asRecord(block?.['toolUse'])?.['input'], (text) => texts.push(text));
  }
  return texts;
}

/** Members in which the makers of models have their text, whole or in pieces. */
const TEXTS = ['generation', 'outputText', 'completion', 'text', 'response', 'output_text'] as const;
const LISTS = ['outputs', 'results', 'completions', 'generations', 'choices', 'content'] as const;

/** Every text of an InvokeModel answer, or of a piece of one, whoever made the model. */
export function invokeAnswerTexts(answer: JsonRecord | null): string[] {
  const texts: string[] = [];
  const stack: (JsonRecord | null)[] = [answer];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next === null) continue;
    for (const name of TEXTS) if (asText(next[name])) texts.push(next[name] as string);
    for (const name of LISTS) stack.push(...asArray(next[name]).map(asRecord));
    for (const name of ['message', 'delta', 'data', 'contentBlockDelta', 'output'])
      stack.push(asRecord(next[name]));
    if (typeof next['content'] === 'string') texts.push(next['content']);
    walkStrings(asRecord(next['input']), (text) => texts.push(text));
  }
  return texts;
}

/**
 * Usage of an InvokeModel answer: the model maker's own block where the body has one, else what Bedrock counted, which
 * it tells in headers of an answer and in the last piece of a stream
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-invoke.html). Both exclude cached input, and the block
 * of Claude tells it apart.
 */
export function invokeUsage(
  answer: JsonRecord | null,
  counted: NormalisedUsage | null,
): NormalisedUsage | null {
  const block = asRecord(answer?.['usage']);
  if (block && 'input_tokens' in block && 'output_tokens' in block) return normaliseAnthropicUsage(block);
  return (block === null ? null : normaliseAnyUsage(block)) ?? counted;
}

type HeaderValues = Readonly<Record<string, string | string[] | undefined>>;
const COUNTS: Readonly<Record<string, string>> = {
  inputTokens: 'x-amzn-bedrock-input-token-count',
  outputTokens: 'x-amzn-bedrock-output-token-count',
  cacheReadInputTokens: 'x-amzn-bedrock-cache-read-input-token-count',
  cacheWriteInputTokens: 'x-amzn-bedrock-cache-write-input-token-count',
};

export function usageOfHeaders(headers: HeaderValues): NormalisedUsage | null {
  const entries = Object.entries(COUNTS).flatMap(([name, header]) => {
    const value = headers[header];
    return typeof value === 'string' && /^\d+$/.test(value) ? [[name, Number(value)] as const] : [];
  });
  return normaliseBedrockUsage(Object.fromEntries(entries));
}

/** `amazon-bedrock-invocationMetrics` of a stream's last piece. */
export function usageOfMetrics(metrics: JsonRecord | null): NormalisedUsage | null {
  return normaliseBedrockUsage({
    inputTokens: asCount(metrics?.['inputTokenCount']),
    outputTokens: asCount(metrics?.['outputTokenCount']),
    cacheReadInputTokens: asCount(metrics?.['cacheReadInputTokenCount']),
    cacheWriteInputTokens: asCount(metrics?.['cacheWriteInputTokenCount']),
  });
}
