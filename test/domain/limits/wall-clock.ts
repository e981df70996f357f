/** What Intl alone says about a zone: slow, and independent of the arithmetic that it is compared with. */
const formats = new Map<string, Intl.DateTimeFormat>();

export const ALL_TIMEZONES: readonly string[] = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT+5'];

export function utc(text: string): number {
  return Date.parse(`${text}Z`);
}

/** The wall clock's reading, milliseconds included, as milliseconds of a calendar without zone. */
export function wallClock(timezone: string, instantMs: number): number {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB-u-ca-iso8601', {
      timeZone: timezone,
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    formats.set(timezone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instantMs % 1000) + 1000) % 1000);
}

export function offsetMs(timezone: string, instantMs: number): number {
  return wallClock(timezone, instantMs) - instantMs;
}

/** A window as UTC text, for tables that can be read. */
export function asText(window: { startsAtMs: number; endsAtMs: number | null }): string {
  const text = (ms: number | null): string =>
    ms === null ? 'never' : new Date(ms).toISOString().slice(0, 16);
  return `${text(window.startsAtMs)} to ${text(window.endsAtMs)}`;
}
