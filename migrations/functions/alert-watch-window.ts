/**
 * `alert_watch_window`: raises what is due in a window whose \`spent\` has reached \`alert_at\`, and notes the amount at which
 * something is due next. Called by a trigger in the transaction that books, with the window locked, so that each threshold
 * is noticed once, whatever the number of processes; a new window has \`alert_at\` 0 and is looked at when first booked in.
 *
 * Thresholds are percentages of what the window may hold now, or amounts in the limit's unit. A short window begins again
 * and again, so the same threshold of the same limit is quiet for the rule's cooldown.
 */
export const ALERT_WATCH_WINDOW = `
CREATE OR REPLACE FUNCTION alert_watch_window(p_window bigint) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_now     timestamptz := ledger_now();
  w         record;
  l         limits;
  r         alert_rules;
  t         record;
  v_scope   text;
  v_id      text;
  v_limit   numeric;
  v_percent text;
  v_next    numeric;
BEGIN
  SELECT * INTO w FROM limit_windows WHERE id = p_window;
  SELECT * INTO l FROM limits WHERE id = w.limit_id;
  IF l.deleted_at IS NULL AND l.unit <> 'CONCURRENT' THEN
    v_scope := l.scope;
    v_id := l.scope_id;
    IF w.assignment_id <> '' THEN
      SELECT g.holder_scope INTO v_scope FROM template_assignments g WHERE g.id = w.assignment_id;
      v_id := w.holder_id;
    END IF;
    v_limit := limit_amount_now(l);
    FOR r IN SELECT * FROM alert_rules_of('{THRESHOLD,SOFT_LIMIT}', l.id, v_scope, v_id) LOOP
      CONTINUE WHEN r.unit IS NOT NULL AND r.unit <> l.unit;
      FOR t IN
        SELECT x.threshold, x.amount FROM (
          SELECT p.text AS threshold, ceil(v_limit * p.text::numeric / 100 * 1e12) / 1e12 AS amount
            FROM unnest(CASE WHEN r.thresholds IS NULL AND r.amounts IS NULL
                             THEN l.alert_thresholds ELSE coalesce(r.thresholds, '{}') END) AS p(text)
           WHERE r.kind = 'THRESHOLD'
          UNION ALL
          SELECT a.text || ' ' || l.unit, a.text::numeric FROM unnest(r.amounts) AS a(text) WHERE r.kind = 'THRESHOLD'
          UNION ALL
          SELECT 'soft', l.soft_amount WHERE r.kind = 'SOFT_LIMIT' AND l.soft_amount IS NOT NULL) x
         WHERE x.amount > 0 ORDER BY x.amount
      LOOP
        IF t.amount > w.spent THEN
          v_next := least(v_next, t.amount);
          CONTINUE;
        END IF;
        CONTINUE WHEN r.cooldown_minutes > 0 AND EXISTS (
          SELECT 1 FROM alerts a
           WHERE a.limit_id = l.id AND a.scope_id = v_id AND a.rule_id = r.id AND a.threshold = t.threshold
             AND a.window_start <> w.starts_at AND a.raised_at > v_now - r.cooldown_minutes * interval '1 minute');
        v_percent := CASE WHEN v_limit > 0 THEN trim_scale(trunc(100 * w.spent / v_limit, 2))::text END;
        PERFORM alert_raise(r, jsonb_build_object(
          'scope', v_scope, 'scope_id', v_id, 'limit_id', l.id, 'window_start', w.starts_at, 'window_end', w.ends_at,
          'threshold', t.threshold,
          'severity', CASE WHEN t.amount >= v_limit THEN 'CRITICAL'
                           WHEN t.amount >= 0.8 * v_limit OR r.kind = 'SOFT_LIMIT' THEN 'WARNING' ELSE 'INFO' END,
          'title', CASE WHEN r.kind = 'SOFT_LIMIT' THEN 'The soft limit of {subject} is reached'
                        WHEN t.threshold LIKE '% %' THEN '{subject} has reached ' || t.threshold
                        ELSE t.threshold || ' % of the limit of {subject} is used' END,
          'message', trim_scale(w.spent)::text || ' of ' || trim_scale(v_limit)::text || ' ' || l.unit
            || ' are spent in the window since ' || alert_instant(w.starts_at)
            || coalesce(', which ends at ' || alert_instant(w.ends_at), '') || '.',
          'details', jsonb_strip_nulls(jsonb_build_object(
            'unit', l.unit, 'spent', trim_scale(w.spent)::text, 'reserved', trim_scale(w.reserved)::text,
            'limit', trim_scale(v_limit)::text, 'softLimit', trim_scale(l.soft_amount)::text, 'percent', v_percent,
            'resetsAt', alert_instant(w.ends_at))),
          'dedupe_key', concat_ws('|', r.id, w.id, t.threshold)));
      END LOOP;
    END LOOP;
  END IF;
  UPDATE limit_windows SET alert_at = v_next WHERE id = p_window;
END $$`;

/** What a limit allows now, with the increases that are in force. */
export const LIMIT_AMOUNT_NOW = `
CREATE OR REPLACE FUNCTION limit_amount_now(p_limit limits) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT p_limit.amount + coalesce((
    SELECT sum(i.amount) FROM limit_increases i
     WHERE i.limit_id = p_limit.id AND i.ended_at IS NULL AND i.created_at <= ledger_now() AND i.expires_at > ledger_now()), 0)
$$`;

/**
 * `alert_watch_safely`: the same, for whoever must not fail because an alert cannot be raised: what was booked stays booked,
 * and the window, whose \`alert_at\` stays as it was, is looked at again. Returns what went wrong, or null. Whoever fails
 * because of what others do at the same time is left to be tried again as a whole.
 */
export const ALERT_WATCH_SAFELY = `
CREATE OR REPLACE FUNCTION alert_watch_safely(p_window bigint) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM alert_watch_window(p_window);
  RETURN NULL;
EXCEPTION
  WHEN transaction_rollback THEN RAISE;
  WHEN OTHERS THEN
    RAISE WARNING 'alert_watch_window(%) failed: %', p_window, SQLERRM;
    RETURN SQLERRM;
END $$`;

/** An instant as people and programs read it. */
export const ALERT_INSTANT = `
CREATE OR REPLACE FUNCTION alert_instant(p_at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$`;
