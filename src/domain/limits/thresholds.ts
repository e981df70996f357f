import { err, ok, type Result } from '../result';

/**
 * An amount at which an alert is due: a share of the limit, or an amount of its unit (picodollars for USD). Shares are
 * whole basis points, hundredths of a percent, and may pass 100 % (10,000) to tell of overruns.
 */
export type Threshold =
  | { readonly kind: 'PERCENT'; readonly basisPoints: bigint }
  | { readonly kind: 'ABSOLUTE'; readonly amount: bigint };

const BASIS_POINTS = 10_000n;
const PERCENT = /^(\d{1,7})(?:\.(\d{1,2})0*)?\s*%?$/;

/** Reads a share of the limit above 0: "80", "80%", "99.5", "0.25%". At most two places after the point. */
export function parsePercentThreshold(text: string): Result<Threshold, string> {
  const [, whole, fraction = ''] = PERCENT.exec(text.trim()) ?? [];
  if (whole === undefined) {
    return err(`"${text}" is not a percentage such as 80 or 99.5, with at most two places after the point`);
  }
  const basisPoints = BigInt(whole + fraction.padEnd(2, '0'));
  if (basisPoints === 0n) return err('a threshold must be above 0 %, where every limit starts');
  return ok({ kind: 'PERCENT', basisPoints });
}

/** Writes a share as percent without trailing zeros ("99.5"); null for an absolute threshold, whose unit decides. */
export function formatPercentThreshold(threshold: Threshold): string | null {
  if (threshold.kind === 'ABSOLUTE') return null;
  const whole = threshold.basisPoints / 100n;
  const fraction = (threshold.basisPoints % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return fraction === '' ? whole.toString() : `${whole}.${fraction}`;
}

/** The least whole amount that reaches the threshold. `limit` must not be negative. */
export function thresholdAmount(threshold: Threshold, limit: bigint): bigint {
  if (threshold.kind === 'ABSOLUTE') return threshold.amount;
  return (threshold.basisPoints * limit + BASIS_POINTS - 1n) / BASIS_POINTS;
}

/**
 * The thresholds that an amount reached by going from `before` to `after`: those in (before, after], lowest first. So
 * steps that follow each other report each threshold once, exactly. Going down reaches none. A share of a limit of 0
 * is 0, which an amount that starts at 0 never crosses.
 */
export function thresholdsCrossed(
  thresholds: readonly Threshold[],
  before: bigint,
  after: bigint,
  limit: bigint,
): Threshold[] {
  return thresholds
    .map((threshold) => ({ threshold, amount: thresholdAmount(threshold, limit) }))
    .filter(({ amount }) => before < amount && amount <= after)
    .sort((a, b) => (a.amount < b.amount ? -1 : Number(a.amount > b.amount)))
    .map(({ threshold }) => threshold);
}
