import { KEPT_PLANS } from './kept-plans';
import { windowsOfRow } from './windows-of-row';

/**
 * Books calls that another server made and charged: spend rows, the windows that are there, roll-ups and totals, in one
 * transaction. A row whose id is there already is left out, so that importing twice books once.
 *
 * p_rows    Spend rows, by the names of their columns; `seq` and `booked_at` are given here.
 * Returns   { booked: rows written, limits: [ids touched] }.
 */
export const LEDGER_IMPORT = `
CREATE OR REPLACE FUNCTION ledger_import(p_rows jsonb) RETURNS jsonb LANGUAGE plpgsql ${KEPT_PLANS} AS $$
#variable_conflict use_column
DECLARE
  v_now     timestamptz;
  v_rows    spend_logs[];
  v_windows bigint[];
  v_amounts numeric[];
  v_limits  jsonb;
BEGIN
  PERFORM ledger_lock_shared();
  v_now := ledger_now();
  SELECT array_agg(jsonb_populate_record(r, jsonb_build_object('seq', nextval('spend_seq'), 'booked_at', v_now))
                   ORDER BY r.admitted_at, r.id)
    INTO v_rows
    FROM jsonb_populate_recordset(NULL::spend_logs, p_rows) r
   WHERE NOT EXISTS (SELECT 1 FROM spend_logs s WHERE s.id = r.id AND s.admitted_at = r.admitted_at);
  IF v_rows IS NULL THEN RETURN '{"booked": 0, "limits": []}'; END IF;

  SELECT array_agg(x.id), array_agg(x.amount) INTO v_windows, v_amounts
    FROM (
      SELECT w.id, sum(ledger_unit_amount(lw.unit, s.cost, s.input_tokens, s.output_tokens, s.requests)) AS amount
        FROM unnest(v_rows) s
       CROSS JOIN LATERAL (${windowsOfRow(`<> 'CONCURRENT'`)}) w
        JOIN limit_windows lw ON lw.id = w.id
       GROUP BY w.id) x;
  PERFORM 1 FROM limit_windows WHERE id = ANY (v_windows) ORDER BY id FOR UPDATE;
  UPDATE limit_windows w SET spent = w.spent + x.amount
    FROM unnest(v_windows, v_amounts) AS x(id, amount) WHERE w.id = x.id;
  PERFORM ledger_book(v_rows);
  SELECT jsonb_agg(DISTINCT w.limit_id) INTO v_limits FROM limit_windows w WHERE w.id = ANY (v_windows);
  RETURN jsonb_build_object('booked', cardinality(v_rows), 'limits', coalesce(v_limits, '[]'));
END $$`;
