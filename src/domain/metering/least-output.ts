import { asCount, asRecord } from './json';

/** An answer cut below this is of no use to anyone, and some providers refuse a lower bound. */
export const MIN_OUTPUT_TOKENS = 16;

/**
 * The lowest bound of one answer that is worth sending. Thinking comes out of the same bound, which has to be above its
 * budget: https://docs.claude.com/en/docs/build-with-claude/extended-thinking.
 */
export function leastUsefulOutput(body: unknown): number {
  const thinking = asRecord(asRecord(body)?.['thinking']);
  return (asCount(thinking?.['budget_tokens']) ?? 0) + MIN_OUTPUT_TOKENS;
}
