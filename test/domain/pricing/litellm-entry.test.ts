import { formatMoney } from '../../../src/domain/money/decimal-text';
import { costOf } from '../../../src/domain/pricing/cost-of';
import { litellmEntry } from '../../../src/domain/pricing/litellm-entry';
import { priceSheetToJson } from '../../../src/domain/pricing/price-json';
import type { PricingContext } from '../../../src/domain/pricing/pricing-context';
import type { Usage } from '../../../src/domain/usage/usage';

function read(entry: Record<string, unknown>) {
  const result = litellmEntry(entry);
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.message}`);
  return result.value;
}

function total(
  entry: Record<string, unknown>,
  usage: Usage,
  context: Partial<PricingContext> = {},
): string | null {
  const cost = costOf(usage, read(entry).sheet, { atMs: Date.parse('2026-08-28T12:00:00Z'), ...context });
  return cost.total === null ? null : formatMoney(cost.total);
}

const text = { input_cost_per_token: '1e-06', output_cost_per_token: '2e-06' };

describe('an entry of the price map', () => {
  it('gives what a model can do beside what it costs', () => {
    const entry = read({
      ...text,
      litellm_provider: 'openai',
      mode: 'chat',
      max_input_tokens: '128000',
      max_output_tokens: '16384',
      supports_vision: true,
      deprecation_date: '2027-01-01',
    });
    expect(entry).toMatchObject({
      provider: 'openai',
      mode: 'chat',
      maxInputTokens: 128_000,
      maxOutputTokens: 16_384,
      deprecationDate: '2027-01-01',
      unknownKeys: [],
      notPerCallKeys: [],
    });
  });

  it('reports price keys that it does not understand, also inside nested prices', () => {
    const entry = read({
      ...text,
      input_cost_per_dream: '1',
      quantum_pricing: {},
      vector_store_cost_per_gb_per_day: '0.1',
      off_peak_pricing: { hours_utc: '01:00-02:00', input_cost_per_dream: '1' },
      tiered_pricing: [{ max_results_range: ['0', '25'], input_cost_per_query: '0.005' }],
    });
    expect(entry.unknownKeys).toEqual([
      'input_cost_per_dream',
      'quantum_pricing',
      'tiered_pricing[0]',
      'off_peak_pricing.input_cost_per_dream',
    ]);
    expect(entry.notPerCallKeys).toEqual(['vector_store_cost_per_gb_per_day']);
  });

  it('refuses floats, negative and malformed prices, and names the key', () => {
    const field = (entry: Record<string, unknown>) => {
      const result = litellmEntry(entry);
      return result.ok ? null : result.error.field;
    };
    expect(field({ input_cost_per_token: 1e-6 })).toBe('input_cost_per_token');
    expect(field({ input_cost_per_token: '-1e-6' })).toBe('input_cost_per_token');
    expect(field({ output_cost_per_token_above_200k_tokens_flex: 'free' })).toBe(
      'output_cost_per_token_above_200k_tokens_flex',
    );
    expect(field({ tiered_pricing: [{ range: ['9', '1'], input_cost_per_token: '1' }] })).toBe(
      'tiered_pricing[0].range',
    );
    expect(field({ off_peak_pricing: { hours_utc: 'night' } })).toBe('off_peak_pricing.hours_utc');
  });

  it('puts a threshold, a tier and both together where each belongs', () => {
    const entry = {
      ...text,
      input_cost_per_token_priority: '3e-06',
      input_cost_per_token_above_200k_tokens: '4e-06',
      input_cost_per_token_above_200k_tokens_priority: '5e-06',
    };
    const price = (tokens: number, tier: string | null) =>
      total(entry, { inputText: tokens }, { requestedServiceTier: tier });
    expect(price(100_000, null)).toBe('0.1');
    expect(price(100_000, 'fast')).toBe('0.3');
    expect(price(300_000, null)).toBe('1.2');
    expect(price(300_000, 'priority')).toBe('1.5');
    expect(price(300_000, 'flex')).toBe('1.2');
  });

  it('crosses the thresholds of xAI at the number itself', () => {
    const entry = { ...text, input_cost_per_token_above_128k_tokens: '1e-05' };
    expect(total({ ...entry, litellm_provider: 'xai' }, { inputText: 128_000 })).toBe('1.28');
    expect(total({ ...entry, litellm_provider: 'openai' }, { inputText: 128_000 })).toBe('0.128');
  });

  it('prices a prompt longer than the last range like the last range', () => {
    const entry = {
      tiered_pricing: [
        { range: ['0', '1000'], ...text },
        { range: ['1000', '2000'], input_cost_per_token: '3e-06', output_cost_per_token: '6e-06' },
      ],
    };
    expect(total(entry, { inputText: 1000, outputText: 1 })).toBe('0.001002');
    expect(total(entry, { inputText: 1001 })).toBe('0.003003');
    expect(total(entry, { inputText: 5000 })).toBe('0.015');
    expect(total(entry, { outputText: 1 })).toBe('0.000002');
  });

  it('knows off-peak hours by weekday, in the zone that the entry names', () => {
    const entry = {
      ...text,
      off_peak_pricing: {
        hours_utc: '04:00-06:00',
        windows: [{ hours_utc: ['16:00-17:00'], weekdays: ['6', 'sunday'] }],
        weekday_timezone: 'Asia/Shanghai',
        input_cost_per_token: '1e-07',
      },
    };
    const at = (instant: string) => total(entry, { inputText: 1_000_000 }, { atMs: Date.parse(instant) });
    expect(at('2026-08-28T05:00:00Z')).toBe('0.1');
    expect(at('2026-08-28T15:59:00Z')).toBe('1');
    // 16:30 UTC on a Friday is past midnight, Saturday, in Shanghai.
    expect(at('2026-08-28T16:30:00Z')).toBe('0.1');
    expect(at('2026-08-30T16:30:00Z')).toBe('1');
  });

  it('takes the medium search context where a call names none', () => {
    const entry = {
      ...text,
      search_context_cost_per_query: {
        search_context_size_low: '0.03',
        search_context_size_medium: '0.035',
        search_context_size_high: '0.05',
      },
    };
    expect(total(entry, { webSearches: 2 })).toBe('0.07');
    expect(total(entry, { webSearches: 2 }, { searchContextSize: 'high' })).toBe('0.1');
    expect(total({ ...entry, web_search_billing_unit: 'per_prompt' }, { webSearches: 2 })).toBe('0.035');
  });

  it('prices what an image model makes, by number and by pixel', () => {
    expect(total({ mode: 'image_generation', input_cost_per_image: '0.04' }, { outputImages: 3 })).toBe(
      '0.12',
    );
    const pixels = {
      mode: 'image_generation',
      input_cost_per_pixel: '1.9e-08',
      output_cost_per_pixel: '0.0',
    };
    expect(total(pixels, { outputPixels: 1_048_576 })).toBe('0.019922944');
  });

  it('prices seconds by what the model does with them', () => {
    expect(
      total(
        { mode: 'audio_transcription', input_cost_per_second: '0.0001', output_cost_per_second: '0.0001' },
        { inputAudioMs: 90_000 },
      ),
    ).toBe('0.009');
    expect(
      total({ mode: 'chat', input_cost_per_second: '0.00042' }, { responseMs: 1500, inputText: 9 }),
    ).toBe('0.00063');
    const video = {
      mode: 'video_generation',
      output_cost_per_second: '0.1',
      output_cost_per_second_4k: '0.3',
    };
    expect(total(video, { outputVideoMs: 2000 })).toBe('0.2');
    expect(total(video, { outputVideoMs: 2000 }, { videoResolution: '4k' })).toBe('0.6');
  });

  it('reads the multipliers of a provider', () => {
    const entry = { ...text, provider_specific_entry: { us: '1.1', fast: '6.0' } };
    expect(priceSheetToJson(read(entry).sheet).multipliers).toEqual([
      { when: { inferenceGeo: 'us' }, factor: '1.1' },
      { when: { speed: 'fast' }, factor: '6' },
    ]);
  });

  it('takes explicit batch rates, else half', () => {
    const entry = { ...text, input_cost_per_token_batches: '4e-07' };
    expect(total(entry, { inputText: 1000, outputText: 1000 }, { batch: true })).toBe('0.0014');
  });
});
