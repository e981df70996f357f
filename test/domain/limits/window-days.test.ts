import { windowAt } from '../../../src/domain/limits/window';
import { windowSpec } from '../../../src/domain/limits/window-spec';
import { asText, utc } from './wall-clock';

describe('calendar days', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T12:00', '2026-03-28T23:00 to 2026-03-29T22:00', 23],
    ['Europe/Berlin', '2026-10-25T12:00', '2026-10-24T22:00 to 2026-10-25T23:00', 25],
    ['Europe/Berlin', '2026-11-24T12:00', '2026-11-23T23:00 to 2026-11-24T23:00', 24],
    ['America/New_York', '2026-03-08T12:00', '2026-03-08T05:00 to 2026-03-09T04:00', 23],
    ['America/New_York', '2026-11-01T12:00', '2026-11-01T04:00 to 2026-11-02T05:00', 25],
    ['Australia/Lord_Howe', '2026-04-05T01:00', '2026-04-04T13:00 to 2026-04-05T13:30', 24.5],
    ['Australia/Lord_Howe', '2026-10-04T01:00', '2026-10-03T13:30 to 2026-10-04T13:00', 23.5],
    ['Asia/Kathmandu', '2026-11-24T12:00', '2026-11-23T18:15 to 2026-11-24T18:15', 24],
  ])('run from midnight to midnight in %s around %sZ', (timezone, instant, expected, hours) => {
    const window = windowAt(windowSpec({ period: 'DAY', timezone }), utc(instant));
    expect(asText(window)).toBe(expected);
    expect(((window.endsAtMs ?? NaN) - window.startsAtMs) / 3_600_000).toBe(hours);
  });

  it.each([
    [
      'America/Santiago',
      'a midnight that is skipped',
      '2026-09-06T12:00',
      '2026-09-06T04:00 to 2026-09-07T03:00',
    ],
    [
      'America/Havana',
      'the first of two midnights',
      '2026-11-01T12:00',
      '2026-11-01T04:00 to 2026-11-02T05:00',
    ],
    [
      'America/St_Johns',
      'a midnight undone one minute later',
      '2006-10-29T02:45',
      '2006-10-29T02:30 to 2006-10-30T03:30',
    ],
    [
      'Pacific/Apia',
      'the day before one that never was',
      '2011-12-30T09:59',
      '2011-12-29T10:00 to 2011-12-30T10:00',
    ],
    [
      'Pacific/Apia',
      'the day after one that never was',
      '2011-12-30T10:00',
      '2011-12-30T10:00 to 2011-12-31T10:00',
    ],
  ])('start in %s at %s', (timezone, _what, instant, expected) => {
    expect(asText(windowAt(windowSpec({ period: 'DAY', timezone }), utc(instant)))).toBe(expected);
  });

  it.each([
    ['before the start', '2026-11-24T07:59', '2026-11-23T08:00 to 2026-11-24T08:00'],
    ['from the start', '2026-11-24T08:00', '2026-11-24T08:00 to 2026-11-25T08:00'],
    ['over the night in spring', '2026-03-29T00:00', '2026-03-28T08:00 to 2026-03-29T07:00'],
    ['over the night in autumn', '2026-10-25T00:00', '2026-10-24T07:00 to 2026-10-25T08:00'],
  ])('from 09:00 in Berlin hold an instant %s', (_what, instant, expected) => {
    const spec = windowSpec({ period: 'DAY', timezone: 'Europe/Berlin', startOfDayMinutes: 540 });
    expect(asText(windowAt(spec, utc(instant)))).toBe(expected);
  });

  it.each([
    ['skipped: at the change', '2026-03-29T12:00', '2026-03-29T01:00 to 2026-03-30T00:30'],
    ['repeated: at its first coming', '2026-10-25T12:00', '2026-10-25T00:30 to 2026-10-26T01:30'],
  ])('start in Berlin at a 02:30 that is %s', (_what, instant, expected) => {
    const spec = windowSpec({ period: 'DAY', timezone: 'Europe/Berlin', startOfDayMinutes: 150 });
    expect(asText(windowAt(spec, utc(instant)))).toBe(expected);
  });

  it('in groups are counted from 1 January 1970', () => {
    const spec = windowSpec({ period: 'DAY', count: 10 });
    expect(asText(windowAt(spec, utc('1970-01-10T23:59')))).toBe('1970-01-01T00:00 to 1970-01-11T00:00');
    expect(asText(windowAt(spec, utc('2026-11-24T12:00')))).toBe('2026-11-23T00:00 to 2026-12-03T00:00');
  });
});

describe('calendar weeks', () => {
  it.each([
    [1, 'Monday', '2026-11-23T00:00 to 2026-11-30T00:00'],
    [2, 'Tuesday', '2026-11-24T00:00 to 2026-12-01T00:00'],
    [3, 'Wednesday', '2026-11-18T00:00 to 2026-11-25T00:00'],
    [6, 'Saturday', '2026-11-21T00:00 to 2026-11-28T00:00'],
    [7, 'Sunday', '2026-11-22T00:00 to 2026-11-29T00:00'],
  ])('from day %i start on %s', (firstDayOfWeek, _name, expected) => {
    const spec = windowSpec({ period: 'WEEK', firstDayOfWeek });
    expect(asText(windowAt(spec, utc('2026-11-24T12:00')))).toBe(expected);
  });

  it('last an hour less with the clocks put forward inside', () => {
    const spec = windowSpec({ period: 'WEEK', timezone: 'Europe/Berlin' });
    expect(asText(windowAt(spec, utc('2026-03-29T21:59')))).toBe('2026-03-22T23:00 to 2026-03-29T22:00');
  });

  it('in groups are counted from the week that holds 1 January 1970, a Thursday', () => {
    const spec = windowSpec({ period: 'WEEK', count: 2 });
    expect(asText(windowAt(spec, utc('1970-01-01T00:00')))).toBe('1969-12-29T00:00 to 1970-01-12T00:00');
  });
});

describe('the total', () => {
  it('is one window from the epoch that never ends', () => {
    const spec = windowSpec({ period: 'TOTAL' });
    for (const instant of ['1970-01-01T00:00', '2026-11-24T12:00', '9999-12-31T23:59']) {
      expect(windowAt(spec, utc(instant))).toEqual({ startsAtMs: 0, endsAtMs: null });
    }
  });
});

describe('instants that no window holds', () => {
  it.each([-1, NaN, Infinity, 253_402_300_800_000])('such as %s are a fault', (instantMs) => {
    expect(() => windowAt(windowSpec({ period: 'DAY' }), instantMs)).toThrow('not between 1970 and 9999');
  });
});
