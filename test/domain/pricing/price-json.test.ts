import { priceSheetFromJson, priceSheetToJson } from '../../../src/domain/pricing/price-json';

function errorOf(json: unknown): { field: string; message: string } {
  const read = priceSheetFromJson(json);
  if (read.ok) throw new Error('the sheet was accepted');
  return read.error;
}

const rates = { inputText: '0.0000025', outputText: '0.00001' };

describe('a price sheet as JSON', () => {
  it('reads and writes every part', () => {
    const json = {
      rates: { ...rates, inputAudioMs: '0.017/60000' },
      variants: [
        { when: { inputTokensAbove: 200_000, serviceTier: 'flex' }, rates: { inputText: '0.000005' } },
        { when: { inputTokensAbove: 0, inputTokensUpTo: 32_000 }, rates: { inputText: '0' } },
        { when: { batch: true }, rates: { inputText: '0.0000001' } },
        {
          when: {
            timeOfDay: {
              windows: [{ hoursUtc: '16:30-00:30' }, { hoursUtc: '01:00-04:00', weekdays: ['SAT', 'SUN'] }],
              weekdayTimeZone: 'Asia/Shanghai',
            },
          },
          rates: { inputText: '0.0000002' },
        },
      ],
      multipliers: [{ when: { dataResidency: 'eu' }, factor: '1.1' }],
      batchMultiplier: '0.5',
      webSearchBilledPer: 'PROMPT',
      minimums: { inputAudioMs: 10_000 },
    };
    const read = priceSheetFromJson(json);
    expect(read.ok && priceSheetToJson(read.value)).toEqual(json);
  });

  it('writes numbers without exponents', () => {
    const read = priceSheetFromJson({ rates: { inputText: '2.5e-7' } });
    expect(read.ok && priceSheetToJson(read.value)).toEqual({ rates: { inputText: '0.00000025' } });
  });

  it.each([
    ['an unknown key', { rates, discount: '1' }, 'discount'],
    ['an unknown unit', { rates: { inputTokens: '1' } }, 'rates.inputTokens'],
    ['an inherited name as a unit', { rates: { constructor: '1' } }, 'rates.constructor'],
    ['a negative rate', { rates: { inputText: '-0.1' } }, 'rates.inputText'],
    ['a number in place of decimal text', { rates: { inputText: 0.1 } }, 'rates.inputText'],
    ['text that is no decimal', { rates: { inputText: 'NaN' } }, 'rates.inputText'],
    ['a rate without bounds', { rates: { inputText: '1e999' } }, 'rates.inputText'],
    ['a division by zero', { rates: { inputText: '1/0' } }, 'rates.inputText'],
    ['missing rates', {}, 'rates'],
    ['a variant that always holds', { rates, variants: [{ when: {}, rates }] }, 'variants[0].when'],
    ['an unknown condition', { rates, variants: [{ when: { above: 1 }, rates }] }, 'variants[0].when.above'],
    [
      'a fraction of a token',
      { rates, variants: [{ when: { inputTokensAbove: 1.5 }, rates }] },
      'variants[0].when.inputTokensAbove',
    ],
    [
      'the standard tier as a condition',
      { rates, variants: [{ when: { serviceTier: 'default' }, rates }] },
      'variants[0].when.serviceTier',
    ],
    [
      'hours that do not exist',
      { rates, variants: [{ when: { timeOfDay: { windows: [{ hoursUtc: '25:00-26:00' }] } }, rates }] },
      'variants[0].when.timeOfDay.windows[0].hoursUtc',
    ],
    [
      'an unknown time zone',
      { rates, variants: [{ when: { timeOfDay: { windows: [], weekdayTimeZone: 'Mars/Base' } }, rates }] },
      'variants[0].when.timeOfDay.weekdayTimeZone',
    ],
    [
      'a negative multiplier',
      { rates, multipliers: [{ when: { speed: 'fast' }, factor: '-1' }] },
      'multipliers[0].factor',
    ],
    [
      'a multiplier that always holds',
      { rates, multipliers: [{ when: {}, factor: '2' }] },
      'multipliers[0].when',
    ],
    ['a list in place of the sheet', [], ''],
    ['nothing', null, ''],
  ])('refuses %s and names the field', (_what, json, field) => {
    expect(errorOf(json).field).toBe(field);
    expect(errorOf(json).message).not.toBe('');
  });

  it('names the key that it does not know', () => {
    expect(errorOf({ rates, discount: '1' }).message).toContain('"discount"');
  });
});
