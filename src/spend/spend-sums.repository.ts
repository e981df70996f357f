import type { Money } from '../domain/money/money';
import { moneyFromDatabase } from '../platform/database/money-column';

/** What the roll-ups sum up. */
export interface SpendSums {
  readonly cost: Money;
  readonly requests: bigint;
  readonly failures: bigint;
  readonly unpriced: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly cacheReadTokens: bigint;
  readonly cacheWriteTokens: bigint;
  readonly reasoningTokens: bigint;
}

/** The columns of the roll-ups that are sums. */
export const SUM_COLUMNS = [
  'cost',
  'requests',
  'failures',
  'unpriced',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
] as const;
export type SumColumn = (typeof SUM_COLUMNS)[number];

/** From the text of each column; an absent one is zero. */
export function toSpendSums(textOf: (column: SumColumn) => string | undefined): SpendSums {
  const count = (column: SumColumn): bigint => BigInt(textOf(column) ?? '0');
  return {
    cost: moneyFromDatabase(textOf('cost') ?? '0'),
    requests: count('requests'),
    failures: count('failures'),
    unpriced: count('unpriced'),
    inputTokens: count('input_tokens'),
    outputTokens: count('output_tokens'),
    cacheReadTokens: count('cache_read_tokens'),
    cacheWriteTokens: count('cache_write_tokens'),
    reasoningTokens: count('reasoning_tokens'),
  };
}
