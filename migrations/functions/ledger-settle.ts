import { KEPT_PLANS } from './kept-plans';

/**
 * p_ends    [{ id, outcome: SETTLED | VOIDED | EXPIRED, cost (null = unpriced), … }]. EXPIRED charges the hold.
 * Returns   { calls: { id: SETTLED | VOIDED | EXPIRED | ADJUSTED | ALREADY_ENDED | UNKNOWN }, limits: [ids touched],
 *           spend: [ids of the rows written], alerts: [ids of those raised] }.
 * A true cost that arrives after expiry is booked as an adjustment, once. A window that is gone, long ended, is left
 * out: nothing can be asked of it any more. A voided call gives its Idempotency-Key back.
 */
export const LEDGER_SETTLE = `
CREATE OR REPLACE FUNCTION ledger_settle(p_ends jsonb) RETURNS jsonb LANGUAGE plpgsql ${KEPT_PLANS} AS $$
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
        r.stream, t.pricing_terms
      )::spend_logs ORDER BY r.id)
      INTO v_rows
      FROM jsonb_to_recordset(p_ends) AS t(
             id text, outcome text, status text, cost numeric, pricing_status text, price_id text,
             cost_breakdown jsonb, usage jsonb, raw_usage jsonb, usage_source text, input_tokens bigint,
             output_tokens bigint, requests integer, served_model text, duration_ms integer, first_byte_ms integer,
             pricing_terms jsonb,
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
    'spend', coalesce((SELECT jsonb_agg(s.id) FROM unnest(v_rows) s), '[]'),
    'alerts', to_jsonb(string_to_array(coalesce(current_setting('spendgraph.alerts', true), ''), ',')));
END $$`;
