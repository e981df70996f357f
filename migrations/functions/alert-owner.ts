/**
 * Whom a scope belongs to, and what people call it. A scope that is gone has no owner, and goes by its id. Customers and
 * members of teams have two ids in one, each with its slashes encoded.
 */
export const ALERT_OWNER = `
CREATE OR REPLACE FUNCTION alert_owner(
  p_scope text, p_id text, OUT organization_id text, OUT team_id text, OUT project_id text, OUT user_id text,
  OUT key_id text, OUT subject text
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  v_first text := replace(replace(split_part(p_id, '/', 1), '%2F', '/'), '%25', '%');
  v_rest  text := substr(p_id, position('/' IN p_id) + 1);
BEGIN
  CASE p_scope
    WHEN 'KEY' THEN
      SELECT k.organization_id, k.team_id, k.project_id, k.user_id, k.id, 'key ' || coalesce(k.alias, k.display)
        INTO organization_id, team_id, project_id, user_id, key_id, subject FROM virtual_keys k WHERE k.id = p_id;
    WHEN 'PROJECT' THEN
      SELECT p.organization_id, p.team_id, p.id, 'project ' || p.name
        INTO organization_id, team_id, project_id, subject FROM projects p WHERE p.id = p_id;
    WHEN 'TEAM' THEN
      SELECT t.organization_id, t.id, 'team ' || t.name
        INTO organization_id, team_id, subject FROM teams t WHERE t.id = p_id;
    WHEN 'TEAM_MEMBER' THEN
      SELECT t.organization_id, t.id, u.id, u.name || ' in team ' || t.name
        INTO organization_id, team_id, user_id, subject
        FROM teams t LEFT JOIN users u ON u.id = v_rest WHERE t.id = v_first;
    WHEN 'USER' THEN
      SELECT u.id, 'user ' || u.name INTO user_id, subject FROM users u WHERE u.id = p_id;
    WHEN 'CUSTOMER' THEN
      organization_id := v_first;
      subject := 'customer ' || v_rest;
    WHEN 'ORGANIZATION' THEN
      SELECT o.id, 'organization ' || o.name INTO organization_id, subject FROM organizations o WHERE o.id = p_id;
    WHEN 'SERVER' THEN
      subject := 'the server';
    ELSE
      subject := lower(replace(p_scope, '_', ' ')) || ' ' || p_id;
  END CASE;
  subject := coalesce(subject, lower(replace(p_scope, '_', ' ')) || ' ' || p_id);
END $$`;
