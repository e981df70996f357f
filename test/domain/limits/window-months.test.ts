import { windowAt } from '../../../src/domain/limits/window';
import { windowSpec, type WindowSpec } from '../../../src/domain/limits/window-spec';
import { asText, utc } from './wall-clock';

describe('calendar months', () => {
  it.each([
    ['2026-01-31T23:59', '2026-01-01T00:00 to 2026-02-01T00:00'],
    ['2026-02-28T23:59', '2026-02-01T00:00 to 2026-03-01T00:00'],
    ['2028-02-29T12:00', '2028-02-01T00:00 to 2028-03-01T00:00'],
    ['2100-02-28T12:00', '2100-02-01T00:00 to 2100-03-01T00:00'],
    ['2026-12-31T23:59', '2026-12-01T00:00 to 2027-01-01T00:00'],
  ])('hold %sZ from the 1st to the 1st', (instant, expected) => {
    expect(asText(windowAt(windowSpec({ period: 'MONTH' }), utc(instant)))).toBe(expected);
  });

  it('run on the clock of the zone, with its change inside', () => {
    const spec = windowSpec({ period: 'MONTH', timezone: 'Europe/Berlin' });
    expect(asText(windowAt(spec, utc('2026-03-31T21:59')))).toBe('2026-02-28T23:00 to 2026-03-31T22:00');
  });

  it('start at the start of day of the 1st', () => {
    const spec = windowSpec({ period: 'MONTH', timezone: 'America/New_York', startOfDayMinutes: 540 });
    expect(asText(windowAt(spec, utc('2026-11-01T13:59')))).toBe('2026-10-01T13:00 to 2026-11-01T14:00');
  });
});

describe('groups of calendar months', () => {
  it.each<[string, Partial<WindowSpec> & Pick<WindowSpec, 'period'>, string]>([
    ['quarters', { period: 'QUARTER' }, '2026-10-01T00:00 to 2027-01-01T00:00'],
    [
      'quarters of a year from February',
      { period: 'QUARTER', fiscalStartMonth: 2 },
      '2026-11-01T00:00 to 2027-02-01T00:00',
    ],
    [
      'quarters of a year from December',
      { period: 'QUARTER', fiscalStartMonth: 12 },
      '2026-09-01T00:00 to 2026-12-01T00:00',
    ],
    ['years', { period: 'YEAR' }, '2026-01-01T00:00 to 2027-01-01T00:00'],
    ['years from April', { period: 'YEAR', fiscalStartMonth: 4 }, '2026-04-01T00:00 to 2027-04-01T00:00'],
    ['years from December', { period: 'YEAR', fiscalStartMonth: 12 }, '2025-12-01T00:00 to 2026-12-01T00:00'],
    [
      'half years from April',
      { period: 'QUARTER', count: 2, fiscalStartMonth: 4 },
      '2026-10-01T00:00 to 2027-04-01T00:00',
    ],
    ['six months', { period: 'MONTH', count: 6 }, '2026-07-01T00:00 to 2027-01-01T00:00'],
    [
      'two months from April',
      { period: 'MONTH', count: 2, fiscalStartMonth: 4 },
      '2026-10-01T00:00 to 2026-12-01T00:00',
    ],
    ['five months', { period: 'MONTH', count: 5 }, '2026-09-01T00:00 to 2027-02-01T00:00'],
    ['two years', { period: 'YEAR', count: 2 }, '2026-01-01T00:00 to 2028-01-01T00:00'],
    [
      'three years from July',
      { period: 'YEAR', count: 3, fiscalStartMonth: 7 },
      '2024-07-01T00:00 to 2027-07-01T00:00',
    ],
  ])('%s are counted from the fiscal year that starts in 1970', (_what, given, expected) => {
    expect(asText(windowAt(windowSpec(given), utc('2026-11-24T12:00')))).toBe(expected);
  });

  it('before the fiscal year of 1970 are counted backwards from it', () => {
    const spec = windowSpec({ period: 'YEAR', fiscalStartMonth: 7 });
    expect(asText(windowAt(spec, utc('1970-01-01T00:00')))).toBe('1969-07-01T00:00 to 1970-07-01T00:00');
  });
});
