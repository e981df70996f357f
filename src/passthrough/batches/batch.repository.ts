import type { CallAsk } from '../../domain/ledger/call-ask';
import type { BatchBound } from '../../domain/metering/batch-bound';
import type { JsonRecord } from '../../domain/metering/json';
import { moneyFromDatabase } from '../../platform/database/money-column';
import type { Queryable } from '../../platform/database/pool';

/** The owner of the reservations of batches, whose lease does not end. */
const OWNER = 'batches';

/** SUBMITTING: whether the provider has it is not known yet. ENDED: what it did is booked. */
export type BatchState = 'SUBMITTING' | 'OPEN' | 'ENDED';

/** A batch at a provider: one call of the ledger. */
export interface Batch {
  readonly callId: string;
  /** The provider's; null until it has answered. */
  readonly id: string | null;
  /** Empty for the administrator's. */
  readonly keyId: string;
  readonly deploymentId: string;
  readonly model: string;
  /** The name by which the list price is found. */
  readonly upstreamModel: string;
  readonly inputFileId: string;
  readonly bound: BatchBound;
  /** The provider's description, as it was seen last. */
  readonly content: JsonRecord | null;
  readonly state: BatchState;
  readonly submittedAt: Date;
}

export type NewBatch = Omit<Batch, 'id' | 'content' | 'state' | 'submittedAt'>;

const COLUMNS = `call_id AS "callId", id, key_id AS "keyId", deployment_id AS "deploymentId", model,
  upstream_model AS "upstreamModel", input_file_id AS "inputFileId", bound, content, state, submitted_at AS "submittedAt"`;

/**
 * Writes a batch down before it is sent, and makes its reservation one that outlives this process: both or neither.
 * False when there is no such open reservation.
 */
export async function insertBatch(db: Queryable, batch: NewBatch, lookInMs: number): Promise<boolean> {
  const { callId, keyId, deploymentId, model, upstreamModel, inputFileId, bound } = batch;
  const { rows } = await db.query(
    `WITH held AS (
       UPDATE reservations SET owner_id = $9 WHERE id = $1 AND state = 'RESERVED' RETURNING id)
     INSERT INTO batches (call_id, key_id, deployment_id, model, upstream_model, input_file_id, bound, next_look_at)
     SELECT id, $2, $3, $4, $5, $6, $7, ledger_now() + $8 * interval '1 millisecond' FROM held RETURNING call_id`,
    [callId, keyId, deploymentId, model, upstreamModel, inputFileId, JSON.stringify(bound), lookInMs, OWNER],
  );
  return rows.length === 1;
}

/** The provider has it. Its id goes with the spend row, by which people find it in the provider's own bill. */
export async function openBatch(
  db: Queryable,
  callId: string,
  content: JsonRecord & { readonly id: string },
  lookInMs: number,
): Promise<void> {
  await db.query(
    `WITH named AS (
       UPDATE reservations SET metadata = metadata || jsonb_build_object('batch_id', $2::text)
        WHERE id = $1 AND state = 'RESERVED')
     UPDATE batches SET id = $2, content = $3, state = 'OPEN',
            next_look_at = ledger_now() + $4 * interval '1 millisecond'
      WHERE call_id = $1 AND state = 'SUBMITTING'`,
    [callId, content.id, JSON.stringify(content), lookInMs],
  );
}

/**
 * What the provider said of it just now. One that is under way keeps its reservation a day longer, and whatever has ended
 * stays as it is.
 */
export async function noteBatch(
  db: Queryable,
  callId: string,
  content: JsonRecord,
  isUnderWay: boolean,
): Promise<void> {
  await db.query(
    `WITH kept AS (
       UPDATE reservations SET deadline_at = greatest(deadline_at, ledger_now() + interval '1 day')
        WHERE id = $1 AND state = 'RESERVED' AND $3)
     UPDATE batches SET content = $2 WHERE call_id = $1`,
    [callId, JSON.stringify(content), isUnderWay],
  );
}

export async function endBatch(db: Queryable, callId: string): Promise<void> {
  await db.query(
    `UPDATE batches SET state = 'ENDED', ended_at = ledger_now() WHERE call_id = $1 AND state <> 'ENDED'`,
    [callId],
  );
}

/** A null key finds everybody's. */
export async function findBatch(db: Queryable, id: string, keyId: string | null): Promise<Batch | null> {
  const { rows } = await db.query<Batch>(
    `SELECT ${COLUMNS} FROM batches WHERE id = $1 AND ($2::text IS NULL OR key_id = $2)`,
    [id, keyId],
  );
  return rows[0] ?? null;
}

/** The batch whose results are in the file, as long as they are not booked. */
export async function findUnbookedBatch(db: Queryable, fileId: string): Promise<Batch | null> {
  const { rows } = await db.query<Batch>(
    `SELECT ${COLUMNS} FROM batches
      WHERE state = 'OPEN' AND $1 IN (content ->> 'output_file_id', content ->> 'error_file_id')`,
    [fileId],
  );
  return rows[0] ?? null;
}

export interface BatchPage {
  readonly keyId: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** The latest first; up to one more than asked for, which tells whether there are more. */
export async function listBatches(db: Queryable, page: BatchPage): Promise<JsonRecord[]> {
  const { rows } = await db.query<{ content: JsonRecord }>(
    `SELECT content FROM batches
      WHERE ($1::text IS NULL OR key_id = $1) AND id IS NOT NULL
        AND ($2::text IS NULL OR (submitted_at, call_id) < (
          SELECT submitted_at, call_id FROM batches WHERE id = $2 AND ($1::text IS NULL OR key_id = $1)))
      ORDER BY submitted_at DESC, call_id DESC LIMIT $3`,
    [page.keyId, page.after, page.limit + 1],
  );
  return rows.map(({ content }) => content);
}

/**
 * Takes batches that nobody has looked at lately; for as long as `claimMs` no other process takes them. One that the
 * provider has said nothing of for a month is left alone: it was charged at its hold long ago.
 */
export async function claimDueBatches(db: Queryable, limit: number, claimMs: number): Promise<Batch[]> {
  const { rows } = await db.query<Batch>(
    `UPDATE batches SET next_look_at = ledger_now() + $2 * interval '1 millisecond'
      WHERE call_id IN (
        SELECT call_id FROM batches
         WHERE state <> 'ENDED' AND next_look_at <= ledger_now()
           AND submitted_at > ledger_now() - interval '30 days'
         ORDER BY next_look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [limit, claimMs],
  );
  return rows;
}

export async function lookAgainIn(db: Queryable, callId: string, lookInMs: number): Promise<void> {
  await db.query(
    `UPDATE batches SET next_look_at = ledger_now() + $2 * interval '1 millisecond' WHERE call_id = $1`,
    [callId, lookInMs],
  );
}

/** What a batch was admitted with, and when; null when its reservation is gone. */
export async function findAdmission(
  db: Queryable,
  callId: string,
): Promise<{ readonly ask: CallAsk; readonly admittedAtMs: number } | null> {
  const { rows } = await db.query<AdmissionRow>(`SELECT * FROM reservations WHERE id = $1`, [callId]);
  const row = rows[0];
  return row === undefined ? null : { ask: toAsk(row), admittedAtMs: row.admitted_at.getTime() };
}

interface AdmissionRow {
  readonly id: string;
  readonly admitted_at: Date;
  readonly deadline_at: Date;
  readonly hold: string;
  readonly hold_input_tokens: string;
  readonly hold_output_tokens: string;
  readonly priced: boolean;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly team_id: string;
  readonly team_name: string;
  readonly project_id: string;
  readonly user_id: string;
  readonly key_id: string;
  readonly key_alias: string;
  readonly customer_id: string;
  readonly tags: string[];
  readonly metadata: Record<string, unknown>;
  readonly provider: string;
  readonly deployment_id: string;
  readonly model: string;
  readonly model_names: string[];
  readonly endpoint: string;
  readonly stream: boolean;
}

function toAsk(row: AdmissionRow): CallAsk {
  const known = (text: string): string | null => (text === '' ? null : text);
  return {
    callId: row.id,
    snapshot: {
      organizationId: row.organization_id,
      organizationName: row.organization_name,
      teamId: known(row.team_id),
      teamName: known(row.team_name),
      projectId: known(row.project_id),
      userId: known(row.user_id),
      keyId: known(row.key_id),
      keyAlias: known(row.key_alias),
      customerId: known(row.customer_id),
      tags: row.tags,
      metadata: row.metadata,
      provider: row.provider,
      deploymentId: known(row.deployment_id),
      model: row.model,
      modelNames: row.model_names,
      endpoint: row.endpoint,
      stream: row.stream,
    },
    keyVersion: null,
    priced: row.priced,
    hold: moneyFromDatabase(row.hold),
    holdInputTokens: Number(row.hold_input_tokens),
    holdOutputTokens: Number(row.hold_output_tokens),
    deadlineMs: row.deadline_at.getTime() - row.admitted_at.getTime(),
    idempotency: null,
  };
}
