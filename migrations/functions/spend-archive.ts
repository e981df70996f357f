/**
 * What is left of months whose rows are dropped: every attribute that limits, totals and roll-ups know a call by, and the
 * sums that they keep, by quarters of an hour. A window of a limit that begins or ends within one cuts it, so that each
 * window stays the sum of its entries.
 */
export const SPEND_ARCHIVE = `
CREATE TABLE spend_archive (
  bucket             timestamptz NOT NULL,
  organization_id    text NOT NULL,
  team_id            text NOT NULL,
  project_id         text NOT NULL,
  user_id            text NOT NULL,
  key_id             text NOT NULL,
  customer_id        text NOT NULL,
  tags               text[] NOT NULL,
  provider           text NOT NULL,
  deployment_id      text NOT NULL,
  model              text NOT NULL,
  model_names        text[] NOT NULL,
  endpoint           text NOT NULL,
  cost               numeric(38,12) NOT NULL,
  requests           bigint NOT NULL,
  failures           bigint NOT NULL,
  unpriced           bigint NOT NULL,
  input_tokens       bigint NOT NULL,
  output_tokens      bigint NOT NULL,
  cache_read_tokens  bigint NOT NULL,
  cache_write_tokens bigint NOT NULL,
  reasoning_tokens   bigint NOT NULL
)`;

const CACHE_READ = `coalesce((usage ->> 'inputCacheRead')::bigint, 0)`;
const CACHE_WRITE = `coalesce((usage ->> 'inputCacheWrite5m')::bigint, 0) + coalesce((usage ->> 'inputCacheWrite1h')::bigint, 0)`;
const REASONING = `coalesce((usage ->> 'outputReasoning')::bigint, 0)`;

/** What was booked, wherever it stands: in the log, row by row, or summed up in the archive. */
export const SPEND_ENTRIES = `
CREATE VIEW spend_entries AS
SELECT admitted_at, organization_id, team_id, project_id, user_id, key_id, customer_id, tags, provider, deployment_id, model,
       model_names, endpoint, coalesce(cost, 0) AS cost, requests::bigint AS requests, (status = 'FAILURE')::int::bigint AS failures,
       (cost IS NULL)::int::bigint AS unpriced, input_tokens, output_tokens, ${CACHE_READ} AS cache_read_tokens,
       ${CACHE_WRITE} AS cache_write_tokens, ${REASONING} AS reasoning_tokens
  FROM spend_logs
UNION ALL
SELECT bucket, organization_id, team_id, project_id, user_id, key_id, customer_id, tags, provider, deployment_id, model,
       model_names, endpoint, cost, requests, failures, unpriced, input_tokens, output_tokens, cache_read_tokens,
       cache_write_tokens, reasoning_tokens
  FROM spend_archive`;

/**
 * Moves the oldest month that ended by an instant into the archive and drops its rows, in one transaction; returns the name
 * of its partition, or null when there is none. Nothing waits for the summing up: only rows for that month do, of which
 * there are hardly any, and none while reservations of that time are kept. Taking the partition off needs the log alone for a moment; where somebody reads it, this fails
 * soon with 55P03 rather than have the calls queue up behind it, and is tried again later.
 */
export const SPEND_DROP_MONTH = `
CREATE FUNCTION spend_drop_month(p_before timestamptz) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_name text;
  v_ends timestamptz;
  v_cuts timestamptz[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(7305103200112) THEN RETURN NULL; END IF;
  SELECT m.name, m.ends_at INTO v_name, v_ends
    FROM (SELECT c.oid::regclass::text AS name,
                 (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz AS ends_at
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'spend_logs'::regclass) m
   WHERE m.ends_at <= p_before ORDER BY m.ends_at LIMIT 1;
  -- As long as a reservation is kept, its row can be corrected, and the proof looks for it.
  IF v_name IS NULL OR EXISTS (SELECT FROM reservations WHERE admitted_at < v_ends) THEN RETURN NULL; END IF;
  PERFORM set_config('lock_timeout', '500ms', true);
  EXECUTE format('LOCK TABLE %s IN SHARE MODE', v_name);
  SELECT coalesce(array_agg(DISTINCT c.cut ORDER BY c.cut), '{}') INTO v_cuts
    FROM limit_windows w CROSS JOIN LATERAL (VALUES (w.starts_at), (w.ends_at)) AS c(cut)
   WHERE c.cut < v_ends AND c.cut <> date_bin('15 minutes', c.cut, '2000-01-01T00:00:00Z');
  EXECUTE format($q$
    INSERT INTO spend_archive
    SELECT greatest(date_bin('15 minutes', admitted_at, '2000-01-01T00:00:00Z'), ($1)[width_bucket(admitted_at, $1)]),
           organization_id, team_id, project_id, user_id, key_id, customer_id, tags, provider, deployment_id, model,
           model_names, endpoint, sum(coalesce(cost, 0)), sum(requests), count(*) FILTER (WHERE status = 'FAILURE'),
           count(*) FILTER (WHERE cost IS NULL), sum(input_tokens), sum(output_tokens), sum(${CACHE_READ}),
           sum(${CACHE_WRITE}), sum(${REASONING})
      FROM %s GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13$q$, v_name) USING v_cuts;
  EXECUTE format('ALTER TABLE spend_logs DETACH PARTITION %s', v_name);
  EXECUTE format('DROP TABLE %s', v_name);
  RETURN v_name;
END $$`;
