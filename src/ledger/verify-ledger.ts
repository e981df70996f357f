import { Client, type Pool } from 'pg';
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
/** A proof reads the whole log, which takes minutes where it holds many millions of rows. */
const PROOF_TIMEOUT_MS = 30 * 60_000;
const ANSWER_GRACE_MS = 2_000;

/**
 * For one transaction. Tables that have just filled have no statistics yet: taken for empty they would be joined row by
 * row, which takes minutes for some thousands of rows. What is summed and sorted here may use more memory than a call.
 */
const SETTINGS = `SET LOCAL statement_timeout = ${PROOF_TIMEOUT_MS}; SET LOCAL enable_nestloop = off;
  SET LOCAL work_mem = '64MB'`;

/**
 * Proves the ledger by SQL that shares nothing with the code that writes it: everything that sums up spend rows is
 * summed up again from the rows. All checks see one snapshot, so calls in flight do not disturb them. On a connection of
 * its own, to the database of the pool: it takes longer than any call may, and takes none of theirs.
 */
export async function verifyLedger(pool: Pool): Promise<LedgerReport> {
  const client = new Client({
    ...pool.options,
    // The pool hides it from being copied.
    password: pool.options.password,
    application_name: 'spendgraph verify',
    query_timeout: PROOF_TIMEOUT_MS + ANSWER_GRACE_MS,
  });
  // A loss fails the query under way; an event without a listener would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(SETTINGS);
    const checks: LedgerCheckResult[] = [];
    for (const check of LEDGER_CHECKS) checks.push(await runCheck(client, check));
    const { rows } = await client.query<{ owns: boolean }>(
      `SELECT pg_has_role(current_user, tableowner, 'USAGE') AS owns FROM pg_tables
        WHERE tablename = 'spend_logs' AND schemaname = ANY (current_schemas(false))`,
    );
    await client.query('COMMIT');
    return { ok: checks.every((check) => check.ok), checks, roleOwnsTables: rows[0]?.owns ?? false };
  } finally {
    await client.end();
  }
}

async function runCheck(client: Client, check: LedgerCheck): Promise<LedgerCheckResult> {
  const { rows } = await client.query<LedgerDifference>(`${check.sql} LIMIT ${MAX_DIFFERENCES}`);
  return { name: check.name, description: check.description, ok: rows.length === 0, differences: rows };
}
