const FIRST_MS = 5_000;
const FACTOR = 4;
const LONGEST_MS = 6 * 3_600_000;
/** A receiver that asks for more is asked again after a day. */
const LONGEST_ASKED_MS = 24 * 3_600_000;

/**
 * How long to wait after the attempt of that number, from 1: four times longer each time, of which the second half is by
 * chance, so that what failed together is not tried again together. `random` is from 0 to 1. What the receiver asked for
 * is respected.
 */
export function retryDelayMs(attempt: number, random: number, askedMs: number | null): number {
  const fullMs = Math.min(FIRST_MS * FACTOR ** Math.max(0, attempt - 1), LONGEST_MS);
  const ownMs = Math.round(fullMs * (0.5 + random / 2));
  return Math.max(ownMs, Math.min(askedMs ?? 0, LONGEST_ASKED_MS));
}

/** The header Retry-After: seconds, or the date to wait for (RFC 9110, section 10.2.3). Null for anything else. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
