import { familyOfModel } from '../../domain/metering/model-family';
import { LRUCache } from 'lru-cache';
import type { Route } from '../../models/route';
import type { RequestEdits } from '../providers/provider';

/** Providers whose reference names `max_completion_tokens`. Gemini and Volcengine refuse a body with both members. */
const KNOWS_NEWER = new Set([
  ...[
    'azure',
    'gemini',
    'vertex_ai',
    'groq',
    'xai',
    'cerebras',
    'volcengine',
    'openrouter',
    'fireworks_ai',
    'demo',
  ],
]);

/**
 * Under which name an upstream obeys a bound of the output. Everyone knows `max_tokens` but for OpenAI's newer models,
 * which refuse it; many ignore `max_completion_tokens`, and a bound that is ignored bounds nothing.
 */
export function outputBoundEdits(
  route: Pick<Route, 'provider' | 'upstreamModel' | 'apiBase'>,
): Pick<RequestEdits, 'outputBoundMember' | 'onlyMaxTokens'> {
  const isOpenAi = route.provider === 'azure' || (route.provider === 'openai' && leadsToOpenAi(route));
  return {
    outputBoundMember: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
    onlyMaxTokens: !isOpenAi && !KNOWS_NEWER.has(route.provider),
  };
}

/** Servers of every kind are configured as "openai" with an address of their own; one may be a gateway to OpenAI. */
function leadsToOpenAi({ apiBase, upstreamModel }: Pick<Route, 'upstreamModel' | 'apiBase'>): boolean {
  return apiBase === '' || isOpenAisHost(apiBase) || familyOfModel(upstreamModel) === 'openai';
}

/** Every call asks, and reading an address costs as much as reading a small request. */
const known = new LRUCache<string, boolean>({ max: 1_000 });

function isOpenAisHost(apiBase: string): boolean {
  let isOpenAis = known.get(apiBase);
  if (isOpenAis === undefined) {
    const host = URL.canParse(apiBase) ? new URL(apiBase).hostname : '';
    isOpenAis = /(^|\.)(openai|azure)\.com$/.test(host);
    known.set(apiBase, isOpenAis);
  }
  return isOpenAis;
}
