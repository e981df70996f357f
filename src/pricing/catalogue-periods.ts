import type { ConditionalPrice, ModelPrice, TimeOfDateConstraint } from '@pydantic/genai-prices';
import { HALF, priceSheet, type PriceSheet, type PriceVariant } from '../domain/pricing/price';
import type { TimeOfDay } from '../domain/pricing/time-of-day';
import type { CatalogueModelInfo } from './catalogue-data';
import { ratesOfBlock } from './catalogue-rates';
import { withToolFees } from './tool-fees';

/** The sheet that holds from one start date of the data to the next. */
export interface CataloguePeriod {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly sheet: PriceSheet;
}

/**
 * Providers that sell batches of all their models at half price; the data doesn't say so. Others cost full price. Sources:
 * https://platform.openai.com/docs/guides/batch, https://docs.claude.com/en/docs/build-with-claude/batch-processing,
 * https://ai.google.dev/gemini-api/docs/batch-api, https://docs.mistral.ai/capabilities/batch.
 */
const HALF_PRICE_BATCHES: ReadonlySet<string> = new Set(['openai', 'anthropic', 'google', 'mistral']);

/** Groq bills ten seconds of audio at least: https://console.groq.com/docs/speech-to-text. */
const GROQ_MINIMUM_AUDIO_MS = 10_000;

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_DAY = 1440;

/** The model's prices over time, oldest first; empty if the data names no price, which doesn't make the model free. */
export function periodsOf(providerId: string, model: CatalogueModelInfo): CataloguePeriod[] {
  const blocks: ConditionalPrice[] = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  const starts = [...new Set(blocks.flatMap(({ constraint }) => startOf(constraint)))].sort((a, b) => a - b);
  const bounds: (number | null)[] = [null, ...starts];
  return bounds.flatMap((fromMs, index) => {
    const sheet = sheetFor(blocks, fromMs, providerId, model.id);
    return sheet === null ? [] : [{ fromMs, untilMs: bounds[index + 1] ?? null, sheet }];
  });
}

/** The data's rule: the last block whose constraint holds gives the price. */
function sheetFor(
  blocks: readonly ConditionalPrice[],
  fromMs: number | null,
  providerId: string,
  modelId: string,
): PriceSheet | null {
  const hourly: PriceVariant[] = [];
  let current: ModelPrice | undefined = blocks[0]?.prices;
  for (const { constraint, prices } of blocks) {
    if (isTimeOfDay(constraint)) {
      const when = { timeOfDay: timeOfDayOf(constraint) };
      const { base, variants } = ratesOfBlock(prices, when);
      hourly.push({ when, rates: base }, ...variants);
    } else if (startOf(constraint).every((start) => fromMs !== null && start <= fromMs)) {
      current = prices;
      hourly.length = 0;
    }
  }
  const { base, variants } = ratesOfBlock(withFreeRates(current ?? {}, providerId, modelId), {});
  if (Object.keys(base).length === 0) return null;
  return priceSheet(withToolFees(base, providerId, modelId), {
    variants: [...variants, ...hourly],
    batchMultiplier: HALF_PRICE_BATCHES.has(providerId) ? HALF : null,
    minimums:
      providerId === 'groq' && base.inputAudioMs !== undefined ? { inputAudioMs: GROQ_MINIMUM_AUDIO_MS } : {},
  });
}

/**
 * An empty block means "not known" for most models. Those whose name ends in ":free" are free by their provider's word,
 * and so are OpenAI's moderation models (https://platform.openai.com/docs/guides/moderation).
 */
function withFreeRates(prices: ModelPrice, providerId: string, modelId: string): ModelPrice {
  const saysFree = modelId.endsWith(':free') || (providerId === 'openai' && modelId === 'moderation');
  const isFree = Object.keys(prices).length === 0 && saysFree;
  return isFree ? { input_mtok: 0, output_mtok: 0 } : prices;
}

function isTimeOfDay(constraint: ConditionalPrice['constraint']): constraint is TimeOfDateConstraint {
  return constraint?.type === 'time_of_date';
}

function startOf(constraint: ConditionalPrice['constraint']): number[] {
  return constraint?.type === 'start_date' ? [Date.parse(`${constraint.start_date}T00:00:00Z`)] : [];
}

function timeOfDayOf({ start_time, end_time }: TimeOfDateConstraint): TimeOfDay {
  const window = { startMinute: minuteOf(start_time), endMinute: minuteOf(end_time), weekdays: null };
  return { windows: [window], weekdayTimeZone: 'UTC' };
}

function minuteOf(time: string): number {
  const minute = Math.floor(Date.parse(`2000-01-02T${time}`) / MS_PER_MINUTE) % MINUTES_PER_DAY;
  return (minute + MINUTES_PER_DAY) % MINUTES_PER_DAY;
}
