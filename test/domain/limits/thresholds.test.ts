import fc from 'fast-check';
import {
  formatPercentThreshold,
  parsePercentThreshold,
  thresholdAmount,
  thresholdsCrossed,
  type Threshold,
} from '../../../src/domain/limits/thresholds';

function percent(text: string): Threshold {
  const result = parsePercentThreshold(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
const absolute = (amount: bigint): Threshold => ({ kind: 'ABSOLUTE', amount });

const thresholds: fc.Arbitrary<Threshold> = fc.oneof(
  fc.bigInt({ min: 1n, max: 20_000n }).map((basisPoints) => ({ kind: 'PERCENT' as const, basisPoints })),
  fc.bigInt({ min: 0n, max: 1_000n }).map(absolute),
);
const amounts = fc.bigInt({ min: -100n, max: 1_200n });
const limits = fc.bigInt({ min: 0n, max: 1_000n });

describe('thresholdsCrossed', () => {
  it('takes in the amount arrived at and leaves out the one left', () => {
    const half = percent('50');
    expect(thresholdsCrossed([half], 49n, 50n, 100n)).toEqual([half]);
    expect(thresholdsCrossed([half], 50n, 60n, 100n)).toEqual([]);
    expect(thresholdsCrossed([half], 10n, 49n, 100n)).toEqual([]);
    expect(thresholdsCrossed([half], 60n, 40n, 100n)).toEqual([]);
  });

  it('is exact where a share of the limit is no whole amount', () => {
    const third = percent('33.33');
    expect(thresholdsCrossed([third], 0n, 333n, 1000n)).toEqual([]);
    expect(thresholdsCrossed([third], 333n, 334n, 1000n)).toEqual([third]);
  });

  it('is exact for amounts far beyond what a float holds', () => {
    const limit = 10n ** 38n - 1n;
    const eighty = percent('80');
    const reachedAt = (limit * 8n + 9n) / 10n;
    expect(thresholdsCrossed([eighty], 0n, reachedAt - 1n, limit)).toEqual([]);
    expect(thresholdsCrossed([eighty], reachedAt - 1n, reachedAt, limit)).toEqual([eighty]);
  });

  it('names all that one step passes, the lowest first, shares and amounts alike', () => {
    const given = [percent('100'), absolute(70n), percent('50'), percent('120'), absolute(10n)];
    expect(thresholdsCrossed(given, 20n, 110n, 100n)).toEqual([percent('50'), absolute(70n), percent('100')]);
  });

  it('tells of an overrun above the limit', () => {
    expect(thresholdsCrossed([percent('110')], 100n, 111n, 100n)).toEqual([percent('110')]);
  });

  it('never crosses a share of a limit of 0', () => {
    expect(thresholdsCrossed([percent('80')], 0n, 5n, 0n)).toEqual([]);
  });

  it('agrees with fractions compared by cross multiplication', () => {
    fc.assert(
      fc.property(thresholds, amounts, amounts, limits, (threshold, before, after, limit) => {
        const scaled =
          threshold.kind === 'ABSOLUTE' ? threshold.amount * 10_000n : threshold.basisPoints * limit;
        const expected = before * 10_000n < scaled && scaled <= after * 10_000n;
        expect(thresholdsCrossed([threshold], before, after, limit)).toEqual(expected ? [threshold] : []);
      }),
      { numRuns: 1000 },
    );
  });

  it('reports each threshold once, however many steps lead past it', () => {
    fc.assert(
      fc.property(
        fc.array(thresholds),
        fc.array(amounts, { minLength: 2 }),
        limits,
        (given, unsorted, limit) => {
          const steps = [...unsorted].sort((a, b) => (a < b ? -1 : Number(a > b)));
          const first = steps[0] ?? 0n;
          const last = steps.at(-1) ?? 0n;
          const bySteps = steps
            .slice(1)
            .flatMap((after, i) => thresholdsCrossed(given, steps[i] ?? 0n, after, limit));
          expect(bySteps).toEqual(thresholdsCrossed(given, first, last, limit));
        },
      ),
    );
  });
});

describe('thresholdAmount', () => {
  it('is the least whole amount that reaches the share', () => {
    expect(thresholdAmount(percent('80'), 1_000n)).toBe(800n);
    expect(thresholdAmount(percent('33.33'), 1_000n)).toBe(334n);
    expect(thresholdAmount(absolute(7n), 1_000n)).toBe(7n);
  });
});

describe('parsePercentThreshold', () => {
  it.each([
    ['80', 8_000n, '80'],
    ['80%', 8_000n, '80'],
    [' 99.5 % ', 9_950n, '99.5'],
    ['0.25', 25n, '0.25'],
    ['0.01', 1n, '0.01'],
    ['100.00000', 10_000n, '100'],
    ['150', 15_000n, '150'],
  ])('reads "%s" exactly', (text, basisPoints, written) => {
    const threshold = percent(text);
    expect(threshold).toEqual({ kind: 'PERCENT', basisPoints });
    expect(formatPercentThreshold(threshold)).toBe(written);
  });

  it.each(['', '-5', '80.125', '1e2', 'half', '%', '80%%', '99999999'])('refuses "%s"', (text) => {
    expect(parsePercentThreshold(text)).toMatchObject({
      ok: false,
      error: expect.stringContaining(`"${text}"`) as string,
    });
  });

  it('refuses 0, at which every limit starts', () => {
    expect(parsePercentThreshold('0')).toEqual({
      ok: false,
      error: expect.stringContaining('above 0 %') as string,
    });
    expect(formatPercentThreshold(absolute(5n))).toBeNull();
  });
});
