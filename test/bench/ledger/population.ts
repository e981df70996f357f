import type { Pool } from 'pg';

/** Who calls in the benchmark: enough of everybody that no two paths are alike, and few enough to be made in a second. */
export const ORGANIZATIONS = 10;
export const TEAMS = 100;
export const KEYS = 1_000;
export const CUSTOMERS = 1_000;
/** Dollars, requests and calls at once on the key; dollars on all that stands above it and beside it. */
export const LIMITS_ON_A_PATH = 8;

/**
 * Makes them by SQL, with limits so high that nothing is refused: what is measured is the price of asking them. Ids are
 * made of numbers, so that a caller knows its team and organization by arithmetic.
 */
export async function populate(pool: Pool): Promise<void> {
  await pool.query(
    `INSERT INTO organizations (id, name) SELECT 'org_' || n, 'Organization ' || n FROM generate_series(0, $1 - 1) n`,
    [ORGANIZATIONS],
  );
  await pool.query(
    `INSERT INTO teams (id, organization_id, name)
     SELECT 'team_' || n, 'org_' || n % $2, 'Team ' || n FROM generate_series(0, $1 - 1) n`,
    [TEAMS, ORGANIZATIONS],
  );
  await pool.query(
    `INSERT INTO virtual_keys (id, organization_id, team_id, display, created_by)
     SELECT 'key_' || n, 'org_' || n % $2 % $3, 'team_' || n % $2, 'sk-…', 'bench' FROM generate_series(0, $1 - 1) n`,
    [KEYS, TEAMS, ORGANIZATIONS],
  );
  const limit = (scope: string, unit: string, period: string, ids: string): string => `
    INSERT INTO limits (id, scope, scope_id, unit, amount, period, period_count, alignment, version, created_by)
    SELECT 'lim_' || lower('${scope}${unit}') || n, '${scope}', ${ids}, '${unit}', 1000000000, '${period}', 1,
           'CALENDAR', 1, 'bench'
      FROM generate_series(0, $1 - 1) n`;
  await pool.query(limit('SERVER', 'USD', 'MONTH', `'server'`), [1]);
  await pool.query(limit('ORGANIZATION', 'USD', 'MONTH', `'org_' || n`), [ORGANIZATIONS]);
  await pool.query(limit('TEAM', 'USD', 'MONTH', `'team_' || n`), [TEAMS]);
  await pool.query(limit('KEY', 'USD', 'MONTH', `'key_' || n`), [KEYS]);
  await pool.query(limit('KEY', 'REQUESTS', 'MINUTE', `'key_' || n`), [KEYS]);
  await pool.query(limit('KEY', 'CONCURRENT', 'TOTAL', `'key_' || n`), [KEYS]);
  await pool.query(limit('MODEL', 'USD', 'DAY', `'bench-model'`), [1]);
  for (let organization = 0; organization < ORGANIZATIONS; organization++)
    await pool.query(
      `INSERT INTO limits (id, scope, scope_id, organization_id, unit, amount, period, period_count, alignment, version, created_by)
       SELECT 'lim_customer' || $2::text || '_' || n, 'CUSTOMER', 'org_' || $2::text || '/customer-' || n, 'org_' || $2::text,
              'USD', 1000000000, 'MONTH', 1, 'CALENDAR', 1, 'bench'
         FROM generate_series(0, $1 - 1) n`,
      [CUSTOMERS, organization],
    );
  await pool.query(`UPDATE ledger_state SET limits_version = 1`);
  await pool.query('ANALYZE');
}
