/** A provider that asks for a longer pause is not asked again for the same call. */
const MAX_PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_GROWN_PAUSE_MS = 8_000;

/** Milliseconds of a `Retry-After` header, which holds seconds or a date; null when it holds neither. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | null {
  if (value === undefined || value.trim() === '') return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.round(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/**
 * How long to wait before the same deployment is asked again: what it said, at least what the operator said, else
 * pauses that double. Null when it wants to be left alone for longer than a call can wait.
 */
export function retryPause(
  retryAfterMs: number | null,
  leastMs: number | null,
  retry: number,
): number | null {
  if (retryAfterMs !== null && retryAfterMs > MAX_PAUSE_MS) return null;
  const grown = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, retry - 1), LONGEST_GROWN_PAUSE_MS);
  return Math.max(retryAfterMs ?? (leastMs === null ? grown : 0), leastMs ?? 0);
}
