import type { Pool } from 'pg';
import { KEYS, ORGANIZATIONS, populate, TEAMS } from '../ledger/population';

const DAYS = 90;
const MODELS = [
  ['gpt-4o', 'openai'],
  ['gpt-4o-mini', 'openai'],
  ['o3', 'openai'],
  ['claude-sonnet-4', 'anthropic'],
  ['claude-haiku-4', 'anthropic'],
  ['gemini-2.5-pro', 'gemini'],
  ['gemini-2.5-flash', 'gemini'],
  ['mistral-large', 'mistral'],
] as const;

/** Fills a database with that many calls of the last ninety days, and with the sums that the ledger keeps of them. */
export async function seedSpend(pool: Pool, rows: number): Promise<void> {
  await populate(pool);
  await makePartitions(pool);
  const models = MODELS.map(([model]) => model);
  const providers = MODELS.map(([, provider]) => provider);
  await pool.query(CALLS, [rows, models, providers]);
  await pool.query(ROLLUPS);
  await pool.query(TOTALS);
  await pool.query('VACUUM ANALYZE');
}

/** Earlier months have no partition of their own in a new database. */
async function makePartitions(pool: Pool): Promise<void> {
  await pool.query(`DO $$
    DECLARE v_start timestamptz;
    BEGIN
      FOR i IN 1 .. 4 LOOP
        v_start := (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => i)) AT TIME ZONE 'UTC';
        EXECUTE format('CREATE TABLE %I PARTITION OF spend_logs FOR VALUES FROM (%L) TO (%L)',
          'spend_logs_' || to_char(v_start AT TIME ZONE 'UTC', 'YYYY_MM'), v_start,
          (v_start AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
      END LOOP;
    END $$`);
}

/**
 * Few keys make most of the calls, each with three models. All is made of the number of the row, so that two runs are
 * alike.
 */
const CALLS = `
INSERT INTO spend_logs (id, kind, call_id, admitted_at, booked_at, status, cost, pricing_status, hold, requests,
  usage_source, input_tokens, output_tokens, usage, duration_ms, http_status, organization_id, organization_name, team_id,
  team_name, key_id, key_alias, model, provider, endpoint, stream, tags)
SELECT 'spd_' || lpad(n::text, 12, '0'), 'CALL', 'call_' || n, at, at + interval '2 seconds',
       CASE WHEN n % 97 = 0 THEN 'FAILURE' ELSE 'SUCCESS' END,
       CASE WHEN n % 97 = 0 THEN 0 ELSE input * 0.0000025 + output * 0.00001 END, 'PRICED', 0.05, 1,
       'PROVIDER', input, output, jsonb_build_object('inputText', input, 'outputText', output), 900 + n % 3000,
       CASE WHEN n % 97 = 0 THEN 502 ELSE 200 END, 'org_' || team % ${ORGANIZATIONS},
       'Organization ' || team % ${ORGANIZATIONS}, 'team_' || team, 'Team ' || team, 'key_' || key, '',
       ($2::text[])[model], ($3::text[])[model], '/v1/chat/completions', n % 2 = 0, ARRAY['feature-' || key % 40]
  FROM (SELECT n, key, key % ${TEAMS} AS team, 1 + (key * 3 + n % 3) % cardinality($2::text[]) AS model,
               200 + n * 31 % 4000 AS input, 20 + n * 17 % 900 AS output,
               now() - make_interval(secs => ${DAYS} * 86400 * (1 - n / $1::float8)) AS at
          FROM (SELECT n, floor(${KEYS} * power((n * 7919 % 99991) / 99991.0, 3))::int AS key
                  FROM generate_series(0, $1::bigint - 1) n) AS numbered) AS drawn`;

const ROLLUPS = `
INSERT INTO spend_rollups
SELECT date_bin('15 minutes', admitted_at, '2000-01-01T00:00:00Z'), organization_id, team_id, project_id, user_id, key_id,
       provider, model, endpoint, sum(cost), sum(requests), count(*) FILTER (WHERE status = 'FAILURE'), 0,
       sum(input_tokens), sum(output_tokens), 0, 0, 0
  FROM spend_logs
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`;

const TOTALS = `
INSERT INTO spend_totals
SELECT x.scope, x.scope_id, sum(s.cost), sum(s.requests), sum(s.input_tokens), sum(s.output_tokens)
  FROM spend_logs s
 CROSS JOIN LATERAL (VALUES ('KEY', s.key_id), ('ORGANIZATION', s.organization_id), ('SERVER', 'server'),
   ('TEAM', s.team_id)) AS x(scope, scope_id)
 GROUP BY 1, 2`;
