import type { EntityManager } from 'typeorm';
import type { AlertRuleEntity } from './alert-rule.entity';
import type { Finding } from '../domain/alerts/finding';

interface ProjectedRow {
  readonly window_id: string;
  readonly limit_id: string;
  readonly scope: string;
  readonly scope_id: string;
  readonly unit: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly spent: string;
  readonly amount: string;
  readonly projected: string;
  readonly projected_at: Date;
}

/**
 * Limits that will be used up before their window ends, if it goes on as since its start. Windows of a day and more, from a
 * tenth of them on: before that one early call would foretell everything.
 */
export async function projectedToExceed(manager: EntityManager, rule: AlertRuleEntity): Promise<Finding[]> {
  const rows: ProjectedRow[] = await manager.query(
    `SELECT f.window_id::text, f.limit_id, f.scope, f.scope_id, f.unit, f.starts_at, f.ends_at,
            trim_scale(f.spent)::text AS spent, trim_scale(f.amount)::text AS amount,
            trim_scale(round(f.spent / f.part, 6))::text AS projected,
            f.starts_at + (f.ends_at - f.starts_at) * (f.part * f.amount / f.spent)::float8 AS projected_at
       FROM (
         SELECT w.id AS window_id, l.id AS limit_id, coalesce(g.holder_scope, l.scope) AS scope,
                CASE WHEN w.assignment_id = '' THEN l.scope_id ELSE w.holder_id END AS scope_id,
                l.unit, w.starts_at, w.ends_at, w.spent,
                limit_amount_now(l) AS amount,
                (extract(epoch FROM ledger_now() - w.starts_at) / extract(epoch FROM w.ends_at - w.starts_at))::numeric AS part
           FROM limit_windows w JOIN limits l ON l.id = w.limit_id
           LEFT JOIN template_assignments g ON g.id = w.assignment_id
          WHERE l.deleted_at IS NULL AND l.unit <> 'CONCURRENT' AND w.spent > 0
            AND ($1::text IS NULL OR l.unit = $1)
            AND ($2::text IS NULL OR l.organization_id IS NULL OR l.organization_id = $2) AND w.ends_at - w.starts_at >= interval '1 day'
            AND w.starts_at <= ledger_now() AND w.ends_at > ledger_now()) f
      WHERE f.part >= 0.1 AND f.spent < f.amount AND f.spent / f.part > f.amount`,
    [rule.unit, rule.organizationId],
  );
  return rows.map((row) => ({
    ...{ scope: row.scope, scopeId: row.scope_id, limitId: row.limit_id },
    ...{ windowStart: row.starts_at, windowEnd: row.ends_at, severity: 'WARNING' },
    title: 'The limit of {subject} will not last',
    message:
      `${row.spent} of ${row.amount} ${row.unit} are spent. If it goes on like this, the limit is used up at ` +
      `${row.projected_at.toISOString()}, before the window ends at ${row.ends_at.toISOString()}.`,
    details: {
      ...{ unit: row.unit, spent: row.spent, limit: row.amount, projected: row.projected },
      ...{ projectedAt: row.projected_at.toISOString(), resetsAt: row.ends_at.toISOString() },
      method: 'the rate since the window began',
    },
    topic: row.window_id,
    occasion: '',
  }));
}

interface ExpiringRow {
  readonly id: string;
  readonly expires_at: Date;
}

/** Keys that end within the rule's days and can still be used. */
export async function expiringKeys(
  manager: EntityManager,
  organizationId: string | null,
  days: number,
): Promise<Finding[]> {
  const rows: ExpiringRow[] = await manager.query(
    `SELECT id, expires_at FROM virtual_keys
      WHERE deleted_at IS NULL AND NOT blocked AND expires_at > ledger_now()
        AND expires_at <= ledger_now() + $1 * interval '1 day' AND ($2::text IS NULL OR organization_id = $2)`,
    [days, organizationId],
  );
  return rows.map(({ id, expires_at }) => ({
    ...{ scope: 'KEY', scopeId: id, severity: 'WARNING' },
    title: '{subject} is about to expire',
    message: `It can be used until ${expires_at.toISOString()}. Rotate it or give it another end before.`,
    details: { expiresAt: expires_at.toISOString() },
    topic: id,
    occasion: expires_at.toISOString(),
  }));
}
