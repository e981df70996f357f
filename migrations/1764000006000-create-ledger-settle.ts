import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `ledger_settle`: a batch of calls ends. Windows, reservations, spend rows and roll-ups change in one transaction, each
 * reservation once, whoever tries twice. Locks in the order that everybody keeps: reservations by id, windows by id,
 * roll-ups by key, totals by key.
 */
export class CreateLedgerSettle1764000006000 implements MigrationInterface {
  readonly name = 'CreateLedgerSettle1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UNIT_AMOUNT);
    await runner.query(LEDGER_BOOK);
    await runner.query(LEDGER_SETTLE);
    await runner.query(APPEND_ONLY);
    await runner.query(ENSURE_PARTITIONS);
    await runner.query(`SELECT spend_ensure_partitions(3)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION spend_ensure_partitions(integer)`);
    await runner.query(`DROP FUNCTION ledger_settle(jsonb), ledger_book(spend_logs[])`);
    await runner.query(`DROP FUNCTION ledger_unit_amount(text, numeric, bigint, bigint, integer)`);
    await runner.query(`DROP FUNCTION refuse_change() CASCADE`);
  }
}

/** What a spend row counts for in a window of each unit. CONCURRENT has only a reserved side. */
const UNIT_AMOUNT = `
CREATE FUNCTION ledger_unit_amount(unit text, cost numeric, input_tokens bigint, output_tokens bigint, requests integer)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE unit
    WHEN 'USD' THEN coalesce(cost, 0)
    WHEN 'TOKENS' THEN (input_tokens + output_tokens)::numeric
    WHEN 'INPUT_TOKENS' THEN input_tokens::numeric
    WHEN 'OUTPUT_TOKENS' THEN output_tokens::numeric
    WHEN 'REQUESTS' THEN requests::numeric
    ELSE 0
  END
$$`;

/** As for `ledger_reserve`: plans bound to the indexes, made once for each connection. */
const KEPT_PLANS = `SET enable_seqscan = off SET plan_cache_mode = force_generic_plan`;

/** Writes spend rows and everything that sums them up, except windows. Two rows on one key of an upsert would fail. */
const LEDGER_BOOK = `
CREATE FUNCTION ledger_book(p_rows spend_logs[]) RETURNS void LANGUAGE plpgsql ${KEPT_PLANS} AS $$
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
     ('KEY', s.key_id), ('ORGANIZATION', s.organization_id), ('PROJECT', s.project_id), ('SERVER', 'server'),
     ('TEAM', s.team_id), ('USER', s.user_id)) AS x(scope, scope_id)
   WHERE x.scope_id <> ''
   GROUP BY 1, 2
   ORDER BY 1, 2
  ON CONFLICT (scope, scope_id) DO UPDATE SET
    cost = t.cost + excluded.cost, requests = t.requests + excluded.requests,
    input_tokens = t.input_tokens + excluded.input_tokens, output_tokens = t.output_tokens + excluded.output_tokens;
END $$`;

/**
 * p_ends    [{ id, outcome: SETTLED | VOIDED | EXPIRED, cost (null = unpriced), … }]. EXPIRED charges the hold.
 * Returns   { calls: { id: SETTLED | VOIDED | EXPIRED | ADJUSTED | ALREADY_ENDED | UNKNOWN }, limits: [ids touched],
 *           spend: [ids of the rows written] }.
 * A true cost that arrives after expiry is booked as an adjustment, once. A window that is gone, long ended, is left
 * out: nothing can be asked of it any more. A voided call gives its Idempotency-Key back.
 */
const LEDGER_SETTLE = `
CREATE FUNCTION ledger_settle(p_ends jsonb) RETURNS jsonb LANGUAGE plpgsql ${KEPT_PLANS} AS $$
#variable_conflict use_column
DECLARE
  v_now     timestamptz;
  v_ids     text[];
  v_open    text[];
  v_late    text[];
  v_known   text[];
  v_ended   text[];
  v_calls   text[];
  v_windows bigint[];
  v_held    numeric[];
  v_rows    spend_logs[];
  v_limits  jsonb;
BEGIN
  PERFORM ledger_lock_shared();
  SELECT array_agg(id) INTO v_ids FROM jsonb_to_recordset(p_ends) AS t(id text);
  SELECT array_agg(r.id), array_agg(r.id) FILTER (WHERE r.state = 'RESERVED'),
         array_agg(r.id) FILTER (WHERE r.state = 'EXPIRED' AND r.adjusted_at IS NULL AND t.outcome <> 'EXPIRED')
    INTO v_known, v_open, v_late
    FROM (SELECT id, state, adjusted_at FROM reservations WHERE id = ANY (v_ids) ORDER BY id FOR UPDATE) r
    JOIN jsonb_to_recordset(p_ends) AS t(id text, outcome text) ON t.id = r.id;
  v_open := coalesce(v_open, '{}');
  v_late := coalesce(v_late, '{}');
  v_known := coalesce(v_known, '{}');
  v_now := ledger_now();

  IF cardinality(v_open) + cardinality(v_late) > 0 THEN
    v_ended := v_open || v_late;
    -- What each call holds in each window, read once: call, window and amount at the same place of three arrays.
    SELECT array_agg(r.id), array_agg(x.window_id), array_agg(x.held) INTO v_calls, v_windows, v_held
      FROM reservations r CROSS JOIN LATERAL unnest(r.window_ids, r.held) AS x(window_id, held)
     WHERE r.id = ANY (v_ended);
    PERFORM 1 FROM limit_windows
     WHERE id IN (SELECT DISTINCT w.id FROM unnest(v_windows) AS w(id)) ORDER BY id FOR UPDATE;

    SELECT array_agg(ROW(
        'spend_' || substr(r.id, 6) || CASE WHEN l.late THEN '-late' ELSE '' END, nextval('spend_seq'),
        CASE WHEN l.late THEN 'ADJUSTMENT' ELSE 'CALL' END, r.id, r.admitted_at, v_now,
        CASE WHEN l.late THEN 'ADJUSTED' WHEN t.outcome = 'EXPIRED' THEN 'EXPIRED' ELSE t.status END,
        CASE WHEN l.late THEN coalesce(t.cost, 0) - r.charged WHEN t.outcome <> 'EXPIRED' THEN t.cost WHEN r.priced THEN r.hold END,
        CASE WHEN t.outcome <> 'EXPIRED' THEN t.pricing_status WHEN r.priced THEN 'PRICED' ELSE 'UNPRICED' END,
        t.price_id, t.cost_breakdown, r.hold,
        CASE WHEN t.outcome = 'SETTLED' THEN greatest(coalesce(t.cost, 0) - r.hold, 0) ELSE 0 END,
        CASE WHEN l.late THEN t.requests - 1 WHEN t.outcome = 'EXPIRED' THEN 1 ELSE t.requests END,
        coalesce(t.usage, '{}'), t.raw_usage,
        CASE WHEN t.outcome = 'EXPIRED' THEN 'RESERVATION' ELSE t.usage_source END,
        CASE WHEN l.late THEN t.input_tokens - r.hold_input_tokens
             WHEN t.outcome = 'EXPIRED' THEN r.hold_input_tokens ELSE t.input_tokens END,
        CASE WHEN l.late THEN t.output_tokens - r.hold_output_tokens
             WHEN t.outcome = 'EXPIRED' THEN r.hold_output_tokens ELSE t.output_tokens END,
        t.served_model, t.duration_ms, t.first_byte_ms, t.http_status, t.error,
        CASE WHEN l.late OR t.outcome = 'EXPIRED' THEN 'ledger' END,
        CASE WHEN l.late THEN 'the call ended after its reservation had expired'
             WHEN t.outcome = 'EXPIRED' THEN 'no server process answered for the call before its lease ended' END,
        r.organization_id, r.organization_name, r.team_id, r.team_name, r.project_id, r.user_id, r.key_id,
        r.key_alias, r.customer_id, r.tags, r.metadata, r.provider, r.deployment_id, r.model, r.model_names, r.endpoint,
        r.stream
      )::spend_logs ORDER BY r.id)
      INTO v_rows
      FROM jsonb_to_recordset(p_ends) AS t(
             id text, outcome text, status text, cost numeric, pricing_status text, price_id text,
             cost_breakdown jsonb, usage jsonb, raw_usage jsonb, usage_source text, input_tokens bigint,
             output_tokens bigint, requests integer, served_model text, duration_ms integer, first_byte_ms integer,
             http_status integer, error text)
      JOIN reservations r ON r.id = t.id
     CROSS JOIN LATERAL (SELECT r.id = ANY (v_late) AS late) l
     WHERE r.id = ANY (v_ended);

    UPDATE limit_windows w
       SET reserved = w.reserved - d.held,
           spent = w.spent + d.actual
      FROM (
        SELECT x.window_id,
               sum(CASE WHEN s.kind = 'CALL' THEN x.held ELSE 0 END) AS held,
               sum(ledger_unit_amount(lw.unit, s.cost, s.input_tokens, s.output_tokens, s.requests)) AS actual
          FROM unnest(v_rows) s
          JOIN unnest(v_calls, v_windows, v_held) AS x(call_id, window_id, held) ON x.call_id = s.call_id
          JOIN limit_windows lw ON lw.id = x.window_id
         GROUP BY x.window_id) d
     WHERE w.id = d.window_id;

    UPDATE reservations r
       SET state = t.outcome, ended_at = v_now,
           charged = CASE WHEN t.outcome = 'EXPIRED' THEN r.hold ELSE coalesce(t.cost, 0) END,
           -- Nothing was sent, so that the client may send the same call again.
           idempotency_key = CASE WHEN t.outcome <> 'VOIDED' THEN r.idempotency_key END
      FROM jsonb_to_recordset(p_ends) AS t(id text, outcome text, cost numeric)
     WHERE r.id = t.id AND r.id = ANY (v_open);
    IF cardinality(v_late) > 0 THEN
      UPDATE reservations r
         SET adjusted_at = v_now,
             idempotency_key = CASE WHEN t.outcome <> 'VOIDED' THEN r.idempotency_key END
        FROM jsonb_to_recordset(p_ends) AS t(id text, outcome text)
       WHERE r.id = t.id AND r.id = ANY (v_late);
    END IF;

    PERFORM ledger_book(v_rows);
    SELECT jsonb_agg(DISTINCT w.limit_id) INTO v_limits
      FROM limit_windows w WHERE w.id IN (SELECT DISTINCT x.id FROM unnest(v_windows) AS x(id));
  END IF;

  RETURN jsonb_build_object(
    'calls', (SELECT jsonb_object_agg(t.id, CASE
        WHEN t.id = ANY (v_open) THEN t.outcome
        WHEN t.id = ANY (v_late) THEN 'ADJUSTED'
        WHEN t.id = ANY (v_known) THEN 'ALREADY_ENDED'
        ELSE 'UNKNOWN' END) FROM jsonb_to_recordset(p_ends) AS t(id text, outcome text)),
    'limits', coalesce(v_limits, '[]'),
    'spend', coalesce((SELECT jsonb_agg(s.id) FROM unnest(v_rows) s), '[]'));
END $$`;

/** Spend rows are never changed: corrections are rows of their own. The triggers refuse whoever asks. */
const APPEND_ONLY = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the table is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER spend_logs_append_only BEFORE UPDATE OR DELETE ON spend_logs
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER spend_logs_no_truncate BEFORE TRUNCATE ON spend_logs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER spend_logs_default_no_truncate BEFORE TRUNCATE ON spend_logs_default
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`;

/** Makes the partitions of this month and the months ahead, where they are missing and the default holds no such row. */
const ENSURE_PARTITIONS = `
CREATE FUNCTION spend_ensure_partitions(p_months_ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_start timestamptz;
  v_end   timestamptz;
  v_name  text;
  v_made  integer := 0;
BEGIN
  FOR i IN 0 .. p_months_ahead LOOP
    v_start := (date_trunc('month', ledger_now() AT TIME ZONE 'UTC') + make_interval(months => i)) AT TIME ZONE 'UTC';
    v_end := (date_trunc('month', ledger_now() AT TIME ZONE 'UTC') + make_interval(months => i + 1)) AT TIME ZONE 'UTC';
    v_name := 'spend_logs_' || to_char(v_start AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass(v_name) IS NULL
       AND NOT EXISTS (SELECT 1 FROM spend_logs_default WHERE admitted_at >= v_start AND admitted_at < v_end) THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF spend_logs FOR VALUES FROM (%L) TO (%L)', v_name, v_start, v_end);
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
        v_name || '_no_truncate', v_name);
      v_made := v_made + 1;
    END IF;
  END LOOP;
  RETURN v_made;
END $$`;
