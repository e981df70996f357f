import type { DataSource } from 'typeorm';

export interface SpendRow {
  readonly id: string;
  readonly callId?: string;
  readonly admittedAt: string;
  readonly organizationId: string;
  readonly teamId?: string;
  readonly userId?: string;
  readonly keyId?: string;
  readonly model?: string;
  readonly tags?: string[];
  readonly cost?: string | null;
}

/** Writes rows to the log as the ledger would, in that order. */
export async function insertSpend(db: DataSource, rows: readonly SpendRow[]): Promise<void> {
  for (const row of rows) {
    await db.query(
      `INSERT INTO spend_logs (id, kind, call_id, admitted_at, booked_at, status, cost, pricing_status, hold, requests,
         usage, usage_source, organization_id, team_id, user_id, key_id, model, provider, endpoint, tags)
       VALUES ($1, 'CALL', $2, $3, now(), 'SUCCESS', $4, $5, 1, 1, '{}', 'PROVIDER', $6, $7, $8, $9, $10, 'demo',
         '/v1/chat/completions', $11)`,
      [
        row.id,
        row.callId ?? null,
        row.admittedAt,
        row.cost === undefined ? '1' : row.cost,
        row.cost === null ? 'UNPRICED' : 'PRICED',
        row.organizationId,
        row.teamId ?? '',
        row.userId ?? '',
        row.keyId ?? '',
        row.model ?? 'demo',
        row.tags ?? [],
      ],
    );
  }
}
