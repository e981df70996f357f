import { LAST_INSTANT_MS } from '../limits/window-spec';
import { HOUR_MS } from '../limits/time-units';

/** How far a limit is used up, and what was counted in the span from which the rate is taken. Amounts are 1e-12ths. */
export interface ProjectionBasis {
  readonly amount: bigint;
  readonly spent: bigint;
  readonly nowMs: number;
  /** When the window ends; null for never. */
  readonly endsAtMs: number | null;
  /** What was booked from `sinceMs` until now. */
  readonly counted: bigint;
  readonly sinceMs: number;
}

export interface SpendProjection {
  /** Null when no time has passed since `sinceMs`. */
  readonly ratePerHour: bigint | null;
  /** What will be spent when the window ends; null when it never ends, or there is no rate. */
  readonly projectedTotal: bigint | null;
  /** When all of the amount is spent; null when that is not before the window ends. Now when it is spent already. */
  readonly exhaustedAtMs: number | null;
}

/** Carries the average of a span on in a straight line. Exact but for the last place, which is rounded. */
export function projectSpend(basis: ProjectionBasis): SpendProjection {
  const { spent, nowMs, endsAtMs, counted, sinceMs } = basis;
  const elapsedMs = BigInt(Math.max(nowMs - sinceMs, 0));
  if (elapsedMs === 0n)
    return { ratePerHour: null, projectedTotal: null, exhaustedAtMs: exhaustedAt(basis, 0n) };
  const leftMs = endsAtMs === null ? null : BigInt(Math.max(endsAtMs - nowMs, 0));
  return {
    ratePerHour: roundedQuotient(counted * BigInt(HOUR_MS), elapsedMs),
    projectedTotal: leftMs === null ? null : spent + roundedQuotient(counted * leftMs, elapsedMs),
    exhaustedAtMs: exhaustedAt(basis, elapsedMs),
  };
}

function exhaustedAt(
  { amount, spent, nowMs, endsAtMs, counted }: ProjectionBasis,
  elapsedMs: bigint,
): number | null {
  if (spent >= amount) return nowMs;
  if (counted <= 0n || elapsedMs === 0n) return null;
  // Rounded up: a moment earlier it is not all spent.
  const waitMs = ((amount - spent) * elapsedMs + counted - 1n) / counted;
  const atMs = BigInt(nowMs) + waitMs;
  const lastMs = endsAtMs === null ? BigInt(LAST_INSTANT_MS) : BigInt(endsAtMs) - 1n;
  // eslint-disable-next-line amounts/exact -- An instant of before the year 10000, and no amount.
  return atMs > lastMs ? null : Number(atMs);
}

/** Half away from zero; the divisor is above zero. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (dividend < 0n ? dividend - half : dividend + half) / divisor;
}
