import type { EntityManager } from 'typeorm';
import type { AlertMessage, AlertSeverity } from '../domain/alerts/alert-message';
import { customerOfScope } from '../domain/limits/customer-scope';

/** An alert of which nobody has been told yet. */
export interface OutboxAlert {
  readonly message: AlertMessage;
  /** Of the key that it is about, else of the team: people say in it whom to write to. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Channels that its rule names; null: all that hear of its scope. */
  readonly ruleChannelIds: readonly string[] | null;
  /** Not told before: quiet hours end then, or what is gathered is told then. */
  readonly heldUntil: Date | null;
  readonly digestAt: Date | null;
}

interface AlertRow {
  readonly id: string;
  readonly kind: string;
  readonly severity: AlertSeverity;
  readonly organization_id: string | null;
  readonly scope: string;
  readonly scope_id: string;
  readonly limit_id: string | null;
  readonly window_start: Date | null;
  readonly window_end: Date | null;
  readonly threshold: string | null;
  readonly subject: string;
  readonly title: string;
  readonly message: string;
  readonly details: Record<string, unknown>;
  readonly dedupe_key: string;
  readonly raised_at: Date;
  readonly held_until: Date | null;
  readonly digest_at: Date | null;
  readonly channel_ids: string[] | null;
  readonly message_id: string | null;
  readonly key_id: string | null;
  readonly key_alias: string | null;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly user_id: string | null;
  readonly user_email: string | null;
  readonly metadata: Record<string, unknown> | null;
}

const COLUMNS = `a.id, a.kind, a.severity, a.organization_id, a.scope, a.scope_id, a.limit_id, a.window_start, a.window_end,
  a.threshold, a.subject, a.title, a.message, a.details, a.dedupe_key, a.raised_at, a.held_until, a.digest_at, a.key_id,
  a.team_id, a.user_id, k.alias AS key_alias, t.name AS team_name, u.email AS user_email,
  coalesce(k.metadata, t.metadata) AS metadata`;

const OWNERS = `LEFT JOIN virtual_keys k ON k.id = a.key_id LEFT JOIN teams t ON t.id = a.team_id
  LEFT JOIN users u ON u.id = a.user_id`;

/** Takes alerts out of the outbox, in the caller's transaction: if that fails they are all in it again. */
export async function takeFromOutbox(manager: EntityManager, limit: number): Promise<OutboxAlert[]> {
  // The rows of other processes are skipped, so that each alert is taken once.
  const [taken]: [{ alert_id: string }[], number] = await manager.query(
    `DELETE FROM alert_outbox WHERE alert_id IN (
       SELECT alert_id FROM alert_outbox ORDER BY created_at, alert_id LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING alert_id`,
    [limit],
  );
  if (taken.length === 0) return [];
  const rows: AlertRow[] = await manager.query(
    `SELECT ${COLUMNS}, r.channel_ids FROM alerts a LEFT JOIN alert_rules r ON r.id = a.rule_id ${OWNERS}
      WHERE a.id = ANY($1) ORDER BY a.raised_at, a.id`,
    [taken.map(({ alert_id }) => alert_id)],
  );
  return rows.map(toOutboxAlert);
}

/** The alerts of these messages, the earliest first. */
export async function alertsOfMessages(
  manager: EntityManager,
  messageIds: readonly string[],
): Promise<Map<string, AlertMessage[]>> {
  const rows: AlertRow[] = await manager.query(
    `SELECT ${COLUMNS}, d.message_id FROM alert_deliveries d JOIN alerts a ON a.id = d.alert_id ${OWNERS}
      WHERE d.message_id = ANY($1) ORDER BY a.raised_at, a.id`,
    [messageIds],
  );
  const byMessage = new Map<string, AlertMessage[]>(messageIds.map((id) => [id, []]));
  for (const row of rows) byMessage.get(row.message_id ?? '')?.push(toOutboxAlert(row).message);
  return byMessage;
}

function toOutboxAlert(row: AlertRow): OutboxAlert {
  return {
    metadata: row.metadata ?? {},
    ruleChannelIds: row.channel_ids,
    heldUntil: row.held_until,
    digestAt: row.digest_at,
    message: {
      id: row.id,
      kind: row.kind,
      severity: row.severity,
      organizationId: row.organization_id,
      scope: row.scope,
      scopeId: row.scope_id,
      limitId: row.limit_id,
      windowStart: row.window_start?.toISOString() ?? null,
      windowEnd: row.window_end?.toISOString() ?? null,
      threshold: row.threshold,
      subject: row.subject,
      title: row.title,
      message: row.message,
      details: row.details,
      dedupeKey: row.dedupe_key,
      raisedAt: row.raised_at.toISOString(),
      owner: {
        keyId: row.key_id,
        keyAlias: row.key_alias,
        teamId: row.team_id,
        teamName: row.team_name,
        userId: row.user_id,
        userEmail: row.user_email,
        customerId: row.scope === 'CUSTOMER' ? customerOfScope(row.scope_id) : null,
      },
    },
  };
}
