import { formatDuration, windowFromDuration } from '../../../src/domain/limits/duration-window';
import { windowAt } from '../../../src/domain/limits/window';
import { windowSpec, type WindowSpec } from '../../../src/domain/limits/window-spec';
import { asText, utc } from './wall-clock';

/** A Tuesday. */
const NOW_MS = utc('2026-11-24T12:34:56');

function specOf(text: string, timezone = 'UTC', startOfDayMinutes = 0): WindowSpec {
  const result = windowFromDuration(text, { timezone, nowMs: NOW_MS, startOfDayMinutes });
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('windowFromDuration', () => {
  it.each([
    ['1d', '2026-11-24T00:00 to 2026-11-25T00:00'],
    ['24h', '2026-11-24T00:00 to 2026-11-25T00:00'],
    ['daily', '2026-11-24T00:00 to 2026-11-25T00:00'],
    ['7d', '2026-11-23T00:00 to 2026-11-30T00:00'],
    ['1w', '2026-11-23T00:00 to 2026-11-30T00:00'],
    ['weekly', '2026-11-23T00:00 to 2026-11-30T00:00'],
    ['30d', '2026-11-01T00:00 to 2026-12-01T00:00'],
    ['1mo', '2026-11-01T00:00 to 2026-12-01T00:00'],
    ['monthly', '2026-11-01T00:00 to 2026-12-01T00:00'],
    ['2d', '2026-11-24T00:00 to 2026-11-26T00:00'],
    ['14d', '2026-11-24T00:00 to 2026-12-08T00:00'],
    ['2w', '2026-11-24T00:00 to 2026-12-08T00:00'],
    ['31d', '2026-11-24T00:00 to 2026-12-25T00:00'],
    ['1h', '2026-11-24T12:00 to 2026-11-24T13:00'],
    ['hourly', '2026-11-24T12:00 to 2026-11-24T13:00'],
    ['12h', '2026-11-24T12:00 to 2026-11-25T00:00'],
    ['30m', '2026-11-24T12:30 to 2026-11-24T13:00'],
    ['3mo', '2026-10-01T00:00 to 2027-01-01T00:00'],
    ['quarterly', '2026-10-01T00:00 to 2027-01-01T00:00'],
    ['yearly', '2026-01-01T00:00 to 2027-01-01T00:00'],
  ])('aligns "%s" as %s', (text, expected) => {
    expect(asText(windowAt(specOf(text), NOW_MS))).toBe(expected);
  });

  it('aligns "10s" with the ten seconds of the clock', () => {
    expect(windowAt(specOf('10s'), NOW_MS)).toEqual({
      startsAtMs: utc('2026-11-24T12:34:50'),
      endsAtMs: utc('2026-11-24T12:35:00'),
    });
  });

  it('ends at midnight of the given zone', () => {
    expect(asText(windowAt(specOf('1d', 'America/New_York'), NOW_MS))).toBe(
      '2026-11-24T05:00 to 2026-11-25T05:00',
    );
    expect(asText(windowAt(specOf('3d', 'Asia/Tokyo'), NOW_MS))).toBe('2026-11-23T15:00 to 2026-11-26T15:00');
  });

  it('ends at the given time of day, for days and longer', () => {
    expect(asText(windowAt(specOf('30d', 'UTC', 540), NOW_MS))).toBe('2026-11-01T09:00 to 2026-12-01T09:00');
    expect(asText(windowAt(specOf('3d', 'UTC', 780), NOW_MS))).toBe('2026-11-23T13:00 to 2026-11-26T13:00');
    expect(asText(windowAt(specOf('6h', 'UTC', 540), NOW_MS))).toBe('2026-11-24T12:00 to 2026-11-24T18:00');
  });

  it.each([
    ['soon', 'UTC', 0, '"soon" is not a duration'],
    ['1d', 'Europe/Atlantis', 0, '"Europe/Atlantis" is not a known IANA time zone'],
    ['1h', 'Europe/Atlantis', 0, '"Europe/Atlantis" is not a known IANA time zone'],
    ['1d', 'UTC', 1440, 'startOfDayMinutes must be'],
    ['40000d', 'UTC', 0, 'count must be a whole number from 1 to 36525 for DAY, not 40000'],
  ])('refuses "%s" in %s from minute %i', (text, timezone, startOfDayMinutes, message) => {
    expect(windowFromDuration(text, { timezone, nowMs: NOW_MS, startOfDayMinutes })).toEqual({
      ok: false,
      error: expect.stringContaining(message) as string,
    });
  });
});

describe('formatDuration', () => {
  it.each([
    ['1d', '24h'],
    ['24h', '24h'],
    ['1w', '7d'],
    ['7d', '7d'],
    ['30d', '30d'],
    ['monthly', '30d'],
    ['14d', '14d'],
    ['2w', '14d'],
    ['31d', '31d'],
    ['1h', '1h'],
    ['30m', '30m'],
    ['10s', '10s'],
    ['6mo', '6mo'],
    ['quarterly', '3mo'],
    ['yearly', '12mo'],
  ])('writes the window of "%s" as "%s", which gives the same window again', (text, expected) => {
    const written = formatDuration(specOf(text, 'Europe/Berlin'));
    expect(written).toBe(expected);
    const again = specOf(written ?? '', 'Europe/Berlin');
    for (const instant of ['2026-11-24T12:00', '2027-03-28T00:30', '2031-02-01T00:00']) {
      expect(windowAt(again, utc(instant))).toEqual(windowAt(specOf(text, 'Europe/Berlin'), utc(instant)));
    }
  });

  it.each<[string, Partial<WindowSpec> & Pick<WindowSpec, 'period'>]>([
    ['the total', { period: 'TOTAL' }],
    ['days from 09:00', { period: 'DAY', startOfDayMinutes: 540 }],
    ['hours from half past', { period: 'HOUR', startOfDayMinutes: 30 }],
    ['pairs of calendar days', { period: 'DAY', count: 2 }],
    ['pairs of calendar weeks', { period: 'WEEK', count: 2 }],
    ['weeks from Sunday', { period: 'WEEK', firstDayOfWeek: 7 }],
    ['years from April', { period: 'YEAR', fiscalStartMonth: 4 }],
    ['quarters from February', { period: 'QUARTER', fiscalStartMonth: 2 }],
    ['rolling days', { period: 'DAY', anchorMs: NOW_MS }],
    ['rolling weeks', { period: 'WEEK', anchorMs: NOW_MS }],
    ['rolling thirty days', { period: 'DAY', count: 30, anchorMs: NOW_MS }],
    ['rolling months', { period: 'MONTH', anchorMs: NOW_MS }],
    ['rolling hours', { period: 'HOUR', anchorMs: NOW_MS }],
  ])('has no string for %s', (_what, given) => {
    expect(formatDuration(windowSpec(given))).toBeNull();
  });
});
