import { windowAt } from '../../../src/domain/limits/window';
import { windowSpec, type WindowPeriod } from '../../../src/domain/limits/window-spec';
import { asText, utc } from './wall-clock';

function rolling(period: WindowPeriod, count: number, anchor: string, timezone = 'UTC') {
  return windowSpec({ period, count, anchorMs: utc(anchor), timezone });
}

describe('rolling windows', () => {
  it.each<[WindowPeriod, number, string, string]>([
    ['SECOND', 90, '2026-11-24T11:59:30', '2026-11-24T11:59 to 2026-11-24T12:01'],
    ['MINUTE', 7, '2026-11-24T11:50', '2026-11-24T11:57 to 2026-11-24T12:04'],
    ['HOUR', 5, '2026-11-20T10:30', '2026-11-24T09:30 to 2026-11-24T14:30'],
    ['DAY', 14, '2026-11-01T00:00', '2026-11-15T00:00 to 2026-11-29T00:00'],
    ['WEEK', 1, '2026-11-01T08:00', '2026-11-22T08:00 to 2026-11-29T08:00'],
    ['MONTH', 1, '2026-01-15T09:30', '2026-11-15T09:30 to 2026-12-15T09:30'],
    ['QUARTER', 1, '2026-01-15T09:30', '2026-10-15T09:30 to 2027-01-15T09:30'],
    ['YEAR', 1, '2020-12-01T00:00', '2025-12-01T00:00 to 2026-12-01T00:00'],
  ])('of one %s times %i from %sZ follow each other', (period, count, anchor, expected) => {
    expect(asText(windowAt(rolling(period, count, anchor), utc('2026-11-24T12:00:10')))).toBe(expected);
  });

  it('reach back before their anchor', () => {
    expect(asText(windowAt(rolling('MONTH', 1, '2027-03-31T00:00'), utc('2027-02-01T00:00')))).toBe(
      '2027-01-31T00:00 to 2027-02-28T00:00',
    );
  });

  it('from a 31st end on the last day of shorter months and come back to the 31st', () => {
    const spec = rolling('MONTH', 1, '2027-12-31T10:00');
    const starts: string[] = [];
    let nextMs: number | null = utc('2027-12-31T10:00');
    for (let i = 0; i < 6 && nextMs !== null; i++) {
      const window = windowAt(spec, nextMs);
      starts.push(asText(window).slice(0, 16));
      nextMs = window.endsAtMs;
    }
    expect(starts).toEqual([
      '2027-12-31T10:00',
      '2028-01-31T10:00',
      '2028-02-29T10:00',
      '2028-03-31T10:00',
      '2028-04-30T10:00',
      '2028-05-31T10:00',
    ]);
  });

  it.each([
    ['2025-06-01T00:00', '2025-02-28T00:00 to 2026-02-28T00:00'],
    ['2027-06-01T00:00', '2027-02-28T00:00 to 2028-02-29T00:00'],
    ['2028-02-28T12:00', '2027-02-28T00:00 to 2028-02-29T00:00'],
    ['2028-02-29T00:00', '2028-02-29T00:00 to 2029-02-28T00:00'],
  ])('of a year from a 29 February hold %sZ', (instant, expected) => {
    expect(asText(windowAt(rolling('YEAR', 1, '2024-02-29T00:00'), utc(instant)))).toBe(expected);
  });

  it('of days keep the time on the wall over a change of clocks', () => {
    const spec = rolling('DAY', 1, '2026-03-27T08:00', 'Europe/Berlin');
    expect(asText(windowAt(spec, utc('2026-03-28T12:00')))).toBe('2026-03-28T08:00 to 2026-03-29T07:00');
  });

  it('of hours keep their length over a change of clocks', () => {
    const spec = rolling('HOUR', 24, '2026-03-27T08:00', 'Europe/Berlin');
    expect(asText(windowAt(spec, utc('2026-03-28T12:00')))).toBe('2026-03-28T08:00 to 2026-03-29T08:00');
  });

  it('start at an anchor in the second of two equal hours, and days later at the one hour of that name', () => {
    const spec = rolling('DAY', 1, '2026-10-25T01:30', 'Europe/Berlin');
    expect(asText(windowAt(spec, utc('2026-10-25T01:30')))).toBe('2026-10-25T01:30 to 2026-10-26T01:30');
    expect(asText(windowAt(spec, utc('2026-10-25T01:29')))).toBe('2026-10-24T00:30 to 2026-10-25T01:30');
  });
});
