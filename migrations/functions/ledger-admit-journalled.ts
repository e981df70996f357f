/**
 * `ledger_admit_journalled`: makes the reservations of calls that were let through without the database, so that
 * `ledger_settle` can end them in the same transaction. They hold nothing: what they cost is spent at once, in every
 * window that they were admitted in, that of a limit which is gone by now included, and those of templates' holders. A call that was booked before is
 * left alone, for ever: a journal may be found again long after its reservations are pruned.
 *
 * p_calls    [{ id, admitted_ms, deadline_ms, hold, scopes: [{ scope, scope_id }], … }].
 */
export const LEDGER_ADMIT_JOURNALLED = `
CREATE OR REPLACE FUNCTION ledger_admit_journalled(p_owner text, p_calls jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_new text[];
BEGIN
  PERFORM ledger_lock_shared();
  WITH made AS (
    INSERT INTO journalled_calls (call_id, owner_id, admitted_at, booked_at)
    SELECT t.id, p_owner, to_timestamp(t.admitted_ms / 1000.0), ledger_now()
      FROM jsonb_to_recordset(p_calls) AS t(id text, admitted_ms bigint)
     ORDER BY t.id
    ON CONFLICT (call_id) DO NOTHING
    RETURNING call_id)
  SELECT array_agg(call_id) INTO v_new FROM made;

  INSERT INTO reservations (
    id, owner_id, admitted_at, deadline_at, hold, hold_input_tokens, hold_output_tokens, window_ids, held,
    organization_id, organization_name, team_id, team_name, project_id, user_id, key_id, key_alias, customer_id, tags,
    metadata, provider, deployment_id, model, model_names, endpoint, stream, priced)
  SELECT t.id, p_owner, a.at, a.at + t.deadline_ms * interval '1 millisecond', t.hold, t.hold_input_tokens,
         t.hold_output_tokens, x.ids, array_fill(0::numeric, ARRAY[cardinality(x.ids)]),
         t.organization_id, t.organization_name, t.team_id, t.team_name, t.project_id, t.user_id, t.key_id,
         t.key_alias, t.customer_id, t.tags, t.metadata, t.provider, t.deployment_id, t.model, t.model_names,
         t.endpoint, t.stream, t.priced
    FROM jsonb_to_recordset(p_calls) AS t(
           id text, admitted_ms bigint, deadline_ms bigint, hold numeric, hold_input_tokens bigint,
           hold_output_tokens bigint, scopes jsonb,
           organization_id text, organization_name text, team_id text, team_name text, project_id text, user_id text,
           key_id text, key_alias text, customer_id text, tags text[], metadata jsonb, provider text,
           deployment_id text, model text, model_names text[], endpoint text, stream boolean, priced boolean)
   CROSS JOIN LATERAL (SELECT to_timestamp(t.admitted_ms / 1000.0) AS at) a
   CROSS JOIN LATERAL (
     SELECT coalesce(array_agg(on_path.id ORDER BY on_path.id), '{}') AS ids FROM (
       SELECT w.id
         FROM jsonb_to_recordset(t.scopes) AS s(scope text, scope_id text)
         JOIN limits l ON l.scope = s.scope AND l.scope_id = s.scope_id AND model_matches(t.model_names, l.models)
         JOIN limit_windows w ON w.limit_id = l.id AND w.starts_at <= a.at AND (w.ends_at IS NULL OR w.ends_at > a.at)
        UNION
       SELECT w.id
         FROM jsonb_to_recordset(t.scopes) AS s(scope text, scope_id text)
         JOIN limit_windows w ON w.holder_id = s.scope_id AND w.holder_id <> ''
          AND w.starts_at <= a.at AND (w.ends_at IS NULL OR w.ends_at > a.at)
         JOIN template_assignments g ON g.id = w.assignment_id AND g.holder_scope = s.scope
         JOIN limits l ON l.id = w.limit_id AND model_matches(t.model_names, l.models)
        WHERE g.within_scope = '' OR EXISTS (
          SELECT 1 FROM jsonb_to_recordset(t.scopes) AS p(scope text, scope_id text)
           WHERE p.scope = g.within_scope AND p.scope_id = g.within_id)) on_path) x
   WHERE t.id = ANY (v_new)
   ORDER BY t.id
  ON CONFLICT (id) DO NOTHING;
END $$`;
