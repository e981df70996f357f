import fc from 'fast-check';
import { Timezone, isTimezoneName, timezoneNamed } from '../../../src/domain/limits/timezone';
import { ALL_TIMEZONES, offsetMs, utc, wallClock } from './wall-clock';

const QUARTER_HOUR_MS = 15 * 60_000;
const instants = fc.integer({ min: utc('1970-01-01T00:00'), max: utc('2100-01-01T00:00') });

describe('Timezone', () => {
  it('gives the offset that Intl gives, for every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL_TIMEZONES), instants, (name, instantMs) => {
        const run = timezoneNamed(name).runAt(instantMs);
        expect(run.offsetMs).toBe(offsetMs(name, instantMs));
        expect(run.fromMs <= instantMs && instantMs < run.untilMs).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T01:00', 60],
    ['Europe/Berlin', '2026-10-25T01:00', -60],
    ['America/New_York', '2026-03-08T07:00', 60],
    ['America/New_York', '2026-11-01T06:00', -60],
    ['Australia/Lord_Howe', '2026-04-04T15:00', -30],
    ['Australia/Lord_Howe', '2026-10-03T15:30', 30],
    ['Pacific/Apia', '2011-12-30T10:00', 24 * 60],
    ['Africa/Monrovia', '1972-01-07T00:44:30', 44.5],
  ])('finds the change of clocks in %s at %sZ to the second', (name, text, minutes) => {
    const zone = new Timezone(name);
    const before = zone.runAt(utc(text) - 1);
    const after = zone.runAt(utc(text));
    expect(before.untilMs).toBe(utc(text));
    expect(after.fromMs).toBe(utc(text));
    expect(after.offsetMs - before.offsetMs).toBe(minutes * 60_000);
  });

  it('finds the first instant that shows a time, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL_TIMEZONES), instants, (name, wallMs) => {
        const firstMs = timezoneNamed(name).firstInstantShowing(wallMs);
        expect(wallClock(name, firstMs)).toBeGreaterThanOrEqual(wallMs);
        expect(wallClock(name, firstMs - 1)).toBeLessThan(wallMs);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a skipped time for the moment of the change and a repeated one for its first coming', () => {
    const zone = new Timezone('Europe/Berlin');
    expect(zone.firstInstantShowing(utc('2026-03-29T02:30'))).toBe(utc('2026-03-29T01:00'));
    expect(zone.firstInstantShowing(utc('2026-10-25T02:30'))).toBe(utc('2026-10-25T00:30'));
  });

  it('is a whole number of quarters of an hour from UTC in every zone since 1980', () => {
    const odd: string[] = [];
    for (const name of ALL_TIMEZONES) {
      for (let year = 1980; year < 2040; year++) {
        for (const month of [0, 6]) {
          const instantMs = Date.UTC(year, month, 1);
          if (offsetMs(name, instantMs) % QUARTER_HOUR_MS !== 0) odd.push(`${name} in ${year}`);
        }
      }
    }
    expect(odd).toEqual([]);
  });

  it('keeps answering rightly after more days than it keeps', () => {
    const zone = new Timezone('Europe/Berlin');
    for (let day = 0; day < 1200; day++) zone.runAt(utc('2026-01-01T12:00') + day * 86_400_000);
    expect(zone.runAt(utc('2026-07-01T12:00')).offsetMs).toBe(2 * 3_600_000);
  });
});

describe('isTimezoneName', () => {
  it.each(['Europe/Berlin', 'UTC', 'Asia/Kolkata', 'US/Eastern', 'Etc/GMT+5'])('knows %s', (name) => {
    expect(isTimezoneName(name)).toBe(true);
  });

  it.each(['', 'Europe/Atlantis', '+02:00', '-05:00', 'UTC+2', ' Europe/Berlin'])('refuses "%s"', (name) => {
    expect(isTimezoneName(name)).toBe(false);
  });
});
