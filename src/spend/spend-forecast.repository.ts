import type { EntityManager } from 'typeorm';
import { moneyFromDatabase } from '../platform/database/money-column';
import type { LimitEntity } from '../limits/limit.entity';
import { rowsOn } from '../limits/scope-rows.repository';

/** What was booked, in the unit of the limit, for calls that it counts and that were let through in the span. */
export async function sumCounted(
  manager: EntityManager,
  limit: LimitEntity,
  from: Date,
  to: Date,
): Promise<bigint> {
  const scope = rowsOn(limit.scope, limit.scopeId, 5);
  const [row]: { amount: string }[] = await manager.query(
    `SELECT coalesce(sum(ledger_unit_amount($1, cost, input_tokens, output_tokens, requests)), 0)::text AS amount
       FROM spend_logs
      WHERE admitted_at >= $2 AND admitted_at < $3 AND model_matches(model_names, $4) AND ${scope.sql}`,
    [limit.unit, from, to, limit.models, ...scope.parameters],
  );
  return moneyFromDatabase(row?.amount ?? '0');
}

/** When the first call that the limit counts was let through; null when there is none. */
export async function firstCounted(manager: EntityManager, limit: LimitEntity): Promise<Date | null> {
  const scope = rowsOn(limit.scope, limit.scopeId, 2);
  const [row]: { admitted_at: Date }[] = await manager.query(
    `SELECT admitted_at FROM spend_logs WHERE model_matches(model_names, $1) AND ${scope.sql}
      ORDER BY admitted_at LIMIT 1`,
    [limit.models, ...scope.parameters],
  );
  return row?.admitted_at ?? null;
}
