import type { Pool, PoolClient } from 'pg';
import { expiredCall } from '../../domain/ledger/call-end';
import type { JournalEntry, JournalledAsk } from '../../domain/ledger/journal-entry';
import { namesOfModel, scopesOfCall } from '../../domain/limits/scope';
import { formatMoney } from '../../domain/money/decimal-text';
import { isEffective } from '../../limits/holder-books.repository';
import type { Queryable } from '../../platform/database/pool';
import { settleCalls, type SettledBatch } from '../settle.repository';

/**
 * Books what a journal holds, in one transaction: calls that were let through get the reservation that they could not have
 * then, and every call its end; one without an end is charged at its hold. Safe to run again, at the same time too.
 */
export async function bookJournalled(
  pool: Pool,
  ownerId: string,
  entries: readonly JournalEntry[],
): Promise<SettledBatch> {
  return inTransaction(pool, async (client) => {
    const asked = entries.flatMap((entry) => (entry.asked === null ? [] : [entry.asked]));
    if (asked.length > 0)
      await client.query(`SELECT ledger_admit_journalled($1, $2)`, [
        ownerId,
        JSON.stringify(asked.map(askJson)),
      ]);
    return settleCalls(
      client,
      entries.map((entry) => entry.end ?? expiredCall(entry.callId)),
    );
  });
}

/** Where a window is missing: of a limit itself, or (`assignmentId` not empty) of a holder of a template's limit. */
export interface MissingWindow {
  readonly limitId: string;
  readonly assignmentId: string;
  readonly holderId: string;
  readonly admittedAtMs: number;
}

interface MissingRow {
  limit_id: string;
  assignment_id: string;
  holder_id: string;
  admitted_ms: string;
}

/** Limits under which a call was admitted, and that have no window of that instant yet: nobody else called in it. */
export async function findMissingWindows(
  db: Queryable,
  asked: readonly JournalledAsk[],
): Promise<readonly MissingWindow[]> {
  const { rows } = await db.query<MissingRow>(
    `SELECT DISTINCT l.id AS limit_id, '' AS assignment_id, '' AS holder_id, t.admitted_ms::text AS admitted_ms
       FROM jsonb_to_recordset($1) AS t(admitted_ms bigint, model_names text[], scopes jsonb)
      CROSS JOIN LATERAL (SELECT to_timestamp(t.admitted_ms / 1000.0) AS at) a
      CROSS JOIN LATERAL jsonb_to_recordset(t.scopes) AS s(scope text, scope_id text)
       JOIN limits l ON l.scope = s.scope AND l.scope_id = s.scope_id AND model_matches(t.model_names, l.models)
      WHERE l.deleted_at IS NULL AND l.created_at <= a.at
        AND NOT EXISTS (SELECT 1 FROM limit_windows w
                         WHERE w.limit_id = l.id AND w.starts_at <= a.at AND (w.ends_at IS NULL OR w.ends_at > a.at))
     UNION
     SELECT l.id, a.id, s.scope_id, t.admitted_ms::text
       FROM jsonb_to_recordset($1) AS t(admitted_ms bigint, model_names text[], scopes jsonb)
      CROSS JOIN LATERAL (SELECT to_timestamp(t.admitted_ms / 1000.0) AS at) i
      CROSS JOIN LATERAL jsonb_to_recordset(t.scopes) AS s(scope text, scope_id text)
       JOIN template_assignments a ON a.holder_scope = s.scope AND a.created_at <= i.at
        AND (a.holder_id = s.scope_id OR (a.holder_id = '' AND EXISTS (
          SELECT 1 FROM jsonb_to_recordset(t.scopes) AS p(scope text, scope_id text)
           WHERE p.scope = a.within_scope AND p.scope_id = a.within_id)))
       JOIN limits l ON l.scope = 'TEMPLATE' AND l.scope_id = a.template_id AND l.created_at <= i.at
        AND model_matches(t.model_names, l.models)
      WHERE ${isEffective('s.scope_id')}
        AND NOT EXISTS (SELECT 1 FROM limit_windows w
                         WHERE w.limit_id = l.id AND w.assignment_id = a.id AND w.holder_id = s.scope_id
                           AND w.starts_at <= i.at AND (w.ends_at IS NULL OR w.ends_at > i.at))
      ORDER BY 1, 2, 3, 4`,
    [JSON.stringify(asked.map(askJson))],
  );
  return rows.map((row) => ({
    limitId: row.limit_id,
    assignmentId: row.assignment_id,
    holderId: row.holder_id,
    admittedAtMs: Number(row.admitted_ms),
  }));
}

/** Whether the process with that lease still renews it. */
export async function hasLease(db: Queryable, ownerId: string): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM ledger_owners WHERE id = $1 AND lease_until > ledger_now()`,
    [ownerId],
  );
  return rows.length > 0;
}

function askJson({ ask, admittedAtMs }: JournalledAsk): Record<string, unknown> {
  const { snapshot } = ask;
  return {
    id: ask.callId,
    admitted_ms: Math.round(admittedAtMs),
    deadline_ms: ask.deadlineMs,
    hold: formatMoney(ask.hold),
    hold_input_tokens: ask.holdInputTokens,
    hold_output_tokens: ask.holdOutputTokens,
    scopes: scopesOfCall(snapshot).map(({ scope, scopeId }) => ({ scope, scope_id: scopeId })),
    organization_id: snapshot.organizationId,
    organization_name: snapshot.organizationName,
    team_id: snapshot.teamId ?? '',
    team_name: snapshot.teamName ?? '',
    project_id: snapshot.projectId ?? '',
    user_id: snapshot.userId ?? '',
    key_id: snapshot.keyId ?? '',
    key_alias: snapshot.keyAlias ?? '',
    customer_id: snapshot.customerId ?? '',
    tags: snapshot.tags,
    metadata: snapshot.metadata,
    provider: snapshot.provider,
    deployment_id: snapshot.deploymentId ?? '',
    model: snapshot.model,
    model_names: namesOfModel(snapshot),
    endpoint: snapshot.endpoint,
    stream: snapshot.stream,
    priced: ask.priced,
  };
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // A process that pauses here must not keep the ledger from those who change limits.
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '10s'`);
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // A connection in a state that nobody knows is closed, which rolls back what it began.
    client.release(true);
    throw error;
  }
}
