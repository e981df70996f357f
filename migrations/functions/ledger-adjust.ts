/**
 * `ledger_adjust`: books a credit or a reset in the window of a limit, or of one holder of a template's limit, that is
 * open now. `p_amount` is added to what is spent, so that a credit is negative; of a reset it is what shall stand there.
 * Returns what stood there before and stands there now; nothing when the window is not there or has ended.
 */
export const LEDGER_ADJUST = `
CREATE OR REPLACE FUNCTION ledger_adjust(
  p_id text, p_window bigint, p_kind text, p_amount numeric, p_actor text, p_reason text
) RETURNS TABLE (spent_before numeric, spent numeric, booked_at timestamptz) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  w        record;
  v_now    timestamptz;
  v_amount numeric;
BEGIN
  PERFORM ledger_lock_shared();
  SELECT * INTO w FROM limit_windows WHERE id = p_window FOR UPDATE;
  v_now := ledger_now();
  IF w.id IS NULL OR w.starts_at > v_now OR w.ends_at <= v_now THEN RETURN; END IF;
  v_amount := CASE p_kind WHEN 'RESET' THEN p_amount - w.spent ELSE p_amount END;
  INSERT INTO limit_adjustments (id, limit_id, assignment_id, holder_id, kind, amount, booked_at, actor, reason)
  VALUES (p_id, w.limit_id, w.assignment_id, w.holder_id, p_kind, v_amount, v_now, p_actor, p_reason);
  UPDATE limit_windows SET spent = w.spent + v_amount WHERE id = p_window;
  RETURN QUERY SELECT w.spent, w.spent + v_amount, v_now;
END $$`;
