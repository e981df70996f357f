/**
 * What ledger_reserve would say, with nothing written: it is called as for a real call, in a block that is rolled back.
 * p_new    windows that no call has needed yet: [{ limit_id, assignment_id, holder_id, unit, starts_at, ends_at }], in the order of their slots,
 *          which come after those of p_windows.
 * Returns  its rows as objects, amounts as text; null when another process made one of the windows meanwhile.
 */
export const LEDGER_EXPLAIN = `
CREATE OR REPLACE FUNCTION ledger_explain(
  p_owner text, p_limits_version bigint, p_windows bigint[], p_new jsonb, p_caps numeric[], p_calls jsonb
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_windows bigint[] := p_windows;
  v_answer  jsonb;
  v_id      bigint;
  w         record;
BEGIN
  BEGIN
    FOR w IN
      SELECT x.value ->> 'limit_id' AS limit_id, x.value ->> 'assignment_id' AS assignment_id,
             x.value ->> 'holder_id' AS holder_id, x.value ->> 'unit' AS unit,
             (x.value ->> 'starts_at')::timestamptz AS starts_at, (x.value ->> 'ends_at')::timestamptz AS ends_at
        FROM jsonb_array_elements(p_new) WITH ORDINALITY AS x ORDER BY x.ordinality
    LOOP
      v_id := NULL;
      INSERT INTO limit_windows (limit_id, assignment_id, holder_id, unit, starts_at, ends_at)
      VALUES (w.limit_id, w.assignment_id, w.holder_id, w.unit, w.starts_at, w.ends_at)
      ON CONFLICT (limit_id, assignment_id, holder_id, starts_at) DO NOTHING
      RETURNING id INTO v_id;
      IF v_id IS NULL THEN RETURN NULL; END IF;
      v_windows := v_windows || v_id;
    END LOOP;
    SELECT jsonb_agg(jsonb_build_object(
             'call_id', r.call_id, 'verdict', r.verdict, 'slot', r.slot, 'spent', r.spent::text,
             'reserved', r.reserved::text, 'key_spend', r.key_spend::text, 'admitted_at', r.admitted_at,
             'first_call_id', r.first_call_id, 'first_body_hash', r.first_body_hash, 'first_state', r.first_state,
             'window_spent', r.window_spent, 'window_reserved', r.window_reserved))
      INTO v_answer
      FROM ledger_reserve(p_owner, p_limits_version, v_windows, p_caps, p_calls) r;
    RAISE EXCEPTION 'dry run' USING ERRCODE = 'SGDRY';
  EXCEPTION WHEN SQLSTATE 'SGDRY' THEN
    RETURN v_answer;
  END;
END $$`;
