import { normaliseAnthropicUsage } from './anthropic-usage';
import { normaliseBedrockUsage } from './bedrock-usage';
import { normaliseCohereUsage } from './cohere-usage';
import { normaliseGeminiUsage } from './gemini-usage';
import { normaliseInteractionsUsage } from './interactions-usage';
import { asRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import { normaliseOpenAiUsage } from './openai-usage';

/**
 * Reads a usage block whose provider is told by its shape alone. Gateways that speak OpenAI's format put the block of
 * the provider behind them into it unchanged, and reading cached input by the wrong rule bills it twice. Anthropic's
 * block is known by its cache figures and the absence of a total; what fits no other shape is read as OpenAI's.
 */
export function normaliseAnyUsage(raw: unknown, text?: string): NormalisedUsage | null {
  const block = asRecord(raw);
  if (!block) return null;
  if ('promptTokenCount' in block) return normaliseGeminiUsage(block);
  if ('inputTokens' in block) return normaliseBedrockUsage(block);
  if ('billed_units' in block) return normaliseCohereUsage(block);
  if ('total_input_tokens' in block) return normaliseInteractionsUsage(block);
  const hasCacheFigures = 'cache_read_input_tokens' in block || 'cache_creation_input_tokens' in block;
  if ('input_tokens' in block && !('total_tokens' in block) && hasCacheFigures) {
    return normaliseAnthropicUsage(block);
  }
  return normaliseOpenAiUsage(block, text);
}
