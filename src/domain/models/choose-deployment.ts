import type { RoutingParameters } from './routing-parameters';

/** Its multiples spread evenly over the unit interval, so that every run of calls is shared out as the weights say. */
const GOLDEN_RATIO = 0.618_033_988_749_895;

export interface Candidate {
  readonly routing: RoutingParameters;
}

/**
 * The deployment for the call of that number: of those with the lowest order, in turn, or by their shares where one of
 * them has a `weight`, else an `rpm`, else a `tpm`. One without a share where others have one gets no calls while any
 * of those can be used, as in LiteLLM's simple shuffle. Null when there is none.
 */
export function chooseDeployment<T extends Candidate>(candidates: readonly T[], turn: number): T | null {
  const first = lowestOrder(candidates);
  for (const share of ['weight', 'rpm', 'tpm'] as const) {
    const total = first.reduce((sum, { routing }) => sum + (routing[share] ?? 0), 0);
    if (total > 0) return byShare(first, (each) => each.routing[share] ?? 0, total, turn);
  }
  return first[turn % Math.max(first.length, 1)] ?? null;
}

function lowestOrder<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  const orderOf = ({ routing }: T): number => routing.order ?? Number.POSITIVE_INFINITY;
  const lowest = Math.min(...candidates.map(orderOf));
  return candidates.filter((each) => orderOf(each) === lowest);
}

function byShare<T>(
  candidates: readonly T[],
  shareOf: (each: T) => number,
  total: number,
  turn: number,
): T | null {
  let point = (((turn + 0.5) * GOLDEN_RATIO) % 1) * total;
  let last: T | null = null;
  for (const each of candidates) {
    const share = shareOf(each);
    if (share === 0) continue;
    last = each;
    point -= share;
    if (point < 0) return each;
  }
  return last;
}
