import { asCount, asRecord } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';

/**
 * Reads the `usage` of Cohere's chat (https://docs.cohere.com/reference/chat). `billed_units` is what is paid for;
 * `tokens` has the hidden prompt as well, which is free, and `cached_tokens` are part of that. Null when it counts
 * nothing.
 */
export function normaliseCohereUsage(raw: unknown): NormalisedUsage | null {
  const block = asRecord(raw);
  const billed = asRecord(block?.['billed_units']) ?? asRecord(block?.['tokens']);
  if (!block || !billed) return null;
  const input = asCount(billed['input_tokens']);
  const output = asCount(billed['output_tokens']);
  const units = asCount(billed['search_units']);
  if (input === null && output === null && units === null) return null;
  const builder = new UsageBuilder();
  builder.add('inputText', input ?? 0);
  builder.add('outputText', output ?? 0);
  builder.add('searchUnits', units ?? 0);
  if (asRecord(block['billed_units']) === null) {
    builder.note('the block has no billed_units; all of its tokens count as billed');
  }
  return builder.build(raw);
}
