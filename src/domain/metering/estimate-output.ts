import type { Delivered } from './stream-meter';

/**
 * Output tokens of a stream that was cut before its usage came, from what was delivered: the count of the sample,
 * raised in proportion when text lies behind it. At least one token per delta that carried text, because upstreams
 * send no delta for less; so it is never zero when tokens flowed. Reasoning that was not shown is not in it.
 */
export function estimateOutputTokens(delivered: Delivered, sampleTokens: number): number {
  if (delivered.characters === 0) return 0;
  const sampled = delivered.sample.length;
  const scaled = sampled === 0 ? delivered.bytes : Math.ceil((sampleTokens * delivered.characters) / sampled);
  return Math.max(scaled, Math.min(delivered.deltas, delivered.bytes));
}
