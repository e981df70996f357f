import { KEPT_PLANS } from './kept-plans';

/**
 * `ledger_extend`: open calls ask for more room than they hold, all or nothing per call, in the windows that they were
 * admitted in. Locks as everywhere: reservations by id, then windows by id.
 *
 * p_limits   limits on the calls' paths and p_caps their amounts (null = advisory, never refuses), as of p_limits_version.
 * p_calls    [{ n, id, hold, hold_output_tokens }]: what each is to hold in all. Less than before changes nothing.
 * Verdicts:  EXTENDED; REFUSED with the limit and what stood in its window; ENDED when the call is no longer open; and,
 *            for the whole batch, STALE_LIMITS, after which the caller refreshes and retries.
 */
export const LEDGER_EXTEND = `
CREATE OR REPLACE FUNCTION ledger_extend(p_limits_version bigint, p_limits text[], p_caps numeric[], p_calls jsonb)
RETURNS TABLE (call_id text, verdict text, limit_id text, spent numeric, reserved numeric)
LANGUAGE plpgsql ${KEPT_PLANS} AS $$
#variable_conflict use_column
DECLARE
  v_version bigint;
  v_change  timestamptz;
  v_deltas  numeric[];
  c         record;
  w         record;
BEGIN
  PERFORM ledger_lock_shared();
  SELECT limits_version, limits_change_at INTO v_version, v_change FROM ledger_state;
  IF v_version <> p_limits_version OR v_change <= ledger_now() THEN
    verdict := 'STALE_LIMITS';
    RETURN NEXT;
    RETURN;
  END IF;
  PERFORM 1 FROM reservations WHERE id IN (SELECT t.id FROM jsonb_to_recordset(p_calls) AS t(id text))
    ORDER BY id FOR UPDATE;
  PERFORM 1 FROM limit_windows WHERE id IN (
      SELECT unnest(r.window_ids) FROM reservations r
       WHERE r.id IN (SELECT t.id FROM jsonb_to_recordset(p_calls) AS t(id text)))
    ORDER BY id FOR UPDATE;

  FOR c IN
    SELECT t.n, t.id, r.state, r.window_ids, greatest(t.hold - r.hold, 0) AS more_usd,
           greatest(t.hold_output_tokens - r.hold_output_tokens, 0) AS more_tokens
      FROM jsonb_to_recordset(p_calls) AS t(n integer, id text, hold numeric, hold_output_tokens bigint)
      LEFT JOIN reservations r ON r.id = t.id
     ORDER BY t.n
  LOOP
    call_id := c.id;
    limit_id := NULL;
    spent := NULL;
    reserved := NULL;
    IF c.state IS DISTINCT FROM 'RESERVED' THEN
      verdict := 'ENDED';
      RETURN NEXT;
      CONTINUE;
    END IF;
    verdict := 'EXTENDED';
    v_deltas := '{}';
    FOR w IN
      SELECT x.place, lw.limit_id, lw.spent, lw.reserved, p.cap,
             CASE lw.unit WHEN 'USD' THEN c.more_usd WHEN 'TOKENS' THEN c.more_tokens
                          WHEN 'OUTPUT_TOKENS' THEN c.more_tokens ELSE 0 END AS more
        FROM unnest(c.window_ids) WITH ORDINALITY AS x(window_id, place)
        LEFT JOIN limit_windows lw ON lw.id = x.window_id
        LEFT JOIN unnest(p_limits, p_caps) AS p(limit_id, cap) ON p.limit_id = lw.limit_id
       ORDER BY x.place
    LOOP
      v_deltas := v_deltas || coalesce(w.more, 0);
      IF verdict = 'EXTENDED' AND w.cap IS NOT NULL AND w.more > 0 AND w.spent + w.reserved + w.more > w.cap THEN
        verdict := 'REFUSED';
        limit_id := w.limit_id;
        spent := w.spent;
        reserved := w.reserved;
      END IF;
    END LOOP;
    IF verdict = 'EXTENDED' THEN
      UPDATE limit_windows lw SET reserved = lw.reserved + d.more
        FROM unnest(c.window_ids, v_deltas) AS d(window_id, more) WHERE lw.id = d.window_id AND d.more > 0;
      UPDATE reservations r
         SET hold = r.hold + c.more_usd, hold_output_tokens = r.hold_output_tokens + c.more_tokens,
             held = (SELECT array_agg(h.held + h.more ORDER BY h.place)
                       FROM unnest(r.held, v_deltas) WITH ORDINALITY AS h(held, more, place))
       WHERE r.id = c.id;
    END IF;
    RETURN NEXT;
  END LOOP;
END $$`;
