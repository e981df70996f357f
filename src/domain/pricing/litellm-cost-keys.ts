import type { UsageUnit } from '../usage/usage';

/** Where a cost key of LiteLLM's model price map goes: a unit of ours, and for how many of them its price is. */
export interface CostKey {
  readonly unit: UsageUnit;
  readonly per: number;
}

const SECOND = 1000;
const MINUTE = 60_000;

const key = (unit: UsageUnit, per = 1): CostKey => ({ unit, per });

/** Keys without the suffixes for tier, batch and threshold, whose meaning doesn't depend on the model's mode. */
const COST_KEYS: ReadonlyMap<string, CostKey> = new Map(
  Object.entries({
    input_cost_per_token: key('inputText'),
    output_cost_per_token: key('outputText'),
    cache_read_input_token_cost: key('inputCacheRead'),
    input_cost_per_token_cache_hit: key('inputCacheRead'),
    cache_creation_input_token_cost: key('inputCacheWrite5m'),
    cache_creation_input_token_cost_above_1hr: key('inputCacheWrite1h'),
    cache_read_input_audio_token_cost: key('inputAudioCacheRead'),
    cache_read_input_image_token_cost: key('inputImageCacheRead'),
    output_cost_per_reasoning_token: key('outputReasoning'),
    input_cost_per_audio_token: key('inputAudio'),
    output_cost_per_audio_token: key('outputAudio'),
    input_cost_per_audio_per_second: key('inputAudioMs', SECOND),
    output_cost_per_audio_per_second: key('outputAudioMs', SECOND),
    input_cost_per_minute: key('inputAudioMs', MINUTE),
    input_cost_per_image_token: key('inputImage'),
    output_cost_per_image_token: key('outputImage'),
    input_cost_per_image: key('inputImages'),
    output_cost_per_image: key('outputImages'),
    input_cost_per_pixel: key('inputPixels'),
    output_cost_per_pixel: key('outputPixels'),
    input_cost_per_video_token: key('inputVideo'),
    output_cost_per_video_token: key('outputVideo'),
    input_cost_per_video_per_second: key('inputVideoMs', SECOND),
    output_cost_per_video_per_second: key('outputVideoMs', SECOND),
    input_cost_per_second: key('responseMs', SECOND),
    output_cost_per_second: key('responseMs', SECOND),
    input_cost_per_character: key('inputCharacters'),
    output_cost_per_character: key('outputCharacters'),
    input_cost_per_request: key('requests'),
    input_cost_per_query: key('searchUnits'),
    google_maps_grounding_cost_per_query: key('mapsQueries'),
    file_search_cost_per_1k_calls: key('fileSearches', 1000),
    code_interpreter_cost_per_session: key('codeSessions'),
    computer_use_input_cost_per_1k_tokens: key('computerUseInputTokens', 1000),
    computer_use_output_cost_per_1k_tokens: key('computerUseOutputTokens', 1000),
    ocr_cost_per_page: key('pages'),
    ocr_cost_per_credit: key('ocrCredits'),
    annotation_cost_per_page: key('annotatedPages'),
    citation_cost_per_token: key('citationTokens'),
  }),
);

/** Keys that mean another unit in models of a mode: what an image model charges "per input image" is what it makes. */
const BY_MODE: ReadonlyMap<string, CostKey> = new Map([
  ['image_generation/input_cost_per_image', key('outputImages')],
  ['image_generation/input_cost_per_pixel', key('outputPixels')],
  ['audio_transcription/input_cost_per_second', key('inputAudioMs', SECOND)],
  ['audio_transcription/output_cost_per_second', key('inputAudioMs', SECOND)],
  ['audio_speech/output_cost_per_second', key('outputAudioMs', SECOND)],
  ['video_generation/output_cost_per_second', key('outputVideoMs', SECOND)],
]);

/** Prices that no single call causes: storage by the day, and Databricks units, which are no dollars. */
export const NOT_PER_CALL: ReadonlySet<string> = new Set([
  'file_search_cost_per_gb_per_day',
  'vector_store_cost_per_gb_per_day',
  'input_dbu_cost_per_token',
  'output_dbu_cost_per_token',
  'output_db_cost_per_token',
]);

export interface ParsedCostKey extends CostKey {
  readonly aboveTokens: number | null;
  readonly serviceTier: string | null;
  readonly batch: boolean;
  readonly videoResolution: string | null;
}

const SUFFIXES = /^(.+?)(?:_above_(\d+)(k?)_tokens)?(?:_(flex|priority|fast|ultrafast|batches))?$/;
const RESOLUTION = /^output_cost_per(?:_video_per)?_second_(\d+p|\dk)$/;
const TIERS: Readonly<Record<string, string>> = { fast: 'priority' };

/** Takes a key apart: "input_cost_per_token_above_200k_tokens_flex" → inputText, above 200,000, flex. Null: unknown. */
export function parseCostKey(name: string, mode: string | null): ParsedCostKey | null {
  const resolution = RESOLUTION.exec(name)?.[1];
  const plain = { aboveTokens: null, serviceTier: null, batch: false, videoResolution: null };
  if (resolution !== undefined) {
    return { ...plain, ...key('outputVideoMs', SECOND), videoResolution: resolution };
  }
  const [, base = '', number, thousands, tier] = SUFFIXES.exec(name) ?? [];
  const found = BY_MODE.get(`${mode ?? ''}/${base}`) ?? COST_KEYS.get(base);
  if (found === undefined) return null;
  return {
    ...found,
    aboveTokens: number === undefined ? null : Number(number) * (thousands === 'k' ? 1000 : 1),
    serviceTier: tier === undefined || tier === 'batches' ? null : (TIERS[tier] ?? tier),
    batch: tier === 'batches',
    videoResolution: null,
  };
}

/** Whether a key that is not known looks as if it changed what a call costs. */
export function looksLikeCost(name: string): boolean {
  return /cost|price|pricing|multiplier|billing|_rate$|discount|surcharge/.test(name);
}
