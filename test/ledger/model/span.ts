/** The windows that the model knows, all in UTC. */
export const PERIODS = ['MINUTE', 'FIVE_MINUTES', 'HOUR', 'DAY', 'MONTH', 'TOTAL'] as const;
export type Period = (typeof PERIODS)[number];

/** From `fromMs` until before `untilMs`; null is without an end. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number | null;
}

const MINUTE_MS = 60_000;
const LENGTH_MS: Partial<Record<Period, number>> = {
  MINUTE: MINUTE_MS,
  FIVE_MINUTES: 5 * MINUTE_MS,
  HOUR: 60 * MINUTE_MS,
  DAY: 24 * 60 * MINUTE_MS,
};

export function spanAt(period: Period, atMs: number): Span {
  if (period === 'TOTAL') return { fromMs: 0, untilMs: null };
  const lengthMs = LENGTH_MS[period];
  if (lengthMs !== undefined) {
    const fromMs = atMs - (atMs % lengthMs);
    return { fromMs, untilMs: fromMs + lengthMs };
  }
  const date = new Date(atMs);
  const month = (offset: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
  return { fromMs: month(0), untilMs: month(1) };
}

export function isWithin(span: Span, atMs: number): boolean {
  return atMs >= span.fromMs && (span.untilMs === null || atMs < span.untilMs);
}
