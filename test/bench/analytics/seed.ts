import type { Client } from 'pg';

const ATTRIBUTES = `'org_' || k % 10, 'Organization ' || k % 10, 'team_' || k % 100, 'Team ' || k % 100, '', 'user_' || k % 300,
  'key_' || k, 'Key ' || k, 'customer_' || c, CASE WHEN n % 5 = 0 THEN ARRAY['tag-' || n % 250] ELSE '{}' END,
  'provider-' || m % 5, 'model-' || m, '/v1/chat/completions'`;

/** Months of the past, as if the server had run all year. */
const PARTITIONS = `
  UPDATE ledger_state SET clock_offset = '-366 days';
  SELECT spend_ensure_partitions(12);
  UPDATE ledger_state SET clock_offset = '0'`;

/** A year of calls of 1,000 keys in 100 teams of 10 organizations, 10,000 customers and 30 models; few of each make most. */
const CALLS = `
  INSERT INTO spend_logs (id, kind, call_id, admitted_at, booked_at, status, cost, pricing_status, hold, requests, usage,
    usage_source, input_tokens, output_tokens, duration_ms, organization_id, organization_name, team_id, team_name, project_id,
    user_id, key_id, key_alias, customer_id, tags, provider, model, endpoint)
  SELECT 'spend_' || lpad(n::text, 26, '0'), 'CALL', 'call_' || lpad(n::text, 26, '0'), at, at + interval '2 seconds',
    CASE WHEN n % 100 = 0 THEN 'FAILURE' ELSE 'SUCCESS' END, (tokens * (m + 1))::numeric / 1000000, 'PRICED', 0.05, 1,
    jsonb_build_object('inputText', tokens, 'outputText', tokens / 4), 'PROVIDER', tokens, tokens / 4, 1200, ${ATTRIBUTES}
  FROM (SELECT n, date_trunc('milliseconds', now() - interval '365 days' * (1 - n::float8 / $1)) AS at,
               floor(1000 * power(random(), 2))::int AS k, floor(10000 * power(random(), 2))::int AS c,
               floor(30 * power(random(), 2))::int AS m, 50 + floor(4000 * power(random(), 3))::int AS tokens
          FROM generate_series($2::bigint, $3::bigint) n) AS drawn`;

/** As the ledger sums them up. */
const ROLLUPS = `
  INSERT INTO spend_rollups
  SELECT date_bin('15 minutes', admitted_at, '2000-01-01T00:00:00Z'), organization_id, team_id, project_id, user_id, key_id,
         provider, model, endpoint, sum(cost), sum(requests), sum(failures), sum(unpriced), sum(input_tokens),
         sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(reasoning_tokens)
    FROM spend_entries GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`;

const BATCH = 500_000;

/** Fills a new database. Its indexes are made afterwards, which is several times as fast. */
export async function seed(client: Client, rows: number, tell: (words: string) => void): Promise<void> {
  await client.query(
    `SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'`,
  );
  await client.query(PARTITIONS);
  await client.query(`SELECT setseed(0.5)`);
  const indexes = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
      WHERE indrelid = 'spend_logs'::regclass AND NOT indisprimary`,
  );
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  for (let from = 1; from <= rows; from += BATCH) {
    const to = Math.min(from + BATCH - 1, rows);
    await client.query(CALLS, [rows, from, to]);
    tell(`${to.toLocaleString('en')} rows`);
  }
  for (const { name, definition } of indexes.rows) {
    await client.query(definition);
    tell(name);
  }
  await client.query(ROLLUPS);
  tell('roll-ups');
  await client.query(`VACUUM (ANALYZE) spend_logs`);
  await client.query(`VACUUM (ANALYZE) spend_rollups`);
}
