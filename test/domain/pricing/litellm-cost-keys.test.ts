import { litellmEntry } from '../../../src/domain/pricing/litellm-entry';

const with_ = (base: string, suffixes: readonly string[]): string[] => [
  base,
  ...suffixes.map((suffix) => `${base}${suffix}`),
];
const TIERS = ['_flex', '_priority', '_ultrafast', '_batches'];
const THRESHOLDS = [128, 200, 272, 512].flatMap((thousands) => [
  `_above_${thousands}k_tokens`,
  `_above_${thousands}k_tokens_priority`,
  `_above_${thousands}k_tokens_flex`,
]);

/** Every key of LiteLLM's price map that changes what a call costs, by what it is paid for. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  tokens: [
    ...with_('input_cost_per_token', [...TIERS, ...THRESHOLDS]),
    ...with_('output_cost_per_token', [...TIERS, ...THRESHOLDS]),
  ],
  cache: [
    ...with_('cache_read_input_token_cost', ['_flex', '_priority', ...THRESHOLDS]),
    ...with_('cache_creation_input_token_cost', [...TIERS, ...THRESHOLDS]),
    ...with_('cache_creation_input_token_cost_above_1hr', THRESHOLDS),
    'cache_read_input_audio_token_cost',
    'cache_read_input_image_token_cost',
    'input_cost_per_token_cache_hit',
  ],
  reasoning: with_('output_cost_per_reasoning_token', TIERS),
  audio: [
    'input_cost_per_audio_token',
    'output_cost_per_audio_token',
    ...with_('input_cost_per_audio_per_second', ['_above_128k_tokens']),
    ...with_('output_cost_per_audio_per_second', ['_above_128k_tokens']),
  ],
  images: [
    'input_cost_per_image_token',
    'output_cost_per_image_token',
    ...with_('input_cost_per_image', ['_above_128k_tokens']),
    'output_cost_per_image',
    'input_cost_per_pixel',
    'output_cost_per_pixel',
  ],
  video: [
    'input_cost_per_video_token',
    'output_cost_per_video_token',
    ...with_('input_cost_per_video_per_second', ['_above_128k_tokens']),
    'output_cost_per_video_per_second',
    ...['480p', '720p', '1080p', '4k'].map((size) => `output_cost_per_second_${size}`),
  ],
  'time and characters': [
    'input_cost_per_second',
    'output_cost_per_second',
    ...with_('input_cost_per_character', ['_above_128k_tokens']),
    ...with_('output_cost_per_character', ['_above_128k_tokens']),
  ],
  'queries and tools': [
    'input_cost_per_query',
    'input_cost_per_request',
    'google_maps_grounding_cost_per_query',
    'file_search_cost_per_1k_calls',
    'code_interpreter_cost_per_session',
    'computer_use_input_cost_per_1k_tokens',
    'computer_use_output_cost_per_1k_tokens',
  ],
  documents: [
    'ocr_cost_per_page',
    'ocr_cost_per_credit',
    'annotation_cost_per_page',
    'citation_cost_per_token',
  ],
};

/** What is paid by the day, whatever is called. */
const STORAGE = ['file_search_cost_per_gb_per_day', 'vector_store_cost_per_gb_per_day'];

describe("LiteLLM's cost keys", () => {
  describe.each(Object.entries(KEYS))('for %s', (_, keys) => {
    it.each(keys)('%s becomes a rate', (key) => {
      const read = litellmEntry({ [key]: '0.00123' });
      if (!read.ok) throw new Error(read.error.message);
      const { sheet, unknownKeys, notPerCallKeys } = read.value;
      expect({ unknownKeys, notPerCallKeys }).toEqual({ unknownKeys: [], notPerCallKeys: [] });
      const rates = [sheet.rates, ...sheet.variants.map((variant) => variant.rates)].flatMap((each) =>
        Object.values(each),
      );
      expect(rates.map((rate) => rate.usd.toFixed())).toEqual([
        // A second is a thousand milliseconds, which is what is counted.
        /_second|_per_1k/.test(key) ? '0.00000123' : '0.00123',
      ]);
    });
  });

  it.each(STORAGE)('%s is known not to belong to a call', (key) => {
    expect(litellmEntry({ [key]: '1' })).toMatchObject({
      ok: true,
      value: { notPerCallKeys: [key], unknownKeys: [] },
    });
  });

  it.each([
    ['search_context_cost_per_query', { search_context_size_low: '1', search_context_size_high: '2' }],
    ['tiered_pricing', [{ range: ['0', '32000'], input_cost_per_token: '1', output_cost_per_token: '2' }]],
    ['off_peak_pricing', { hours_utc: '16:30-00:30', input_cost_per_token: '1' }],
    ['regional_processing_uplift_multiplier_eu', '1.1'],
    ['regional_processing_uplift_multiplier_us', '1.1'],
    ['regional_endpoint_uplift_multiplier', '1.1'],
    ['provider_specific_entry', { us: '1.1', fast: '6' }],
  ])('%s changes the rates', (key, value) => {
    const read = litellmEntry({ [key]: value });
    if (!read.ok) throw new Error(read.error.message);
    const { sheet, unknownKeys } = read.value;
    expect(unknownKeys).toEqual([]);
    expect(sheet.variants.length + sheet.multipliers.length + Object.keys(sheet.rates).length).not.toBe(0);
  });

  it.each(['input_cost_per_wish', 'output_cost_per_token_above_moon', 'surcharge', 'discount_rate'])(
    '%s is reported, not left out',
    (key) => {
      expect(litellmEntry({ [key]: '1' })).toMatchObject({ ok: true, value: { unknownKeys: [key] } });
    },
  );
});
