import fc from 'fast-check';
import { addDuration, parseDuration, type Duration } from '../../../src/domain/limits/duration';
import { utc } from './wall-clock';

describe('parseDuration', () => {
  it.each<[string, Duration]>([
    ['30s', { period: 'SECOND', count: 30 }],
    ['5m', { period: 'MINUTE', count: 5 }],
    ['24h', { period: 'HOUR', count: 24 }],
    ['7d', { period: 'DAY', count: 7 }],
    ['2w', { period: 'WEEK', count: 2 }],
    ['1mo', { period: 'MONTH', count: 1 }],
    [' 030d ', { period: 'DAY', count: 30 }],
    ['hourly', { period: 'HOUR', count: 1 }],
    ['daily', { period: 'DAY', count: 1 }],
    ['Weekly', { period: 'WEEK', count: 1 }],
    ['monthly', { period: 'MONTH', count: 1 }],
    ['quarterly', { period: 'QUARTER', count: 1 }],
    ['yearly', { period: 'YEAR', count: 1 }],
    ['annually', { period: 'YEAR', count: 1 }],
  ])('reads "%s"', (text, value) => {
    expect(parseDuration(text)).toEqual({ ok: true, value });
  });

  it.each([
    '',
    'd',
    '30',
    '1y',
    '1.5h',
    '-1d',
    '1 d',
    '1M',
    '1D',
    '30days',
    '1d2h',
    'none',
    'constructor',
    '٣d',
  ])('refuses "%s" and says what a duration looks like', (text) => {
    const result = parseDuration(text);
    expect(result).toEqual({ ok: false, error: expect.stringContaining('such as 30s, 5m, 24h') as string });
    expect(result).toEqual({ ok: false, error: expect.stringContaining(`"${text}"`) as string });
  });

  it('refuses no time and more than a thousand years', () => {
    expect(parseDuration('0d')).toEqual({
      ok: false,
      error: '"0d" is no time at all; a duration must be at least 1d',
    });
    expect(parseDuration('1000000d')).toEqual({ ok: false, error: '"1000000d" is longer than 1000 years' });
    expect(parseDuration('12001mo')).toEqual({ ok: false, error: '"12001mo" is longer than 1000 years' });
    expect(parseDuration('12000mo').ok).toBe(true);
  });
});

describe('addDuration', () => {
  it.each([
    ['30s', '2026-11-24T12:00:30'],
    ['90m', '2026-11-24T13:30:00'],
    ['24h', '2026-11-25T12:00:00'],
    ['30d', '2026-12-24T12:00:00'],
    ['2w', '2026-12-08T12:00:00'],
    ['1mo', '2026-12-24T12:00:00'],
    ['14mo', '2028-01-24T12:00:00'],
    ['quarterly', '2027-02-24T12:00:00'],
    ['yearly', '2027-11-24T12:00:00'],
  ])('leads %s after noon of 24 November 2026 to %sZ', (text, expected) => {
    const duration = parseDuration(text);
    if (!duration.ok) throw new Error(duration.error);
    expect(addDuration(utc('2026-11-24T12:00:00'), duration.value)).toBe(utc(expected));
  });

  it.each([
    ['2026-01-31T23:59:59.999', 1, '2026-02-28T23:59:59.999'],
    ['2028-01-31T00:00', 1, '2028-02-29T00:00'],
    ['2028-01-30T00:00', 1, '2028-02-29T00:00'],
    ['2026-08-31T00:00', 1, '2026-09-30T00:00'],
    ['2028-02-29T00:00', 12, '2029-02-28T00:00'],
    ['2026-12-31T00:00', 2, '2027-02-28T00:00'],
  ])('leads from %sZ over %i months no further than the end of the month', (from, count, expected) => {
    expect(addDuration(utc(from), { period: 'MONTH', count })).toBe(utc(expected));
  });

  it('always leads forward, and further the longer the duration', () => {
    const periods = fc.constantFrom<Duration['period'][]>(
      'SECOND',
      'HOUR',
      'DAY',
      'WEEK',
      'MONTH',
      'QUARTER',
      'YEAR',
    );
    const instants = fc.integer({ min: 0, max: utc('2100-01-01T00:00') });
    fc.assert(
      fc.property(periods, fc.integer({ min: 1, max: 500 }), instants, (period, count, instantMs) => {
        const shorterMs = addDuration(instantMs, { period, count });
        expect(shorterMs).toBeGreaterThan(instantMs);
        expect(addDuration(instantMs, { period, count: count + 1 })).toBeGreaterThan(shorterMs);
      }),
    );
  });
});
