import { KEPT_PLANS } from './kept-plans';
import { windowsOfRow } from './windows-of-row';

/**
 * Books what calls cost more or less than was booked, as signed rows of their own: windows, roll-ups and totals change
 * with them in one transaction, and the rows of the calls stay as they are.
 *
 * p_ratings [{ id: of the call's row, admitted_at, last_seq, difference, pricing_status, price_id, cost_breakdown }].
 *           One whose call was rated by somebody else since `last_seq` was read is left out.
 * Returns   { spend: [ids of the rows written], limits: [ids touched] }.
 */
export const LEDGER_RERATE = `
CREATE OR REPLACE FUNCTION ledger_rerate(p_ratings jsonb, p_actor text, p_reason text) RETURNS jsonb
LANGUAGE plpgsql ${KEPT_PLANS} AS $$
#variable_conflict use_column
DECLARE
  v_now     timestamptz;
  v_rows    spend_logs[];
  v_windows bigint[];
  v_amounts numeric[];
  v_limits  jsonb;
BEGIN
  PERFORM ledger_lock_shared();
  -- One rating after the other, so that the last row of a call that is read below is the last one. Taken before any row is
  -- locked and by nobody else, so that no circle can close.
  PERFORM pg_advisory_xact_lock(7305103200111);
  v_now := ledger_now();
  SELECT array_agg(jsonb_populate_record(s, jsonb_build_object(
           'id', s.id || '-r' || t.last_seq, 'seq', nextval('spend_seq'), 'kind', 'ADJUSTMENT', 'booked_at', v_now,
           'status', 'ADJUSTED', 'cost', t.difference, 'pricing_status', t.pricing_status, 'price_id', t.price_id,
           'cost_breakdown', t.cost_breakdown, 'hold', 0, 'overrun', 0, 'requests', 0, 'usage', '{}'::jsonb,
           'raw_usage', NULL, 'input_tokens', 0, 'output_tokens', 0, 'duration_ms', NULL, 'first_byte_ms', NULL,
           'http_status', NULL, 'error', NULL, 'actor', p_actor, 'reason', p_reason)) ORDER BY s.id)
    INTO v_rows
    FROM jsonb_to_recordset(p_ratings) AS t(
           id text, admitted_at timestamptz, last_seq bigint, difference numeric, pricing_status text, price_id text,
           cost_breakdown jsonb)
    JOIN spend_logs s ON s.id = t.id AND s.admitted_at = t.admitted_at AND s.kind = 'CALL'
   WHERE t.last_seq = (
     SELECT max(a.seq) FROM spend_logs a
      WHERE a.admitted_at = s.admitted_at AND (a.id = s.id OR starts_with(a.id, s.id || '-r')));
  IF v_rows IS NULL THEN RETURN '{"spend": [], "limits": []}'; END IF;

  SELECT array_agg(x.id), array_agg(x.amount) INTO v_windows, v_amounts
    FROM (
      SELECT w.id, sum(s.cost) AS amount
        FROM unnest(v_rows) s
       CROSS JOIN LATERAL (${windowsOfRow(`= 'USD'`)}) w
       GROUP BY w.id) x;
  PERFORM 1 FROM limit_windows WHERE id = ANY (v_windows) ORDER BY id FOR UPDATE;
  UPDATE limit_windows w SET spent = w.spent + x.amount
    FROM unnest(v_windows, v_amounts) AS x(id, amount) WHERE w.id = x.id;
  PERFORM ledger_book(v_rows);
  SELECT jsonb_agg(DISTINCT w.limit_id) INTO v_limits FROM limit_windows w WHERE w.id = ANY (v_windows);
  RETURN jsonb_build_object(
    'spend', (SELECT jsonb_agg(s.id) FROM unnest(v_rows) s), 'limits', coalesce(v_limits, '[]'));
END $$`;

/** Every scope that limits may hold a spend row by. */
export const LEDGER_SCOPES_OF = `
CREATE OR REPLACE FUNCTION ledger_scopes_of(s spend_logs, OUT scope text, OUT scope_id text) RETURNS SETOF record
LANGUAGE sql STABLE AS $$
  SELECT x.scope, x.scope_id FROM (VALUES
      ('SERVER', 'server'), ('ORGANIZATION', s.organization_id), ('TEAM', s.team_id), ('PROJECT', s.project_id),
      ('USER', s.user_id), ('KEY', s.key_id), ('PROVIDER', s.provider), ('DEPLOYMENT', s.deployment_id),
      ('CUSTOMER', CASE WHEN s.customer_id <> ''
        THEN replace(replace(s.organization_id, '%', '%25'), '/', '%2F') || '/' || s.customer_id ELSE '' END),
      ('TEAM_MEMBER', CASE WHEN s.team_id <> '' AND s.user_id <> ''
        THEN replace(replace(s.team_id, '%', '%25'), '/', '%2F') || '/' || s.user_id ELSE '' END)) AS x(scope, scope_id)
   WHERE x.scope_id <> ''
  UNION ALL SELECT DISTINCT 'TAG', tag FROM unnest(s.tags) AS tag
  UNION ALL SELECT DISTINCT 'MODEL', name FROM unnest(s.model_names) AS name
  UNION ALL SELECT DISTINCT 'MODEL_GROUP', name FROM unnest(s.model_names) AS name
$$`;
