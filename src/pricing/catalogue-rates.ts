import type { ModelPrice } from '@pydantic/genai-prices';
import { Decimal } from '../domain/money/rate';
import type { PriceVariant, Rates, VariantCondition } from '../domain/pricing/price';
import { rateFor, type UnitRate } from '../domain/pricing/unit-rate';
import type { UsageUnit } from '../domain/usage/usage';

const MILLION = 1e6;
const THOUSAND = 1e3;
const HOUR_MS = 3_600_000;

interface CatalogueKey {
  readonly units: readonly UsageUnit[];
  readonly per: number;
}

/** In this order: a later key replaces what a more general one set before. */
const KEYS: Readonly<Record<string, CatalogueKey>> = {
  // The data prices every kind of input by `input_mtok` unless it says otherwise; audio alone has no such rule here.
  input_mtok: { units: ['inputText', 'inputAudio'], per: MILLION },
  cache_read_mtok: { units: ['inputCacheRead'], per: MILLION },
  cache_write_mtok: { units: ['inputCacheWrite5m'], per: MILLION },
  cache_write_5m_mtok: { units: ['inputCacheWrite5m'], per: MILLION },
  cache_write_1h_mtok: { units: ['inputCacheWrite1h'], per: MILLION },
  input_audio_mtok: { units: ['inputAudio'], per: MILLION },
  cache_audio_read_mtok: { units: ['inputAudioCacheRead'], per: MILLION },
  input_image_mtok: { units: ['inputImage'], per: MILLION },
  cache_image_read_mtok: { units: ['inputImageCacheRead'], per: MILLION },
  input_video_mtok: { units: ['inputVideo'], per: MILLION },
  output_mtok: { units: ['outputText'], per: MILLION },
  output_reasoning_mtok: { units: ['outputReasoning'], per: MILLION },
  output_audio_mtok: { units: ['outputAudio'], per: MILLION },
  output_image_mtok: { units: ['outputImage'], per: MILLION },
  output_video_mtok: { units: ['outputVideo'], per: MILLION },
  output_citation_mtok: { units: ['citationTokens'], per: MILLION },
  audio_hours: { units: ['inputAudioMs', 'outputAudioMs'], per: HOUR_MS },
  input_audio_hours: { units: ['inputAudioMs'], per: HOUR_MS },
  output_audio_hours: { units: ['outputAudioMs'], per: HOUR_MS },
  input_mchars: { units: ['inputCharacters'], per: MILLION },
  input_gpixels: { units: ['inputPixels'], per: 1e9 },
  input_document_kpages: { units: ['pages'], per: THOUSAND },
  input_annotated_document_kpages: { units: ['annotatedPages'], per: THOUSAND },
  input_text_messages_kcount: { units: ['inputMessages'], per: THOUSAND },
  requests_kcount: { units: ['requests'], per: THOUSAND },
  rerank_searches_kcount: { units: ['searchUnits'], per: THOUSAND },
  web_searches_kcount: { units: ['webSearches'], per: THOUSAND },
  storage_searches_kcount: { units: ['fileSearches'], per: THOUSAND },
  code_executions_kcount: { units: ['codeSessions'], per: THOUSAND },
};

/** Prices that have no unit here, so that whoever bumps the data sees what a new release brings. */
export function unknownPriceKeys(prices: ModelPrice): string[] {
  return Object.keys(prices).filter((key) => !Object.hasOwn(KEYS, key));
}

/** The rates of one price block: those below every threshold, and one variant per threshold. */
export function ratesOfBlock(
  prices: ModelPrice,
  when: VariantCondition,
): { base: Rates; variants: PriceVariant[] } {
  const base: Partial<Record<UsageUnit, UnitRate>> = {};
  // A more specific key replaces the general one together with its thresholds.
  const tiersOf = new Map<UsageUnit, [number, UnitRate][]>();
  for (const [key, { units, per }] of Object.entries(KEYS)) {
    const price = prices[key];
    if (price === undefined) continue;
    const { base: lowest, tiers } = typeof price === 'number' ? { base: price, tiers: [] } : price;
    for (const unit of units) {
      base[unit] = exactRate(lowest, per);
      tiersOf.set(
        unit,
        tiers.map(({ start, price: dearer }) => [start, exactRate(dearer, per)]),
      );
    }
  }
  return { base, variants: variantsOf(tiersOf, when) };
}

function variantsOf(
  tiersOf: ReadonlyMap<UsageUnit, [number, UnitRate][]>,
  when: VariantCondition,
): PriceVariant[] {
  const above = new Map<number, Partial<Record<UsageUnit, UnitRate>>>();
  for (const [unit, tiers] of tiersOf) {
    for (const [start, rate] of tiers) {
      const rates = above.get(start) ?? {};
      rates[unit] = rate;
      above.set(start, rates);
    }
  }
  return [...above].map(([start, rates]) => ({ when: { ...when, inputTokensAbove: start }, rates }));
}

/** The data holds floats. Their shortest decimal text is what its authors wrote, so that the rate is exact. */
function exactRate(price: number, per: number): UnitRate {
  return rateFor(new Decimal(String(price)), per);
}
