import { KEPT_PLANS } from './kept-plans';

/** Writes spend rows and everything that sums them up, except windows. Two rows on one key of an upsert would fail. */
export const LEDGER_BOOK = `
CREATE OR REPLACE FUNCTION ledger_book(p_rows spend_logs[]) RETURNS void LANGUAGE plpgsql ${KEPT_PLANS} AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO spend_logs SELECT * FROM unnest(p_rows);
  INSERT INTO spend_rollups AS r
  SELECT date_bin('15 minutes', s.admitted_at, '2000-01-01T00:00:00Z'), s.organization_id, s.team_id, s.project_id,
         s.user_id, s.key_id, s.provider, s.model, s.endpoint,
         sum(coalesce(s.cost, 0)), sum(s.requests), count(*) FILTER (WHERE s.status = 'FAILURE'),
         count(*) FILTER (WHERE s.cost IS NULL), sum(s.input_tokens), sum(s.output_tokens),
         sum(coalesce((s.usage ->> 'inputCacheRead')::bigint, 0)),
         sum(coalesce((s.usage ->> 'inputCacheWrite5m')::bigint, 0)
           + coalesce((s.usage ->> 'inputCacheWrite1h')::bigint, 0)),
         sum(coalesce((s.usage ->> 'outputReasoning')::bigint, 0))
    FROM unnest(p_rows) s
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
   ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (bucket, organization_id, team_id, project_id, user_id, key_id, provider, model, endpoint) DO UPDATE SET
    cost = r.cost + excluded.cost, requests = r.requests + excluded.requests,
    failures = r.failures + excluded.failures, unpriced = r.unpriced + excluded.unpriced,
    input_tokens = r.input_tokens + excluded.input_tokens, output_tokens = r.output_tokens + excluded.output_tokens,
    cache_read_tokens = r.cache_read_tokens + excluded.cache_read_tokens,
    cache_write_tokens = r.cache_write_tokens + excluded.cache_write_tokens,
    reasoning_tokens = r.reasoning_tokens + excluded.reasoning_tokens;
  INSERT INTO spend_totals AS t
  SELECT x.scope, x.scope_id, sum(coalesce(s.cost, 0)), sum(s.requests), sum(s.input_tokens), sum(s.output_tokens)
    FROM unnest(p_rows) s
   CROSS JOIN LATERAL (VALUES
     ('CUSTOMER', CASE WHEN s.customer_id <> '' THEN
        replace(replace(s.organization_id, '%', '%25'), '/', '%2F') || '/' || s.customer_id ELSE '' END),
     ('KEY', s.key_id), ('ORGANIZATION', s.organization_id), ('PROJECT', s.project_id), ('SERVER', 'server'),
     ('TEAM', s.team_id), ('USER', s.user_id)) AS x(scope, scope_id)
   WHERE x.scope_id <> ''
   GROUP BY 1, 2
   ORDER BY 1, 2
  ON CONFLICT (scope, scope_id) DO UPDATE SET
    cost = t.cost + excluded.cost, requests = t.requests + excluded.requests,
    input_tokens = t.input_tokens + excluded.input_tokens, output_tokens = t.output_tokens + excluded.output_tokens;
END $$`;
