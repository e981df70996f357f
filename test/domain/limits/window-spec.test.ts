import {
  maxWindowCount,
  validateWindowSpec,
  windowSpec,
  WINDOW_PERIODS,
  type WindowSpec,
} from '../../../src/domain/limits/window-spec';

describe('windowSpec', () => {
  it('fills in one calendar period in UTC from midnight, Monday and January', () => {
    expect(windowSpec({ period: 'DAY' })).toEqual({
      period: 'DAY',
      count: 1,
      alignment: 'CALENDAR',
      anchorMs: null,
      timezone: 'UTC',
      startOfDayMinutes: 0,
      firstDayOfWeek: 1,
      fiscalStartMonth: 1,
    });
  });

  it('takes an anchor for a rolling window', () => {
    expect(windowSpec({ period: 'DAY', anchorMs: 0 }).alignment).toBe('ROLLING');
  });
});

describe('validateWindowSpec', () => {
  it.each(WINDOW_PERIODS)('accepts one calendar %s as it is', (period) => {
    const spec = windowSpec({
      period,
      timezone: 'Asia/Kathmandu',
      startOfDayMinutes: 1439,
      firstDayOfWeek: 7,
    });
    expect(validateWindowSpec(spec)).toEqual({ ok: true, value: spec });
  });

  it('accepts every period but TOTAL from an anchor', () => {
    for (const period of WINDOW_PERIODS) {
      const result = validateWindowSpec(windowSpec({ period, anchorMs: 1_790_000_000_000 }));
      expect([period, result.ok]).toEqual([period, period !== 'TOTAL']);
    }
  });

  it.each<[string, Partial<WindowSpec> & Pick<WindowSpec, 'period'>, keyof WindowSpec, RegExp]>([
    ['an unknown zone', { period: 'DAY', timezone: 'Europe/Atlantis' }, 'timezone', /"Europe\/Atlantis"/],
    ['a bare offset', { period: 'DAY', timezone: '+02:00' }, 'timezone', /"\+02:00"/],
    ['no periods', { period: 'DAY', count: 0 }, 'count', /from 1 to 36525 for DAY, not 0/],
    ['half a period', { period: 'MONTH', count: 1.5 }, 'count', /not 1.5/],
    ['a count that is no number', { period: 'HOUR', count: NaN }, 'count', /not NaN/],
    ['more than a hundred years', { period: 'YEAR', count: 101 }, 'count', /from 1 to 100 for YEAR/],
    ['two totals', { period: 'TOTAL', count: 2 }, 'count', /from 1 to 1 for TOTAL/],
    [
      'a day that starts on the next one',
      { period: 'DAY', startOfDayMinutes: 1440 },
      'startOfDayMinutes',
      /1439/,
    ],
    ['weeks from a day 0', { period: 'WEEK', firstDayOfWeek: 0 }, 'firstDayOfWeek', /from 1 to 7/],
    ['years from a month 13', { period: 'YEAR', fiscalStartMonth: 13 }, 'fiscalStartMonth', /from 1 to 12/],
    ['rolling without an anchor', { period: 'DAY', alignment: 'ROLLING' }, 'anchorMs', /needs an anchor/],
    [
      'an anchor on the calendar',
      { period: 'DAY', alignment: 'CALENDAR', anchorMs: 0 },
      'anchorMs',
      /no anchor/,
    ],
    ['an anchor before 1970', { period: 'DAY', anchorMs: -1 }, 'anchorMs', /from 0/],
    ['a rolling total', { period: 'TOTAL', anchorMs: 0 }, 'alignment', /TOTAL/],
    [
      'rolling days from 09:00',
      { period: 'DAY', anchorMs: 0, startOfDayMinutes: 540 },
      'startOfDayMinutes',
      /anchor/,
    ],
    [
      'rolling weeks from Sunday',
      { period: 'WEEK', anchorMs: 0, firstDayOfWeek: 7 },
      'firstDayOfWeek',
      /anchor/,
    ],
    [
      'rolling fiscal years',
      { period: 'YEAR', anchorMs: 0, fiscalStartMonth: 4 },
      'fiscalStartMonth',
      /anchor/,
    ],
  ])('refuses %s and names the field', (_what, given, field, message) => {
    const result = validateWindowSpec(windowSpec(given));
    expect(result).toEqual({
      ok: false,
      error: { field, message: expect.stringMatching(message) as string },
    });
  });

  it('refuses words that no window has, as untyped doors may send them', () => {
    const sent = JSON.parse('{"period":"FORTNIGHT"}') as WindowSpec;
    expect(validateWindowSpec(windowSpec(sent))).toMatchObject({ ok: false, error: { field: 'period' } });
    const aligned = JSON.parse('{"period":"DAY","alignment":"LUNAR"}') as WindowSpec;
    expect(validateWindowSpec(windowSpec(aligned))).toMatchObject({
      ok: false,
      error: { field: 'alignment' },
    });
  });

  it('allows about a hundred years of each period', () => {
    expect(WINDOW_PERIODS.map((period) => maxWindowCount(period))).toEqual([
      3_155_760_000, 52_596_000, 876_600, 36_525, 5_217, 1_200, 400, 100, 1,
    ]);
  });
});
