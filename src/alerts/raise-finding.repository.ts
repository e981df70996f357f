import type { EntityManager } from 'typeorm';
import type { Finding } from '../domain/alerts/finding';

/**
 * Raises an alert about a finding, unless another rule is nearer to what it concerns, the occasion was told, or the rule's
 * cooldown is not over. Returns the id of the alert, or null.
 */
export async function raiseFinding(
  manager: EntityManager,
  ruleId: string,
  finding: Finding,
): Promise<string | null> {
  const { scope, scopeId, limitId, windowStart, windowEnd, severity, title, message, details } = finding;
  const alert = {
    ...{ scope, scope_id: scopeId, limit_id: limitId, window_start: windowStart, window_end: windowEnd },
    ...{ severity, title, message, details },
  };
  const rows: { id: string | null }[] = await manager.query(
    `SELECT alert_raise(r, $2::jsonb || jsonb_build_object('dedupe_key',
              concat_ws('|', r.id, $3::text, coalesce($4::text, ledger_now()::text)))) AS id
       FROM alert_rules r
      WHERE r.id = $1
        AND EXISTS (SELECT 1 FROM alert_rules_of(ARRAY[r.kind], $5, $6, $7) nearest WHERE nearest.id = r.id)
        AND NOT EXISTS (
          SELECT 1 FROM alerts a
           WHERE a.rule_id = r.id AND a.scope_id = $7 AND starts_with(a.dedupe_key, concat_ws('|', r.id, $3::text, ''))
             AND a.raised_at > ledger_now() - r.cooldown_minutes * interval '1 minute')`,
    [ruleId, JSON.stringify(alert), finding.topic, finding.occasion, limitId ?? null, scope, scopeId],
  );
  return rows[0]?.id ?? null;
}
