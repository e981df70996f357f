import { CUSTOMERS, KEYS, ORGANIZATIONS, TEAMS } from './population';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws ranks by Zipf's law with exponent 1: the first is asked for twice as often as the second. */
export function zipf(count: number, random: () => number): () => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) sums[rank] = sum += 1 / (rank + 1);
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? sum) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

export interface Caller {
  readonly organizationId: string;
  readonly teamId: string;
  readonly keyId: string;
  readonly customerId: string;
}

/** SPREAD: callers by Zipf. SAME: always the same one, so that all calls meet in eight rows. */
export type Pattern = 'SPREAD' | 'SAME';

export function callers(pattern: Pattern, seed: number): () => Caller {
  const random = randomNumbers(seed);
  const [key, customer] = [zipf(KEYS, random), zipf(CUSTOMERS, random)];
  return () => {
    const [keyNumber, customerNumber] = pattern === 'SAME' ? [0, 0] : [key(), customer()];
    const team = keyNumber % TEAMS;
    return {
      organizationId: `org_${team % ORGANIZATIONS}`,
      teamId: `team_${team}`,
      keyId: `key_${keyNumber}`,
      customerId: `customer-${customerNumber}`,
    };
  };
}
