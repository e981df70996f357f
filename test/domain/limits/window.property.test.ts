import fc from 'fast-check';
import { windowAt } from '../../../src/domain/limits/window';
import { WindowCache } from '../../../src/domain/limits/window-cache';
import {
  maxWindowCount,
  validateWindowSpec,
  windowSpec,
  WINDOW_PERIODS,
  type WindowPeriod,
  type WindowSpec,
} from '../../../src/domain/limits/window-spec';
import { ALL_TIMEZONES, offsetMs, utc, wallClock } from './wall-clock';

const DAY_MS = 86_400_000;
const BOUNDED = WINDOW_PERIODS.filter((period) => period !== 'TOTAL');
const LENGTH_MS: Partial<Record<WindowPeriod, number>> = { SECOND: 1_000, MINUTE: 60_000, HOUR: 3_600_000 };
const MONTHS: Partial<Record<WindowPeriod, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Zones that left out or repeated a whole day when they moved across the date line. */
const DATE_LINE = /Apia|Fakaofo|Enderbury|Kanton|Kiritimati|Kwajalein/;

const timezones = fc.constantFrom(...ALL_TIMEZONES);
const instants = fc.integer({ min: utc('1970-01-01T00:00'), max: utc('2100-01-01T00:00') });

/** Instants next to a change of clocks, which random ones seldom meet. */
const changes = fc
  .record({
    change: fc.constantFrom('2026-03-29T01:00', '2026-10-25T01:00', '2026-04-04T15:00', '2026-10-03T15:30'),
    afterMs: fc.integer({ min: -DAY_MS, max: DAY_MS }),
  })
  .map(({ change, afterMs }) => utc(change) + afterMs);
const anyInstant = fc.oneof(instants, changes);
const anyTimezone = fc.oneof(timezones, fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe'));

function counts(period: WindowPeriod): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constant(1),
    fc.integer({ min: 1, max: 30 }),
    fc.integer({ min: 1, max: maxWindowCount(period) }),
  );
}

const calendarSpecs: fc.Arbitrary<WindowSpec> = fc.constantFrom(...BOUNDED).chain((period) =>
  fc
    .record({
      count: counts(period),
      timezone: anyTimezone,
      startOfDayMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1439 })),
      firstDayOfWeek: fc.integer({ min: 1, max: 7 }),
      fiscalStartMonth: fc.integer({ min: 1, max: 12 }),
    })
    .map((given) => windowSpec({ period, ...given })),
);
const rollingSpecs: fc.Arbitrary<WindowSpec> = fc
  .constantFrom(...BOUNDED)
  .chain((period) =>
    fc
      .record({ count: counts(period), timezone: anyTimezone, anchorMs: anyInstant })
      .map((given) => windowSpec({ period, ...given })),
  );
const specs = fc.oneof(calendarSpecs, rollingSpecs);

function bounded(spec: WindowSpec, instantMs: number): { startsAtMs: number; endsAtMs: number } {
  const { startsAtMs, endsAtMs } = windowAt(spec, instantMs);
  if (endsAtMs === null) throw new Error('a window without an end');
  return { startsAtMs, endsAtMs };
}

describe('the windows of any valid spec', () => {
  it('are those of a spec that is accepted', () => {
    fc.assert(
      fc.property(specs, (spec) => expect(validateWindowSpec(spec)).toEqual({ ok: true, value: spec })),
    );
  });

  it('hold the instant, follow each other without gap or overlap, and are the same for every instant inside', () => {
    fc.assert(
      fc.property(specs, anyInstant, fc.double({ min: 0, max: 1, noNaN: true }), (spec, instantMs, share) => {
        const window = bounded(spec, instantMs);
        const { startsAtMs, endsAtMs } = window;
        expect(Number.isSafeInteger(startsAtMs) && Number.isSafeInteger(endsAtMs)).toBe(true);
        expect(startsAtMs <= instantMs && instantMs < endsAtMs).toBe(true);
        expect(bounded(spec, endsAtMs).startsAtMs).toBe(endsAtMs);
        if (startsAtMs > 0) {
          expect(bounded(spec, startsAtMs - 1).endsAtMs).toBe(startsAtMs);
          expect(bounded(spec, startsAtMs)).toEqual(window);
        }
        expect(bounded(spec, endsAtMs - 1)).toEqual(window);
        const insideMs = Math.max(0, startsAtMs + Math.floor((endsAtMs - 1 - startsAtMs) * share));
        expect(bounded(spec, insideMs)).toEqual(window);
      }),
      { numRuns: 1500 },
    );
  });

  it('are the same from a cache, in whatever order instants come', () => {
    const cache = new WindowCache();
    fc.assert(
      fc.property(fc.array(specs, { minLength: 1, maxLength: 3 }), fc.array(anyInstant), (several, times) => {
        for (const instantMs of times) {
          for (const spec of several) expect(cache.at(spec, instantMs)).toEqual(windowAt(spec, instantMs));
        }
      }),
    );
  });
});

describe('calendar windows of a day or more', () => {
  const long = calendarSpecs.filter((spec) => !(spec.period in LENGTH_MS) && !DATE_LINE.test(spec.timezone));

  it('start where the wall clock first reaches the start of a day of the right name', () => {
    fc.assert(
      fc.property(long, anyInstant, (spec, instantMs) => {
        const { startsAtMs } = bounded(spec, instantMs);
        const shiftMs = spec.startOfDayMinutes * 60_000;
        const dayOf = (ms: number): number => Math.floor((wallClock(spec.timezone, ms) - shiftMs) / DAY_MS);
        const day = dayOf(startsAtMs);
        const date = new Date(day * DAY_MS);
        expect(dayOf(startsAtMs - 1)).toBe(day - 1);
        if (spec.period === 'DAY') expect(Math.abs(day % spec.count)).toBe(0);
        if (spec.period === 'WEEK') expect(date.getUTCDay() % 7).toBe(spec.firstDayOfWeek % 7);
        const months = MONTHS[spec.period];
        if (months === undefined) return;
        const sinceOrigin =
          (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth() + 1 - spec.fiscalStartMonth;
        expect(date.getUTCDate()).toBe(1);
        expect(Math.abs(sinceOrigin % (months * spec.count))).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('calendar windows under a day', () => {
  const short = calendarSpecs.filter((spec) => (LENGTH_MS[spec.period] ?? DAY_MS) * spec.count < DAY_MS);

  it('have their length and start on a multiple of it unless clocks are changed', () => {
    fc.assert(
      fc.property(short, anyInstant, (spec, instantMs) => {
        const { startsAtMs, endsAtMs } = bounded(spec, instantMs);
        const lengthMs = (LENGTH_MS[spec.period] ?? NaN) * spec.count;
        const offsets = [startsAtMs - 1, startsAtMs, endsAtMs].map((ms) => offsetMs(spec.timezone, ms));
        fc.pre(new Set(offsets).size === 1);
        expect(endsAtMs - startsAtMs).toBe(lengthMs);
        const sinceDayStartMs = wallClock(spec.timezone, startsAtMs) - spec.startOfDayMinutes * 60_000;
        expect(Math.abs(sinceDayStartMs % lengthMs)).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('never last longer than their length and the hours that come twice', () => {
    fc.assert(
      fc.property(short, changes, (spec, instantMs) => {
        const { startsAtMs, endsAtMs } = bounded(spec, instantMs);
        const repeatedMs = Math.max(
          0,
          offsetMs(spec.timezone, startsAtMs) - offsetMs(spec.timezone, endsAtMs),
        );
        expect(endsAtMs - startsAtMs).toBeLessThanOrEqual(
          (LENGTH_MS[spec.period] ?? NaN) * spec.count + repeatedMs,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('rolling windows', () => {
  it('start at their anchor', () => {
    fc.assert(
      fc.property(rollingSpecs, (spec) => {
        const anchorMs = spec.anchorMs ?? NaN;
        expect(bounded(spec, anchorMs).startsAtMs).toBe(anchorMs);
        if (anchorMs > 0) expect(bounded(spec, anchorMs - 1).endsAtMs).toBe(anchorMs);
      }),
      { numRuns: 1000 },
    );
  });

  it('of months start on the day of the anchor or on the last of a month that lacks it', () => {
    const monthly = rollingSpecs.filter((spec) => spec.period in MONTHS && !DATE_LINE.test(spec.timezone));
    fc.assert(
      fc.property(monthly, anyInstant, (spec, instantMs) => {
        const anchorDay = new Date(wallClock(spec.timezone, spec.anchorMs ?? NaN)).getUTCDate();
        // A time of day that a change of clocks skips may be made up for after midnight; that is tested elsewhere.
        const { startsAtMs } = bounded(spec, instantMs);
        fc.pre(offsetMs(spec.timezone, startsAtMs) === offsetMs(spec.timezone, startsAtMs - 1));
        const start = new Date(wallClock(spec.timezone, startsAtMs));
        const lastDay = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate();
        expect(start.getUTCDate()).toBe(Math.min(anchorDay, lastDay));
      }),
      { numRuns: 1000 },
    );
  });
});
