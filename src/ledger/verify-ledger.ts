import type { Pool, PoolClient } from 'pg';
import { LEDGER_CHECKS, type LedgerCheck } from './ledger-checks';

/** One thing that is not as the laws say. */
export interface LedgerDifference {
  /** What it is about: a window, a roll-up, a call. */
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
}

export interface LedgerCheckResult {
  readonly name: string;
  readonly description: string;
  readonly ok: boolean;
  /** The first of the differences. */
  readonly differences: readonly LedgerDifference[];
}

export interface LedgerReport {
  readonly ok: boolean;
  readonly checks: readonly LedgerCheckResult[];
  /** Whether the role in force owns the tables, and so could take the append-only triggers away. */
  readonly roleOwnsTables: boolean;
}

const MAX_DIFFERENCES = 20;

/**
 * Proves the ledger by SQL that shares nothing with the code that writes it: everything that sums up spend rows is
 * summed up again from the rows. All checks see one snapshot, so calls in flight do not disturb them.
 */
export async function verifyLedger(pool: Pool): Promise<LedgerReport> {
  const client = await pool.connect();
  // A loss fails the query under way; an event without a listener would end the process.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const checks: LedgerCheckResult[] = [];
    for (const check of LEDGER_CHECKS) checks.push(await runCheck(client, check));
    const { rows } = await client.query<{ owns: boolean }>(
      `SELECT pg_has_role(current_user, tableowner, 'USAGE') AS owns FROM pg_tables
        WHERE tablename = 'spend_logs' AND schemaname = ANY (current_schemas(false))`,
    );
    await client.query('COMMIT');
    client.off('error', ignore).release();
    return { ok: checks.every((check) => check.ok), checks, roleOwnsTables: rows[0]?.owns ?? false };
  } catch (error) {
    // Not given back: it may be lost, and closing it rolls back.
    client.release(true);
    throw error;
  }
}

async function runCheck(client: PoolClient, check: LedgerCheck): Promise<LedgerCheckResult> {
  const { rows } = await client.query<LedgerDifference>(`${check.sql} LIMIT ${MAX_DIFFERENCES}`);
  return { name: check.name, description: check.description, ok: rows.length === 0, differences: rows };
}
