import type { EntityManager } from 'typeorm';
import { moneyFromDatabase } from '../platform/database/money-column';

/** The calls that a limit let through without having room for them, in one window. */
export interface LimitExcess {
  readonly calls: number;
  /** What they asked for, in the limit's unit. */
  readonly amount: bigint;
}

/** By window, in one statement; windows without any are left out. The caller has made sure that they are visible. */
export async function findExcesses(
  manager: EntityManager,
  windowIds: readonly string[],
): Promise<Map<string, LimitExcess>> {
  const rows: { window_id: string; calls: string; amount: string }[] = await manager.query(
    `SELECT window_id::text, calls::text, amount::text FROM limit_excesses WHERE window_id = ANY($1::bigint[])`,
    [windowIds],
  );
  return new Map(
    rows.map((row) => [row.window_id, { calls: Number(row.calls), amount: moneyFromDatabase(row.amount) }]),
  );
}
