import type { BoundParts } from './bound-parts';
import { asArray, asCount, asRecord, type JsonRecord } from './json';

/** What the API gives without `max_tokens`: https://platform.openai.com/docs/api-reference/completions/create. */
export const DEFAULT_COMPLETION_TOKENS = 16;
/** Special tokens around a prompt, and the end of text that stands for an absent one. */
const PER_PROMPT = 8;

/**
 * Bounds a request of the older completions API. A prompt is a text, a list of texts, a list of token ids or a list of
 * those; an id takes two bytes at least, its digit and a comma, so the body's bytes bound ids as they bound text.
 * Candidates of which the best are chosen are billed like those that are sent.
 */
export function completionsBound(body: unknown): BoundParts {
  const request = asRecord(body) ?? {};
  const prompts = promptsOf(request);
  const candidates = Math.max(1, asCount(request['n']) ?? 1, asCount(request['best_of']) ?? 1);
  const outputs = prompts * candidates;
  const perAnswer = asCount(request['max_tokens']) ?? DEFAULT_COMPLETION_TOKENS;
  return {
    mediaBytes: 0,
    addedTokens: PER_PROMPT * prompts,
    outputTokens: perAnswer * outputs,
    outputs,
    unbounded: [],
  };
}

function promptsOf({ prompt }: JsonRecord): number {
  return Array.isArray(prompt) && typeof prompt[0] !== 'number' ? Math.max(1, asArray(prompt).length) : 1;
}
