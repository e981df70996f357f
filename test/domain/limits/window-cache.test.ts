import { windowAt } from '../../../src/domain/limits/window';
import { WindowCache } from '../../../src/domain/limits/window-cache';
import { windowSpec } from '../../../src/domain/limits/window-spec';
import { utc } from './wall-clock';

const DAY = windowSpec({ period: 'DAY', timezone: 'Europe/Berlin' });
const NOON_MS = utc('2026-11-24T12:00');

describe('WindowCache', () => {
  it('computes a window once for all instants inside', () => {
    const cache = new WindowCache();
    const first = cache.at(DAY, NOON_MS);
    expect(first).toEqual(windowAt(DAY, NOON_MS));
    expect(cache.at(DAY, first.startsAtMs)).toBe(first);
    expect(cache.at(DAY, (first.endsAtMs ?? NaN) - 1)).toBe(first);
  });

  it('goes on to the next window at the very end of one, and back before its start', () => {
    const cache = new WindowCache();
    const { startsAtMs, endsAtMs } = cache.at(DAY, NOON_MS);
    expect(cache.at(DAY, endsAtMs ?? NaN).startsAtMs).toBe(endsAtMs);
    expect(cache.at(DAY, startsAtMs).endsAtMs).toBe(endsAtMs);
    expect(cache.at(DAY, startsAtMs - 1).endsAtMs).toBe(startsAtMs);
  });

  it('keeps the windows of specs apart', () => {
    const cache = new WindowCache();
    const hour = windowSpec({ period: 'HOUR' });
    cache.at(DAY, NOON_MS);
    expect(cache.at(hour, NOON_MS)).toEqual(windowAt(hour, NOON_MS));
    expect(cache.at(DAY, NOON_MS)).toEqual(windowAt(DAY, NOON_MS));
  });

  it('never lets go of a total', () => {
    const cache = new WindowCache();
    const total = windowSpec({ period: 'TOTAL' });
    expect(cache.at(total, utc('9999-01-01T00:00'))).toBe(cache.at(total, NOON_MS));
  });
});
