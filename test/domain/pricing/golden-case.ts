import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PricingContext } from '../../../src/domain/pricing/pricing-context';
import type { Usage } from '../../../src/domain/usage/usage';

export interface GoldenCase {
  readonly id: string;
  readonly category: string;
  readonly provider: string;
  readonly rates: Record<string, string | string[]>;
  readonly usage: Record<string, number | string>;
  readonly context: Record<string, string | null>;
  readonly expected: { readonly input: string; readonly output: string; readonly total: string };
  readonly rule: string;
}

/** Null where the cases are not beside the repository. */
export function readGoldenCases(): GoldenCase[] | null {
  const path = resolve(__dirname, '../../../../shared/cases/cost-cases.json');
  if (!existsSync(path)) return null;
  return (JSON.parse(readFileSync(path, 'utf8')) as { cases: GoldenCase[] }).cases;
}

/** A rate that would spoil the result if the wrong one were chosen. */
const POISON = '7';

const EFFECTIVE: Record<string, string> = {
  effective_input: 'input_cost_per_token',
  effective_output: 'output_cost_per_token',
  effective_cache_read: 'cache_read_input_token_cost',
  effective_cache_write: 'cache_creation_input_token_cost',
};

const TIER: Record<string, string> = {
  tier_input: 'input_cost_per_token',
  tier_output: 'output_cost_per_token',
  tier_reasoning: 'output_cost_per_reasoning_token',
  tier_input_cost_per_token: 'input_cost_per_token',
  tier_output_cost_per_token: 'output_cost_per_token',
  tier_cache_creation: 'cache_creation_input_token_cost',
};

/** The entry of LiteLLM's price map that a case describes, in the map's own keys, as decimal text. */
export function entryOf(golden: GoldenCase): Record<string, unknown> {
  const entry: Record<string, unknown> = { litellm_provider: golden.provider };
  const tier: Record<string, unknown> = {};
  const offPeak: Record<string, unknown> = {};
  const range = golden.rates['tier_range'];
  for (const [key, value] of Object.entries(golden.rates)) {
    if (key === 'tier_range') continue;
    const effective = EFFECTIVE[key];
    const tierKey = TIER[key];
    if (effective !== undefined) Object.assign(entry, effectiveKeys(golden, effective, value));
    else if (tierKey !== undefined) tier[tierKey] = value;
    else if (key.startsWith('off_peak.')) offPeak[key.slice('off_peak.'.length)] = value;
    else if (key === 'model_cache_read(ignored)') entry['cache_read_input_token_cost'] = value;
    else if (key === 'model_cache_creation(ignored)') entry['cache_creation_input_token_cost'] = value;
    else if (range !== undefined) tier[key] = value;
    else entry[key.replace('(not charged)', '')] = value;
  }
  if (golden.id === 'tiered-zero-prompt') {
    // The case gives the flat rates and says that no tier is reached; the tier must therefore not matter.
    entry['tiered_pricing'] = [
      { range: ['0', '32000'], input_cost_per_token: POISON, output_cost_per_token: POISON },
    ];
  }
  if (Object.keys(tier).length > 0) entry['tiered_pricing'] = [{ range: range ?? ['0', '1000000'], ...tier }];
  if (Object.keys(offPeak).length > 0) entry['off_peak_pricing'] = { hours_utc: ['16:30-00:30'], ...offPeak };
  return entry;
}

/** An effective rate stands under the key that the context selects; the keys that it must not select hold poison. */
function effectiveKeys(golden: GoldenCase, base: string, rate: string | string[]): Record<string, unknown> {
  const above = Number(golden.usage['prompt_tokens']) > 272_000 ? '_above_272k_tokens' : '';
  const tier = golden.context['service_tier'] ?? null;
  const selected = `${base}${above}${tier === null ? '' : `_${tier}`}`;
  const keys: Record<string, unknown> = {};
  for (const threshold of ['', '_above_272k_tokens']) {
    for (const suffix of ['', '_flex', '_priority']) keys[`${base}${threshold}${suffix}`] = POISON;
  }
  return { ...keys, [selected]: rate };
}

/** The disjoint buckets of a case whose usage has the shape of LiteLLM's (prompt tokens that include cached ones). */
export function usageOf(golden: GoldenCase): Usage {
  const count = (...names: string[]): number => {
    for (const name of names) if (golden.usage[name] !== undefined) return Number(golden.usage[name]);
    return 0;
  };
  const images = count('image_count');
  const read = count('cached_tokens', 'cache_read_input_tokens');
  const fiveMinutes = count('ephemeral_5m_input_tokens');
  const oneHour = count('ephemeral_1h_input_tokens');
  const written = count('cache_creation_tokens', 'cache_creation_input_tokens', 'cache_write_tokens');
  const split = fiveMinutes + oneHour > 0;
  const audio = count('audio_tokens');
  const video = count('video_tokens');
  const prompt = count('prompt_tokens', 'input_tokens');
  const exclusive = golden.id === 'custom-anthropic-exclusive';
  const cached = exclusive ? 0 : read + (split ? fiveMinutes + oneHour : written);
  const output = count('completion_tokens', 'output_tokens');
  const reasoning = count('reasoning_tokens');
  const outputAudio = count('completion_audio_tokens');
  const outputImage = count('completion_image_tokens');
  const outputVideo = count('completion_video_tokens');
  const [width = 0, height = 0] = String(golden.usage['size'] ?? '')
    .split('x')
    .map(Number);
  return {
    inputText: images > 0 ? 0 : Math.max(0, prompt - cached - audio - video),
    inputCacheRead: read,
    inputCacheWrite5m: split ? fiveMinutes : written,
    inputCacheWrite1h: oneHour,
    inputAudio: audio,
    inputVideo: video,
    inputImages: images,
    inputPixels: Number.isNaN(width * height) ? 0 : width * height * count('n'),
    inputAudioMs: count('duration_seconds') * 1000,
    outputText: output - reasoning - outputAudio - outputImage - outputVideo,
    outputReasoning: reasoning,
    outputAudio,
    outputImage,
    outputVideo,
  };
}

export function contextOf(golden: GoldenCase): PricingContext {
  const { context } = golden;
  return {
    atMs: Date.parse(context['billed_at_utc'] ?? '2026-01-01T12:00:00Z'),
    requestedServiceTier: context['requested_service_tier'] ?? context['service_tier'] ?? null,
    servedServiceTier: context['served_service_tier'] ?? null,
    batch: context['call_type'] === 'aretrieve_batch',
    dataResidency: context['data_residency'] ?? null,
    endpointRegion: context['vertex_location'] ?? null,
  };
}
