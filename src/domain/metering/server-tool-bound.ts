import type { Usage } from '../usage/usage';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';
import { isGeminiSearchBilledByAnswer } from './gemini-answer';
import { familyOfModel } from './model-family';
import { speechCounts, transcriptionCounts } from './request-bound-audio';
import { imageCounts } from './request-bound-images';
import { rerankCounts } from './rerank';
import { searchesItself } from './search-models';
import type { BoundFormat } from './request-bound';

/**
 * Calls of a provider's tool when the request sets no bound. Claude's loop on the server ends after ten rounds unless
 * told otherwise (https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons, pause_turn); others
 * publish no number.
 */
const DEFAULT_CALLS = 10;
/** xAI bills by the source and reads at most 20 unless told otherwise (https://docs.x.ai/docs/guides/live-search). */
const DEFAULT_SOURCES = 20;
/** Results of OpenRouter's web plugin, which `:online` behind a model's name asks for (https://openrouter.ai/docs/features/web-search). */
const DEFAULT_RESULTS = 5;

/** The most of what is billed by the piece beside tokens: searches, containers in which code runs, images, time of sound. */
export function serverToolBound(format: BoundFormat, body: unknown, model: string): Usage {
  const request = asRecord(body) ?? {};
  switch (format) {
    case 'bedrock-invoke':
    case 'anthropic-messages':
      return counts({ webSearches: claudeSearches(request) });
    case 'openai-chat':
      return chatTools(request, model);
    case 'gemini-generate':
      return googleTools(request, model);
    case 'openai-responses':
      return namedTools(request, asCount(request['max_tool_calls']) ?? DEFAULT_CALLS);
    case 'openai-images':
      return imageCounts(body, model);
    case 'openai-speech':
      return speechCounts(body);
    case 'openai-transcription':
      return transcriptionCounts(body);
    case 'rerank':
      return rerankCounts(body);
    default:
      return {};
  }
}

/** `max_uses`: https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool#max-uses. */
function claudeSearches(request: JsonRecord): number {
  let searches = 0;
  for (const tool of asArray(request['tools']).map(asRecord)) {
    if (!asText(tool?.['type'])?.startsWith('web_search')) continue;
    searches += asCount(tool?.['max_uses']) ?? DEFAULT_CALLS;
  }
  return searches;
}

/** Google's search is billed by the answer or by the query; of queries no most is published. */
function googleTools(request: JsonRecord, model: string): Usage {
  const names = asArray(request['tools']).flatMap((tool) => Object.keys(asRecord(tool) ?? {}));
  const calls = isGeminiSearchBilledByAnswer(model) ? 1 : DEFAULT_CALLS;
  return counts({
    webSearches: names.some((name) => /^google_?search/i.test(name)) ? calls : 0,
    mapsQueries: names.some((name) => /^google_?maps/i.test(name)) ? calls : 0,
  });
}

function chatTools(request: JsonRecord, model: string): Usage {
  const answers = Math.max(1, asCount(request['n']) ?? 1);
  const named = namedTools(request, DEFAULT_CALLS);
  let searches = named.webSearches ?? 0;
  const isSearching = searchesItself(model) || isSet(request['web_search_options']);
  // OpenAI's search models search once for an answer: https://platform.openai.com/docs/guides/tools-web-search.
  if (isSearching) searches += answers * (familyOfModel(model) === 'openai' ? 1 : DEFAULT_CALLS);
  const search = asRecord(request['search_parameters']);
  if (search) searches += asCount(search['max_search_results']) ?? DEFAULT_SOURCES;
  for (const plugin of asArray(request['plugins']).map(asRecord)) {
    if (plugin?.['id'] === 'web') searches += asCount(plugin['max_results']) ?? DEFAULT_RESULTS;
  }
  if (model.endsWith(':online')) searches += DEFAULT_RESULTS;
  return counts({ ...named, webSearches: searches });
}

/** Tools of a request that the provider runs, each as often as `calls` allows. */
function namedTools(request: JsonRecord, calls: number): Usage {
  const types = asArray(request['tools']).map((tool) => asText(asRecord(tool)?.['type']) ?? '');
  const some = (pattern: RegExp): number => types.filter((type) => pattern.test(type)).length;
  return counts({
    webSearches: some(/^(web|google|x)_?search/i) * calls,
    fileSearches: some(/^file_search/) * calls,
    // A container serves all calls of a tool: https://platform.openai.com/docs/pricing#built-in-tools.
    codeSessions: some(/^code_interpreter/),
    outputImages: some(/^image_generation/) * calls,
  });
}

function counts(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => count > 0));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
