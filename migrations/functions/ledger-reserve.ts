import { KEPT_PLANS } from './kept-plans';

/**
 * p_windows  distinct window ids, ascending, p_caps the amount of each one's limit (null = advisory, never refuses).
 * p_calls    [{ n, id, key_id, key_version, deadline_ms, hold, slots (1-based places in p_windows), held, … }].
 * Verdicts:  ADMITTED; REFUSED with the slot and what stood in that window; KEY_CHANGED when the key or what it
 *            belongs to was blocked, expired or edited since it was read; DUPLICATE with the first call's id; and, for
 *            the whole batch, STALE_LIMITS, STALE_WINDOWS or LEASE_LOST, after which the caller refreshes and retries.
 * Windows:   the first row of a batch also tells what stood in each of p_windows before it, separated by commas.
 */
export const LEDGER_RESERVE = `
CREATE OR REPLACE FUNCTION ledger_reserve(
  p_owner text, p_limits_version bigint, p_windows bigint[], p_caps numeric[], p_calls jsonb
) RETURNS TABLE (
  call_id text, verdict text, slot integer, spent numeric, reserved numeric, key_spend numeric,
  admitted_at timestamptz, first_call_id text, first_body_hash text, first_state text,
  window_spent text, window_reserved text
) LANGUAGE plpgsql ${KEPT_PLANS} AS $$
#variable_conflict use_column
DECLARE
  v_now      timestamptz;
  v_version  bigint;
  v_change   timestamptz;
  v_found    integer;
  v_current  boolean;
  v_spent    numeric[];
  v_reserved numeric[];
  v_admitted text[] := '{}';
  v_all      boolean := true;
  v_refused  integer;
  v_slot     integer;
  c          record;
BEGIN
  PERFORM ledger_lock_shared();
  SELECT limits_version, limits_change_at INTO v_version, v_change FROM ledger_state;
  IF v_version <> p_limits_version THEN
    verdict := 'STALE_LIMITS';
    admitted_at := ledger_now();
    RETURN NEXT;
    RETURN;
  END IF;

  SELECT count(*), array_agg(w.spent ORDER BY w.id), array_agg(w.reserved ORDER BY w.id)
    INTO v_found, v_spent, v_reserved
    FROM (SELECT id, spent, reserved FROM limit_windows WHERE id = ANY (p_windows) ORDER BY id FOR UPDATE) w;
  -- Read after the locks: a wait for them may have crossed the end of a window.
  v_now := ledger_now();
  -- The limits have changed by themselves: an increase has expired.
  IF v_change <= v_now THEN
    verdict := 'STALE_LIMITS';
    admitted_at := v_now;
    RETURN NEXT;
    RETURN;
  END IF;
  SELECT bool_and(starts_at <= v_now AND (ends_at IS NULL OR ends_at > v_now)) INTO v_current
    FROM limit_windows WHERE id = ANY (p_windows);
  IF v_found <> cardinality(p_windows) OR NOT coalesce(v_current, true) THEN
    verdict := 'STALE_WINDOWS';
    admitted_at := v_now;
    RETURN NEXT;
    RETURN;
  END IF;
  PERFORM 1 FROM ledger_owners WHERE id = p_owner AND lease_until > v_now;
  IF NOT FOUND THEN
    verdict := 'LEASE_LOST';
    admitted_at := v_now;
    RETURN NEXT;
    RETURN;
  END IF;

  window_spent := array_to_string(v_spent, ',');
  window_reserved := array_to_string(v_reserved, ',');
  FOR c IN
    SELECT t.id, t.slots, t.held, s.cost AS key_spend,
           d.id AS first_id, d.body_hash AS first_hash, d.state AS first_state,
           (t.key_id = '' OR (k.id IS NOT NULL AND (o.id IS NULL OR NOT o.blocked) AND (tm.id IS NULL OR NOT tm.blocked)
             AND (pr.id IS NULL OR NOT pr.blocked) AND (u.id IS NULL OR NOT u.blocked))) AS key_ok
      FROM jsonb_to_recordset(p_calls) AS t(
             n integer, id text, key_id text, key_version integer, idempotency_key text,
             slots integer[], held numeric[])
      LEFT JOIN virtual_keys k ON k.id = t.key_id AND k.version = t.key_version AND NOT k.blocked
        AND k.deleted_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > v_now)
      LEFT JOIN organizations o ON o.id = k.organization_id
      LEFT JOIN teams tm ON tm.id = k.team_id
      LEFT JOIN projects pr ON pr.id = k.project_id
      LEFT JOIN users u ON u.id = k.user_id
      LEFT JOIN spend_totals s ON s.scope = 'KEY' AND s.scope_id = t.key_id
      LEFT JOIN reservations d ON t.idempotency_key IS NOT NULL AND d.key_id = t.key_id
        AND d.idempotency_key = t.idempotency_key
     ORDER BY t.n
  LOOP
    call_id := c.id;
    key_spend := c.key_spend;
    admitted_at := v_now;
    slot := NULL;
    spent := NULL;
    reserved := NULL;
    first_call_id := c.first_id;
    first_body_hash := c.first_hash;
    first_state := c.first_state;
    IF c.first_id IS NOT NULL OR NOT c.key_ok THEN
      verdict := CASE WHEN c.first_id IS NOT NULL THEN 'DUPLICATE' ELSE 'KEY_CHANGED' END;
      v_all := false;
      RETURN NEXT;
      window_spent := NULL;
      window_reserved := NULL;
      CONTINUE;
    END IF;
    v_refused := NULL;
    FOR i IN 1 .. cardinality(c.slots) LOOP
      v_slot := c.slots[i];
      -- A call that asks for nothing of a unit passes even where the limit is already used up.
      IF p_caps[v_slot] IS NOT NULL AND c.held[i] > 0
         AND v_spent[v_slot] + v_reserved[v_slot] + c.held[i] > p_caps[v_slot] THEN
        v_refused := v_slot;
        EXIT;
      END IF;
    END LOOP;
    IF v_refused IS NOT NULL THEN
      verdict := 'REFUSED';
      slot := v_refused;
      spent := v_spent[v_refused];
      reserved := v_reserved[v_refused];
      v_all := false;
      RETURN NEXT;
      window_spent := NULL;
      window_reserved := NULL;
      CONTINUE;
    END IF;
    FOR i IN 1 .. cardinality(c.slots) LOOP
      v_slot := c.slots[i];
      v_reserved[v_slot] := v_reserved[v_slot] + c.held[i];
    END LOOP;
    v_admitted := v_admitted || c.id;
    verdict := 'ADMITTED';
    RETURN NEXT;
    window_spent := NULL;
    window_reserved := NULL;
  END LOOP;

  IF cardinality(v_admitted) = 0 THEN RETURN; END IF;
  UPDATE limit_windows w SET reserved = u.reserved
    FROM unnest(p_windows, v_reserved) AS u(id, reserved)
   WHERE w.id = u.id AND w.reserved <> u.reserved;
  INSERT INTO reservations (
    id, owner_id, admitted_at, deadline_at, hold, hold_input_tokens, hold_output_tokens, window_ids, held,
    idempotency_key, body_hash,
    organization_id, organization_name, team_id, team_name, project_id, user_id, key_id, key_alias, customer_id, tags,
    metadata, provider, deployment_id, model, model_names, endpoint, stream, priced)
  SELECT t.id, p_owner, v_now, v_now + t.deadline_ms * interval '1 millisecond', t.hold, t.hold_input_tokens,
         t.hold_output_tokens, t.window_ids, t.held, t.idempotency_key, t.body_hash,
         t.organization_id, t.organization_name, t.team_id, t.team_name, t.project_id, t.user_id, t.key_id,
         t.key_alias, t.customer_id, t.tags, t.metadata, t.provider, t.deployment_id, t.model, t.model_names,
         t.endpoint, t.stream, t.priced
    FROM jsonb_to_recordset(p_calls) AS t(
           id text, deadline_ms bigint, hold numeric, hold_input_tokens bigint, hold_output_tokens bigint,
           window_ids bigint[], held numeric[], idempotency_key text, body_hash text,
           organization_id text, organization_name text, team_id text, team_name text, project_id text, user_id text,
           key_id text, key_alias text, customer_id text, tags text[], metadata jsonb, provider text,
           deployment_id text, model text, model_names text[], endpoint text, stream boolean, priced boolean)
   WHERE v_all OR t.id = ANY (v_admitted);
END $$`;
