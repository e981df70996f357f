import type { Usage } from '../usage/usage';
import type { BoundParts } from './bound-parts';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';
import { walkStrings } from './walk';

/**
 * Cohere bills a search unit for a query with up to 100 documents; a document of more than 500 tokens, the query
 * included, counts once for each 500 of them (https://docs.cohere.com/docs/rerank-understanding-the-results).
 */
const DOCUMENTS_PER_UNIT = 100;
const TOKENS_PER_CHUNK = 500;
const PER_DOCUMENT_TOKENS = 8;

/** Bounds a request to rank documents; see `requestBound`. Each document is read together with the query. */
export function rerankBound(body: unknown): BoundParts {
  const documents = documentsOf(body).length;
  const again = Math.max(0, documents - 1) * queryBytes(body);
  return {
    mediaBytes: 0,
    addedTokens: again + PER_DOCUMENT_TOKENS * documents,
    outputTokens: 0,
    outputs: 1,
    unbounded: [],
  };
}

/** The most search units: no document has more tokens than bytes. */
export function rerankCounts(body: unknown): Usage {
  return { searchUnits: unitsOf(body, 1) };
}

/** What a ranking uses whose answer does not say: search units for documents of four bytes a token. */
export function rerankEstimate(body: unknown): Usage {
  return { searchUnits: unitsOf(body, 4) };
}

/**
 * Reads what a ranking used: Cohere's `meta.billed_units`, and the tokens of Jina, Voyage and Together, whose
 * `total_tokens` are all input. Null when it says nothing.
 */
export function normaliseRerankUsage(response: unknown): NormalisedUsage | null {
  const answer = asRecord(response);
  const meta = asRecord(answer?.['meta']);
  const billed = asRecord(meta?.['billed_units']);
  const block = asRecord(answer?.['usage']) ?? asRecord(meta?.['tokens']);
  const units = firstCount([billed, block], ['search_units']);
  const input = firstCount([billed, block], ['input_tokens', 'prompt_tokens', 'total_tokens']);
  if (units === null && input === null) return null;
  const builder = new UsageBuilder();
  builder.add('inputText', input ?? 0);
  builder.add('outputText', firstCount([billed, block], ['output_tokens', 'completion_tokens']) ?? 0);
  builder.add('searchUnits', units ?? 0);
  if (billed === null && input !== null)
    builder.expectTotal(asCount(block?.['total_tokens']), 'total_tokens');
  return builder.build(billed ?? block);
}

/** The first count that one of the blocks has under one of the names; names of a block go before the next block. */
function firstCount(blocks: readonly (JsonRecord | null)[], names: readonly string[]): number | null {
  for (const block of blocks) {
    for (const name of names) {
      const count = asCount(block?.[name]);
      if (count !== null) return count;
    }
  }
  return null;
}

function unitsOf(body: unknown, bytesPerToken: number): number {
  const query = queryBytes(body);
  let chunks = 0;
  for (const document of documentsOf(body)) {
    let bytes = query;
    walkStrings(document, (text) => (bytes += Buffer.byteLength(text, 'utf8')));
    chunks += Math.max(1, Math.ceil(bytes / bytesPerToken / TOKENS_PER_CHUNK));
  }
  return Math.max(1, Math.ceil(chunks / DOCUMENTS_PER_UNIT));
}

function documentsOf(body: unknown): readonly unknown[] {
  return asArray(asRecord(body)?.['documents']);
}

function queryBytes(body: unknown): number {
  return Buffer.byteLength(asText(asRecord(body)?.['query']) ?? '', 'utf8');
}
