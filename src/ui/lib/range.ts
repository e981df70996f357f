/** Spans of time in the browser's zone, as the API takes them. */
export const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface Range {
  readonly from: string;
  readonly to: string;
}

export function startOfDay(at: Date, daysAhead = 0): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + daysAhead);
}

export function startOfMonth(at: Date, monthsAhead = 0): Date {
  return new Date(at.getFullYear(), at.getMonth() + monthsAhead, 1);
}

const range = (from: Date, to: Date): Range => ({ from: from.toISOString(), to: to.toISOString() });

export function today(now = new Date()): Range {
  return range(startOfDay(now), startOfDay(now, 1));
}

export function yesterday(now = new Date()): Range {
  return range(startOfDay(now, -1), startOfDay(now));
}

export function thisMonth(now = new Date()): Range {
  return range(startOfMonth(now), startOfMonth(now, 1));
}

/** The same part of the month before, to compare with a month that is not over. */
export function lastMonthSoFar(now = new Date()): Range {
  const from = startOfMonth(now, -1);
  const to = new Date(from.getTime() + (startOfDay(now, 1).getTime() - startOfMonth(now).getTime()));
  const end = startOfMonth(now);
  return range(from, to < end ? to : end);
}

export function lastDays(days: number, now = new Date()): Range {
  return range(startOfDay(now, 1 - days), startOfDay(now, 1));
}

/** "2026-11-25" of the local day, for inputs of dates. */
export function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function fromLocalDay(text: string): Date | null {
  const [year, month, date] = text.split('-').map(Number);
  return year && month && date ? new Date(year, month - 1, date) : null;
}
