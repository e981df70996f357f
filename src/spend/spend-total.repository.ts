import type { EntityManager } from 'typeorm';
import type { SpendTotalScope } from '../domain/spend/spend-words';
import type { Money } from '../domain/money/money';
import { moneyFromDatabase } from '../platform/database/money-column';

/** The id under which the total of the whole server is kept. */
export const SERVER_TOTAL_ID = 'server';

export interface SpendTotalKey {
  readonly scope: SpendTotalScope;
  readonly scopeId: string;
}

export interface SpendTotalRow extends SpendTotalKey {
  readonly cost: Money;
  readonly requests: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
}

interface Raw {
  scope: SpendTotalScope;
  scope_id: string;
  cost: string;
  requests: string;
  input_tokens: string;
  output_tokens: string;
}

/** The totals of these scopes; one that nothing was booked to yet is left out. */
export async function findSpendTotals(
  manager: EntityManager,
  keys: readonly SpendTotalKey[],
): Promise<SpendTotalRow[]> {
  const rows: Raw[] = await manager.query(
    `SELECT t.scope, t.scope_id, t.cost, t.requests, t.input_tokens, t.output_tokens
       FROM unnest($1::text[], $2::text[]) AS wanted(scope, scope_id)
       JOIN spend_totals t ON t.scope = wanted.scope AND t.scope_id = wanted.scope_id`,
    [keys.map((key) => key.scope), keys.map((key) => key.scopeId)],
  );
  return rows.map((row) => ({
    scope: row.scope,
    scopeId: row.scope_id,
    cost: moneyFromDatabase(row.cost),
    requests: BigInt(row.requests),
    inputTokens: BigInt(row.input_tokens),
    outputTokens: BigInt(row.output_tokens),
  }));
}
