import fc from 'fast-check';
import { parseRate, type Rate } from '../../../src/domain/money/rate';
import {
  priceSheet,
  type PriceSheet,
  type PriceVariant,
  type Rates,
  type VariantCondition,
} from '../../../src/domain/pricing/price';
import type { PricingContext } from '../../../src/domain/pricing/pricing-context';
import { parseUnitRate, type UnitRate } from '../../../src/domain/pricing/unit-rate';
import { COUNT_UNITS, TOKEN_UNITS, USAGE_UNITS, type Usage } from '../../../src/domain/usage/usage';

export function rate(text: string): UnitRate {
  const parsed = parseUnitRate(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

export function decimal(text: string): Rate {
  const parsed = parseRate(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const rateText = fc
  .tuple(
    fc.integer({ min: 0, max: 10_000_000 }),
    fc.constantFrom('e-6', 'e-9', 'e-11', 'e-14', 'e-11/3600000', 'e-6/7'),
  )
  .map(([digits, scale]) => `${digits}${scale}`);

export const anyRates: fc.Arbitrary<Rates> = fc
  .dictionary(fc.constantFrom(...USAGE_UNITS), rateText.map(rate), { maxKeys: 14 })
  .map((rates) => rates as Rates);

const timeOfDay = fc
  .record({
    startMinute: fc.integer({ min: 0, max: 1439 }),
    endMinute: fc.integer({ min: 0, max: 1439 }),
    weekdays: fc.constantFrom(null, ['MON', 'SAT'] as const),
  })
  .chain((window) =>
    fc.constantFrom('UTC', 'Asia/Shanghai').map((zone) => ({ windows: [window], weekdayTimeZone: zone })),
  );

const condition: fc.Arbitrary<VariantCondition> = fc
  .record(
    {
      inputTokensAbove: fc.integer({ min: 0, max: 500_000 }),
      inputTokensFrom: fc.integer({ min: 0, max: 500_000 }),
      inputTokensUpTo: fc.integer({ min: 0, max: 900_000 }),
      serviceTier: fc.constantFrom('flex', 'priority', 'ultrafast'),
      batch: fc.constant(true as const),
      timeOfDay,
      searchContextSize: fc.constantFrom('low', 'medium', 'high'),
      videoResolution: fc.constantFrom('720p', '4k'),
    },
    { requiredKeys: [] },
  )
  .filter((when) => Object.keys(when).length > 0);

const variant: fc.Arbitrary<PriceVariant> = fc.record({ when: condition, rates: anyRates });
const factor = fc.constantFrom('0', '0.5', '0.95', '1', '1.1', '6').map(decimal);

export const anySheet: fc.Arbitrary<PriceSheet> = fc
  .record({
    rates: anyRates,
    variants: fc.array(variant, { maxLength: 6 }),
    multipliers: fc.array(
      fc.record({
        when: fc.constantFrom(
          { dataResidency: 'eu' },
          { regionalEndpoint: true as const },
          { inferenceGeo: 'us' },
          { speed: 'fast' },
        ),
        factor,
      }),
      { maxLength: 3 },
    ),
    batchMultiplier: fc.option(factor),
    webSearchBilledPer: fc.constantFrom('QUERY' as const, 'PROMPT' as const),
    minimums: fc.constantFrom({}, { inputAudioMs: 10_000 }),
  })
  .map(({ rates, ...rest }) => priceSheet(rates, rest));

const tokens = fc.dictionary(fc.constantFrom(...TOKEN_UNITS), fc.integer({ min: 0, max: 300_000 }), {
  maxKeys: 8,
});
const counts = fc.dictionary(fc.constantFrom(...COUNT_UNITS), fc.integer({ min: 0, max: 100_000 }), {
  maxKeys: 4,
});

export const anyUsage: fc.Arbitrary<Usage> = fc.tuple(tokens, counts).map(([a, b]) => ({ ...a, ...b }));

export const anyContext: fc.Arbitrary<PricingContext> = fc.record(
  {
    atMs: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
    requestedServiceTier: fc.constantFrom(null, 'auto', 'default', 'flex', 'priority', 'fast', 'ultrafast'),
    batch: fc.boolean(),
    dataResidency: fc.constantFrom(null, 'eu'),
    endpointRegion: fc.constantFrom(null, 'global', 'us-east5'),
    inferenceGeo: fc.constantFrom(null, 'us'),
    speed: fc.constantFrom(null, 'fast'),
    searchContextSize: fc.constantFrom(null, 'low', 'high'),
    videoResolution: fc.constantFrom(null, '720p', '4k'),
    adjustments: fc.record({
      discount: fc.constantFrom('0', '0.05', '0.333333', '1').map(decimal),
      marginPercentage: fc.constantFrom('0', '0.08', '1').map(decimal),
      marginFixed: fc.constantFrom('0', '0.0005').map(decimal),
    }),
  },
  { requiredKeys: ['atMs'] },
);
