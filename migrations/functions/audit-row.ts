/**
 * The audit log is written by triggers: whatever changes an administrative row, by whatever door, writes its entry in the
 * same transaction. Who did it and under what name stands in the transaction's setting `spendgraph.note`; a change without
 * one was made on the database itself.
 */
export const AUDIT_ID = `
CREATE FUNCTION audit_id(p_at timestamptz) RETURNS text LANGUAGE plpgsql AS $$
-- As the server makes ids: milliseconds in base 32, then what is random; before that the microseconds, so that the entries
-- of one transaction sort as they were written.
DECLARE
  v_alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
  v_micros   bigint := (extract(epoch FROM p_at) * 1000000)::bigint;
  v_rest     bigint := v_micros / 1000;
  v_text     text := '';
  v_part     int := (v_micros % 1000)::int;
BEGIN
  FOR i IN 1..10 LOOP
    v_text := substr(v_alphabet, (v_rest % 32)::int + 1, 1) || v_text;
    v_rest := v_rest / 32;
  END LOOP;
  RETURN 'audit_' || v_text || substr(v_alphabet, v_part / 32 + 1, 1) || substr(v_alphabet, v_part % 32 + 1, 1)
         || right(replace(gen_random_uuid()::text, '-', ''), 14);
END $$`;

export const AUDIT_HIDDEN = `
CREATE FUNCTION audit_hidden(p_value jsonb, p_depth int) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
-- Metadata is free, and people keep credentials in it; the log keeps for good what metadata may lose again.
BEGIN
  IF jsonb_typeof(p_value) NOT IN ('object', 'array') THEN RETURN p_value; END IF;
  IF p_depth > 20 THEN RETURN '"[too deep]"'; END IF;
  IF jsonb_typeof(p_value) = 'array' THEN
    RETURN (SELECT coalesce(jsonb_agg(audit_hidden(item, p_depth + 1) ORDER BY place), '[]')
              FROM jsonb_array_elements(p_value) WITH ORDINALITY AS e(item, place));
  END IF;
  RETURN (
    SELECT coalesce(jsonb_object_agg(name,
             CASE WHEN name ~* '(secret|passw|api_?-?key|private_?key|(^|_)(token|key)$|authorization|credential|cookie)'
                   AND jsonb_typeof(item) = 'string'
                  THEN '"[hidden]"'::jsonb ELSE audit_hidden(item, p_depth + 1) END), '{}')
      FROM jsonb_each(p_value) AS e(name, item));
END $$`;

export const AUDIT_ORGANIZATION = `
CREATE FUNCTION audit_organization(p_way text, p_row jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
-- Whose a row is: a column that says it, or the thing that it belongs to.
BEGIN
  IF p_way = 'LIMIT' THEN RETURN (SELECT organization_id FROM limits WHERE id = p_row->>'limit_id'); END IF;
  IF p_way = 'KEY' THEN RETURN (SELECT organization_id FROM virtual_keys WHERE id = p_row->>'key_id'); END IF;
  IF p_way <> 'SCOPE' THEN RETURN p_row->>p_way; END IF;
  RETURN CASE p_row->>'scope'
    WHEN 'ORGANIZATION' THEN p_row->>'scope_id'
    WHEN 'TEAM' THEN (SELECT organization_id FROM teams WHERE id = p_row->>'scope_id')
    WHEN 'KEY' THEN (SELECT organization_id FROM virtual_keys WHERE id = p_row->>'scope_id')
  END;
END $$`;

export const AUDIT_EVENT = `
CREATE FUNCTION audit_event(p_note text, p_type text, p_id text, p_organization text, p_before jsonb, p_after jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_note jsonb := coalesce(nullif(p_note, '')::jsonb,
                           jsonb_build_object('actor_kind', 'DATABASE', 'actor_id', session_user, 'action', 'sql'));
  v_now  timestamptz := clock_timestamp();
BEGIN
  INSERT INTO audit_entries (id, actor_kind, actor_id, on_behalf_of, action, subject_type, subject_id, organization_id,
                             before, after, request_id, address, user_agent, created_at)
  VALUES (audit_id(v_now), v_note->>'actor_kind', v_note->>'actor_id', v_note->>'on_behalf_of', v_note->>'action',
          p_type, p_id, p_organization, p_before, p_after, v_note->>'request_id', v_note->>'address',
          v_note->>'user_agent', v_now);
END $$`;

export const AUDIT_ROW = `
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
-- Arguments: the subject's type in the graph, the column of its id, the way to its organization ('' for none), and what
-- goes before the names of its columns where the row is a part of the subject.
DECLARE
  v_old    jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  v_new    jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  v_row    jsonb := CASE WHEN TG_OP = 'DELETE' THEN v_old ELSE v_new END;
  v_before jsonb := '{}';
  v_after  jsonb := '{}';
  v_note   text := current_setting('spendgraph.note', true);
  v_column record;
BEGIN
  FOR v_column IN
    SELECT name, coalesce(TG_ARGV[3], '') || name AS shown, audit_shown(TG_RELID, name, nullif(v_old->name, 'null')) AS old,
           audit_shown(TG_RELID, name, nullif(v_new->name, 'null')) AS new
      FROM jsonb_object_keys(v_row) AS k(name)
     WHERE name NOT IN ('updated_at', 'version')
       AND nullif(v_old->name, 'null') IS DISTINCT FROM nullif(v_new->name, 'null')
  LOOP
    IF TG_OP <> 'INSERT' THEN
      v_before := v_before || jsonb_build_object(v_column.shown, v_column.old);
    END IF;
    IF TG_OP <> 'DELETE' THEN
      v_after := v_after || jsonb_build_object(v_column.shown, v_column.new);
    END IF;
  END LOOP;
  IF v_before = '{}' AND v_after = '{}' THEN RETURN NULL; END IF;
  -- Whoever signs in is whom the new token stands for.
  IF TG_TABLE_NAME = 'access_tokens' AND v_note LIKE '%"actor_kind":"ANONYMOUS"%' THEN
    v_note := (v_note::jsonb || jsonb_build_object('actor_kind', 'USER', 'actor_id', v_row->>'user_id'))::text;
  END IF;
  PERFORM audit_event(v_note, TG_ARGV[0], v_row->>TG_ARGV[1], audit_organization(TG_ARGV[2], v_row),
                      CASE WHEN TG_OP <> 'INSERT' THEN v_before END, CASE WHEN TG_OP <> 'DELETE' THEN v_after END);
  RETURN NULL;
END $$`;

export const AUDIT_SHOWN = `
CREATE FUNCTION audit_shown(p_table oid, p_column text, p_value jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
-- What the log shows of a column: never a hash or a sealed secret, and amounts as exact text.
BEGIN
  IF p_value IS NULL THEN RETURN NULL; END IF;
  IF p_column IN ('hash', 'ciphertext') THEN RETURN '"[hidden]"'; END IF;
  IF jsonb_typeof(p_value) = 'number' AND EXISTS (
    SELECT 1 FROM pg_attribute WHERE attrelid = p_table AND attname = p_column AND atttypid = 'numeric'::regtype
  ) THEN
    RETURN to_jsonb(trim_scale((p_value #>> '{}')::numeric)::text);
  END IF;
  RETURN audit_hidden(p_value, 0);
END $$`;
