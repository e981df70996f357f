import type { TokenUnit } from '../usage/usage';
import { asArray, asCount, asRecord, asText } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';

const INPUT: Readonly<Record<string, TokenUnit>> = {
  audio: 'inputAudio',
  image: 'inputImage',
  video: 'inputVideo',
};
const OUTPUT: Readonly<Record<string, TokenUnit>> = {
  audio: 'outputAudio',
  image: 'outputImage',
  video: 'outputVideo',
};

/**
 * Reads the `usage` of Gemini's Interactions (https://ai.google.dev/gemini-api/docs/interactions): the input total
 * includes cached tokens; thoughts and what tools put into the prompt stand beside the totals of input and output. Null
 * when the block counts nothing.
 */
export function normaliseInteractionsUsage(raw: unknown): NormalisedUsage | null {
  const block = asRecord(raw);
  const input = asCount(block?.['total_input_tokens']);
  if (!block || input === null) return null;
  const builder = new UsageBuilder();
  const cached = asCount(block['total_cached_tokens']) ?? 0;
  const fresh = builder.take('inputCacheRead', cached, input, 'total_cached_tokens');
  // Without a breakdown of the cached tokens nothing tells their kind: they are taken from the text first.
  builder.add('inputText', deal(builder, INPUT, block['input_tokens_by_modality'], fresh));
  builder.add('inputText', asCount(block['total_tool_use_tokens']) ?? 0);
  const output = asCount(block['total_output_tokens']) ?? 0;
  builder.add('outputText', deal(builder, OUTPUT, block['output_tokens_by_modality'], output));
  builder.add('outputReasoning', asCount(block['total_thought_tokens']) ?? 0);
  builder.expectTotal(asCount(block['total_tokens']), 'total_tokens');
  return builder.build(raw);
}

function deal(
  builder: UsageBuilder,
  units: Readonly<Record<string, TokenUnit>>,
  kinds: unknown,
  total: number,
): number {
  let rest = total;
  for (const kind of asArray(kinds).map(asRecord)) {
    const modality = asText(kind?.['modality']);
    const unit = modality === null ? undefined : units[modality.toLowerCase()];
    if (unit !== undefined)
      rest = builder.take(unit, asCount(kind?.['tokens']) ?? 0, rest, `tokens of ${unit}`);
  }
  return rest;
}
