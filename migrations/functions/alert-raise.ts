/**
 * `alert_raise`: writes an alert, and puts it into the outbox from which receivers are told, in the transaction of whoever
 * noticed. An alert whose dedupe key exists already is not raised again. The ids of those that were are gathered in the
 * setting `spendgraph.alerts` of the transaction, so that its end can be told of them. Returns the id, or null.
 *
 * p_alert { scope, scope_id, limit_id, holder_id, window_start, window_end, threshold, severity, title, message, details,
 *           dedupe_key }.
 */
export const ALERT_RAISE = `
CREATE OR REPLACE FUNCTION alert_raise(p_rule alert_rules, p_alert jsonb) RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_now timestamptz := ledger_now();
  v_id  text := 'alert_' || left(replace(gen_random_uuid()::text, '-', ''), 24);
  a     record;
  o     record;
BEGIN
  SELECT * INTO a FROM jsonb_to_record(p_alert) AS t(
    scope text, scope_id text, limit_id text, window_start timestamptz, window_end timestamptz, threshold text,
    severity text, title text, message text, details jsonb, dedupe_key text);
  o := alert_owner(a.scope, a.scope_id);
  INSERT INTO alerts (
    id, rule_id, kind, severity, scope, scope_id, organization_id, team_id, project_id, user_id, key_id, limit_id,
    window_start, window_end, threshold, subject, title, message, details, dedupe_key, raised_at, held_until, digest_at)
  VALUES (
    v_id, p_rule.id, p_rule.kind, coalesce(p_rule.severity, a.severity), a.scope, a.scope_id, o.organization_id, o.team_id,
    o.project_id, o.user_id, o.key_id, a.limit_id, a.window_start, a.window_end, a.threshold, o.subject,
    replace(a.title, '{subject}', o.subject), replace(a.message, '{subject}', o.subject), coalesce(a.details, '{}'),
    a.dedupe_key, v_now, alert_held_until(v_now, p_rule.quiet_from_minutes, p_rule.quiet_until_minutes, p_rule.timezone),
    alert_digest_at(v_now, p_rule.digest, p_rule.timezone))
  ON CONFLICT (dedupe_key) DO NOTHING;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO alert_outbox (alert_id, created_at) VALUES (v_id, v_now);
  PERFORM set_config('spendgraph.alerts',
    concat_ws(',', nullif(current_setting('spendgraph.alerts', true), ''), v_id), true);
  RETURN v_id;
END $$`;

/** The rules of some kinds that hold for a scope or a limit: those of the nearest place that has any of that kind. */
export const ALERT_RULES_OF = `
CREATE OR REPLACE FUNCTION alert_rules_of(p_kinds text[], p_limit_id text, p_scope text, p_scope_id text)
RETURNS SETOF alert_rules LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  o record;
BEGIN
  o := alert_owner(p_scope, p_scope_id);
  RETURN QUERY
  WITH places AS (
    SELECT r.id, p.distance, min(p.distance) OVER (PARTITION BY r.kind) AS nearest
      FROM (VALUES ('LIMIT', p_limit_id, 0), ('KEY', o.key_id, 1), ('PROJECT', o.project_id, 2), ('TEAM', o.team_id, 3),
                   ('ORGANIZATION', o.organization_id, 4), ('SERVER', 'server', 5)) AS p(scope, scope_id, distance)
      JOIN alert_rules r ON r.scope = p.scope AND r.scope_id = p.scope_id AND r.kind = ANY (p_kinds)
       AND r.deleted_at IS NULL)
  SELECT r.* FROM places p JOIN alert_rules r ON r.id = p.id
   WHERE p.distance = p.nearest AND r.enabled AND (r.muted_until IS NULL OR r.muted_until <= ledger_now());
END $$`;
