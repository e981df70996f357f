import * as read from './json-reader';
import { InvalidField, pathOf } from './json-reader';
import type { VariantCondition } from './price';
import { canonicalServiceTier } from './service-tier';
import { formatHours, isTimeZone, parseHours, WEEKDAYS, type TimeOfDay, type Weekday } from './time-of-day';

/** `hoursUtc` is a span such as "16:30-00:30"; without `weekdays` it holds every day. */
export interface TimeOfDayJson {
  windows: { hoursUtc: string; weekdays?: Weekday[] }[];
  weekdayTimeZone?: string;
}

export type ConditionJson = Omit<VariantCondition, 'timeOfDay'> & { timeOfDay?: TimeOfDayJson };

const COUNT_KEYS = ['inputTokensAbove', 'inputTokensFrom', 'inputTokensUpTo'] as const;
const TEXT_KEYS = ['searchContextSize', 'videoResolution'] as const;
const KEYS = [...COUNT_KEYS, ...TEXT_KEYS, 'serviceTier', 'batch', 'timeOfDay'];
const MAX_WINDOWS = 50;

/** Throws InvalidField with the path of what is wrong. */
export function conditionFromJson(value: unknown, path: string): VariantCondition {
  const given = read.readObject(value, path, KEYS);
  const when: { -readonly [K in keyof VariantCondition]: VariantCondition[K] } = {};
  for (const key of COUNT_KEYS) {
    if (given[key] !== undefined) when[key] = read.readCount(given[key], pathOf(path, key));
  }
  for (const key of TEXT_KEYS) {
    if (given[key] !== undefined) when[key] = read.readText(given[key], pathOf(path, key)).toLowerCase();
  }
  if (given['serviceTier'] !== undefined) {
    when.serviceTier = readTier(given['serviceTier'], pathOf(path, 'serviceTier'));
  }
  if (given['batch'] !== undefined) when.batch = read.readTrue(given['batch'], pathOf(path, 'batch'));
  if (given['timeOfDay'] !== undefined) {
    when.timeOfDay = readTimeOfDay(given['timeOfDay'], pathOf(path, 'timeOfDay'));
  }
  if (Object.keys(when).length === 0) throw new InvalidField(path, 'must name at least one condition');
  return when;
}

export function conditionToJson(when: VariantCondition): ConditionJson {
  const { timeOfDay, ...plain } = when;
  return timeOfDay === undefined ? plain : { ...plain, timeOfDay: timeOfDayToJson(timeOfDay) };
}

function timeOfDayToJson(timeOfDay: TimeOfDay): TimeOfDayJson {
  const windows = timeOfDay.windows.map((window) => {
    const hoursUtc = formatHours(window);
    return window.weekdays === null ? { hoursUtc } : { hoursUtc, weekdays: [...window.weekdays] };
  });
  return timeOfDay.weekdayTimeZone === 'UTC'
    ? { windows }
    : { windows, weekdayTimeZone: timeOfDay.weekdayTimeZone };
}

function readTier(value: unknown, path: string): string {
  const tier = canonicalServiceTier(read.readText(value, path));
  if (tier === null || tier === 'auto') {
    throw new InvalidField(path, 'is the standard tier, whose rates belong in the base rates');
  }
  return tier;
}

function readTimeOfDay(value: unknown, path: string): TimeOfDay {
  const given = read.readObject(value, path, ['windows', 'weekdayTimeZone']);
  const zonePath = pathOf(path, 'weekdayTimeZone');
  const weekdayTimeZone = read.readText(given['weekdayTimeZone'] ?? 'UTC', zonePath);
  if (!isTimeZone(weekdayTimeZone)) {
    throw new InvalidField(zonePath, `"${weekdayTimeZone}" is no IANA time zone`);
  }
  const windowsPath = pathOf(path, 'windows');
  const windows = read.readArray(given['windows'], windowsPath, MAX_WINDOWS);
  return {
    weekdayTimeZone,
    windows: windows.map((window, index) => readWindow(window, pathOf(windowsPath, index))),
  };
}

function readWindow(value: unknown, path: string) {
  const given = read.readObject(value, path, ['hoursUtc', 'weekdays']);
  const hours = parseHours(read.readText(given['hoursUtc'], pathOf(path, 'hoursUtc')));
  if (!hours.ok) throw new InvalidField(pathOf(path, 'hoursUtc'), hours.error);
  if (given['weekdays'] === undefined || given['weekdays'] === null) {
    return { ...hours.value, weekdays: null };
  }
  const daysPath = pathOf(path, 'weekdays');
  const weekdays = read.readArray(given['weekdays'], daysPath, WEEKDAYS.length).map((day, index) => {
    const known = WEEKDAYS.find((weekday) => weekday === day);
    if (known === undefined) {
      throw new InvalidField(pathOf(daysPath, index), `must be one of ${WEEKDAYS.join(', ')}`);
    }
    return known;
  });
  return { ...hours.value, weekdays };
}
