import { addUsage, type Usage } from '../usage/usage';
import { eitherSpelling } from './gemini-json';
import { normaliseGeminiUsage } from './gemini-usage';
import { asArray, asRecord, asText, type JsonRecord } from './json';
import { bareModelName } from './model-family';
import type { NormalisedUsage } from './normalised-usage';
import { walkStrings } from './walk';

/** Before Gemini 3 a search is billed by the answer, since then by the query: https://ai.google.dev/gemini-api/docs/pricing. */
const BILLED_BY_ANSWER = /^(gemini-[12](\.|-|$)|gemini-(flash|pro))/;

/** Everything of a candidate that is billed as text: answers, thoughts, calls of functions, code and what came of it. */
export function candidateTexts(candidate: JsonRecord | null): string[] {
  const texts: string[] = [];
  for (const each of asArray(asRecord(candidate?.['content'])?.['parts'])) {
    const part = asRecord(each);
    const text = asText(part?.['text']);
    if (text !== null) texts.push(text);
    for (const name of ['functionCall', 'executableCode', 'codeExecutionResult']) {
      walkStrings(eitherSpelling(part, name), (word) => texts.push(word));
    }
  }
  return texts;
}

export function isGeminiSearchBilledByAnswer(model: string): boolean {
  return BILLED_BY_ANSWER.test(bareModelName(model));
}

/** What the answer grew out of and is billed by the piece: searches of the web, and looks at the map. */
export function groundingOf(candidates: readonly unknown[], model: string): Usage {
  const queries = new Set<string>();
  let maps = 0;
  for (const each of candidates) {
    const grounding = asRecord(asRecord(each)?.['groundingMetadata']);
    for (const query of asArray(grounding?.['webSearchQueries']))
      if (asText(query)) queries.add(query as string);
    const chunks = asArray(grounding?.['groundingChunks']).map(asRecord);
    if (chunks.some((chunk) => chunk !== null && 'maps' in chunk)) maps = 1;
  }
  const searches = isGeminiSearchBilledByAnswer(model) ? Math.min(1, queries.size) : queries.size;
  return { ...(searches > 0 && { webSearches: searches }), ...(maps > 0 && { mapsQueries: maps }) };
}

/** The usage block of an answer together with its grounding. */
export function usageOfGemini(block: unknown, grounding: Usage): NormalisedUsage | null {
  const usage = normaliseGeminiUsage(block);
  return usage && { ...usage, usage: addUsage(usage.usage, grounding) };
}

/** The tier that served the call, as far as the block tells: https://ai.google.dev/gemini-api/docs/flex-inference. */
export function geminiTier(block: unknown): string | null {
  const usage = asRecord(block);
  const type = asText(usage?.['trafficType']) ?? asText(eitherSpelling(usage, 'serviceTier')) ?? '';
  return /(priority|flex)$/i.exec(type)?.[1]?.toLowerCase() ?? null;
}
