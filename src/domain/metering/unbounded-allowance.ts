import type { RequestBound } from './request-bound';

/** Things for which a provider may read the request more than once, each time with more input than before. */
const READ_AGAIN =
  /^(tool |web_search_options|search_parameters|plugins|models|mcp_servers|container|fallbacks|compaction)/;

/**
 * Input tokens to hold for what the bytes of a request do not bound: `perThing` for each of them, and no more than the
 * model can read at once, where that is known and it reads once.
 */
export function unboundedAllowance(
  { unbounded }: Pick<RequestBound, 'unbounded'>,
  perThing: number,
  contextWindowTokens: number | null,
): number {
  const guess = unbounded.length * perThing;
  if (contextWindowTokens === null || unbounded.some((thing) => READ_AGAIN.test(thing))) return guess;
  return Math.min(guess, contextWindowTokens);
}
