/**
 * `ledger_end_increases`: turns the page when an increase has expired: its limit and the limits' version are marked as
 * changed, and the next such instant is noted. Whoever is told that the limits changed calls it first; it costs one look
 * when nothing has expired. Returns whether anything had.
 */
export const LEDGER_END_INCREASES = `
CREATE OR REPLACE FUNCTION ledger_end_increases() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_now     timestamptz;
  v_version bigint;
BEGIN
  PERFORM 1 FROM ledger_state WHERE limits_change_at <= ledger_now();
  IF NOT FOUND THEN RETURN FALSE; END IF;
  PERFORM ledger_lock_exclusive();
  v_now := ledger_now();
  UPDATE ledger_state SET limits_version = limits_version + 1
   WHERE limits_change_at <= v_now RETURNING limits_version INTO v_version;
  -- Another process was quicker.
  IF v_version IS NULL THEN RETURN FALSE; END IF;
  UPDATE limits SET version = v_version
   WHERE id IN (SELECT limit_id FROM limit_increases WHERE ended_at IS NULL AND expires_at <= v_now);
  UPDATE limit_increases SET ended_at = v_now WHERE ended_at IS NULL AND expires_at <= v_now;
  UPDATE ledger_state SET limits_change_at = (SELECT min(expires_at) FROM limit_increases WHERE ended_at IS NULL);
  RETURN TRUE;
END $$`;
