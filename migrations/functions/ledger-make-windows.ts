/**
 * The ids of the windows at these places, by their number; makes those that are missing. Makes none when the limits have
 * changed since `p_version`: such a window would be one that calls no longer count in. Whoever changes limits takes the
 * ledger alone, so that the version holds until this transaction ends. Sorted, so that two processes making the same
 * windows never wait in a circle.
 */
export const LEDGER_MAKE_WINDOWS = `
CREATE OR REPLACE FUNCTION ledger_make_windows(
  p_version bigint, p_limits text[], p_assignments text[], p_holders text[], p_units text[],
  p_starts timestamptz[], p_ends timestamptz[]
) RETURNS TABLE (n integer, id bigint) LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  PERFORM ledger_lock_shared();
  PERFORM 1 FROM ledger_state WHERE limits_version = p_version;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO limit_windows (limit_id, assignment_id, holder_id, unit, starts_at, ends_at)
  SELECT w.limit_id, w.assignment_id, w.holder_id, w.unit, w.starts_at, w.ends_at
    FROM unnest(p_limits, p_assignments, p_holders, p_units, p_starts, p_ends)
         AS w(limit_id, assignment_id, holder_id, unit, starts_at, ends_at)
   ORDER BY w.limit_id, w.assignment_id, w.holder_id, w.starts_at
  ON CONFLICT (limit_id, assignment_id, holder_id, starts_at) DO NOTHING;
  RETURN QUERY
  SELECT w.n::integer, x.id
    FROM unnest(p_limits, p_assignments, p_holders, p_starts) WITH ORDINALITY
         AS w(limit_id, assignment_id, holder_id, starts_at, n)
    JOIN limit_windows x ON x.limit_id = w.limit_id AND x.assignment_id = w.assignment_id
     AND x.holder_id = w.holder_id AND x.starts_at = w.starts_at;
END $$`;
