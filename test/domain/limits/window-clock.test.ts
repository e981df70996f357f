import { windowAt } from '../../../src/domain/limits/window';
import { windowSpec, type WindowSpec } from '../../../src/domain/limits/window-spec';
import { asText, utc } from './wall-clock';

type Given = Partial<WindowSpec> & Pick<WindowSpec, 'period'>;

/** Walks from window to window and writes down where each starts. */
function startsFrom(spec: WindowSpec, instantMs: number, windows: number): string[] {
  const starts: string[] = [];
  let nextMs: number | null = instantMs;
  for (let i = 0; i < windows && nextMs !== null; i++) {
    const window = windowAt(spec, nextMs);
    starts.push(new Date(window.startsAtMs).toISOString().slice(11, 16));
    nextMs = window.endsAtMs;
  }
  return starts;
}

describe('calendar seconds, minutes and hours', () => {
  it.each<[string, Given, string]>([
    ['minute', { period: 'MINUTE' }, '2026-11-24T12:34 to 2026-11-24T12:35'],
    ['five minutes', { period: 'MINUTE', count: 5 }, '2026-11-24T12:30 to 2026-11-24T12:35'],
    ['hour', { period: 'HOUR' }, '2026-11-24T12:00 to 2026-11-24T13:00'],
    [
      'hour in Kathmandu (+5:45)',
      { period: 'HOUR', timezone: 'Asia/Kathmandu' },
      '2026-11-24T12:15 to 2026-11-24T13:15',
    ],
    [
      'quarter in Kathmandu',
      { period: 'MINUTE', count: 15, timezone: 'Asia/Kathmandu' },
      '2026-11-24T12:30 to 2026-11-24T12:45',
    ],
    [
      'half hour in Kathmandu',
      { period: 'MINUTE', count: 30, timezone: 'Asia/Kathmandu' },
      '2026-11-24T12:15 to 2026-11-24T12:45',
    ],
    [
      'six hours in Berlin',
      { period: 'HOUR', count: 6, timezone: 'Europe/Berlin' },
      '2026-11-24T11:00 to 2026-11-24T17:00',
    ],
    [
      'twelve hours from 09:00',
      { period: 'HOUR', count: 12, startOfDayMinutes: 540 },
      '2026-11-24T09:00 to 2026-11-24T21:00',
    ],
    [
      'hour of days from 09:20',
      { period: 'HOUR', startOfDayMinutes: 560 },
      '2026-11-24T12:20 to 2026-11-24T13:20',
    ],
    [
      '24 hours',
      { period: 'HOUR', count: 24, timezone: 'Europe/Berlin' },
      '2026-11-23T23:00 to 2026-11-24T23:00',
    ],
    [
      '1,440 minutes',
      { period: 'MINUTE', count: 1440, timezone: 'Europe/Berlin' },
      '2026-11-23T23:00 to 2026-11-24T23:00',
    ],
    ['36 hours', { period: 'HOUR', count: 36 }, '2026-11-24T00:00 to 2026-11-25T12:00'],
  ])('a window of one %s lies on its multiples', (_what, given, expected) => {
    expect(asText(windowAt(windowSpec(given), utc('2026-11-24T12:34:56.789')))).toBe(expected);
  });

  it('a window of ten seconds lies on its multiples', () => {
    expect(windowAt(windowSpec({ period: 'SECOND', count: 10 }), utc('2026-11-24T12:34:56.789'))).toEqual({
      startsAtMs: utc('2026-11-24T12:34:50'),
      endsAtMs: utc('2026-11-24T12:35:00'),
    });
  });

  it.each<[string, Given, string, string[]]>([
    [
      'hours keep sixty minutes when an hour is skipped',
      { period: 'HOUR', timezone: 'Europe/Berlin' },
      '2026-03-28T23:30',
      ['23:00', '00:00', '01:00', '02:00'],
    ],
    [
      'hours keep sixty minutes when an hour comes twice',
      { period: 'HOUR', timezone: 'Europe/Berlin' },
      '2026-10-24T23:30',
      ['23:00', '00:00', '01:00', '02:00'],
    ],
    [
      'six hours keep to the wall clock in spring',
      { period: 'HOUR', count: 6, timezone: 'America/New_York' },
      '2026-03-08T00:00',
      ['23:00', '05:00', '10:00', '16:00', '22:00', '04:00'],
    ],
    [
      'six hours keep to the wall clock in autumn',
      { period: 'HOUR', count: 6, timezone: 'America/New_York' },
      '2026-11-01T00:00',
      ['22:00', '04:00', '11:00', '17:00', '23:00', '05:00'],
    ],
    [
      'two hours start again when the clock goes back to their start',
      { period: 'HOUR', count: 2, timezone: 'Europe/Berlin' },
      '2026-10-24T22:30',
      ['22:00', '00:00', '01:00', '03:00'],
    ],
    [
      'two hours start at the change that jumps over their start',
      { period: 'HOUR', count: 2, timezone: 'Europe/Berlin' },
      '2026-03-28T23:30',
      ['23:00', '01:00', '02:00', '04:00'],
    ],
    [
      'hours on Lord Howe start at the half-hour change forward',
      { period: 'HOUR', timezone: 'Australia/Lord_Howe' },
      '2026-10-03T14:00',
      ['13:30', '14:30', '15:30', '16:00', '17:00'],
    ],
    [
      'hours on Lord Howe take in the half hour that comes twice',
      { period: 'HOUR', timezone: 'Australia/Lord_Howe' },
      '2026-04-04T13:30',
      ['13:00', '14:00', '15:30', '16:30'],
    ],
    [
      'half hours on Lord Howe run through its change',
      { period: 'MINUTE', count: 30, timezone: 'Australia/Lord_Howe' },
      '2026-10-03T15:00',
      ['15:00', '15:30', '16:00'],
    ],
    [
      'hours run through a change at one minute past midnight',
      { period: 'HOUR', timezone: 'America/St_Johns' },
      '2006-10-29T01:45',
      ['01:30', '02:30', '03:30', '04:30'],
    ],
    [
      'hours run through a change that jumps over one of them in mid-hour',
      { period: 'HOUR', timezone: 'America/St_Johns' },
      '2006-04-02T02:45',
      ['02:30', '03:30', '04:30', '05:30'],
    ],
    [
      'minutes in Liberia start on its own minutes while it is 44½ minutes late',
      { period: 'MINUTE', timezone: 'Africa/Monrovia' },
      '1971-06-01T00:00:10',
      ['23:59', '00:00', '00:01'],
    ],
  ])('%s', (_what, given, from, expected) => {
    expect(startsFrom(windowSpec(given), utc(from), expected.length)).toEqual(expected);
  });

  it('24 hours are a day, which does not start again at a second midnight', () => {
    const spec = windowSpec({ period: 'HOUR', count: 24, timezone: 'America/Havana' });
    expect(asText(windowAt(spec, utc('2026-11-01T12:00')))).toBe('2026-11-01T04:00 to 2026-11-02T05:00');
  });
});
