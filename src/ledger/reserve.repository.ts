import type { CallAsk } from '../domain/ledger/call-ask';
import { namesOfModel } from '../domain/limits/scope';
import { formatMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import { moneyFromDatabase } from '../platform/database/money-column';
import type { Queryable } from '../platform/database/pool';
import type { WindowToMake } from './window.repository';

/** One line of a call: what it asks of one window. `slot` is the 1-based place of the window in the batch. */
export interface ReserveLine {
  readonly slot: number;
  readonly windowId: string;
  readonly held: bigint;
}

export interface ReserveBatch {
  readonly ownerId: string;
  readonly limitsVersion: string;
  /** Distinct window ids, ascending as numbers. */
  readonly windowIds: readonly string[];
  /** The amount of each window's limit; null where it is advisory. */
  readonly caps: readonly (bigint | null)[];
  readonly calls: readonly { readonly ask: CallAsk; readonly lines: readonly ReserveLine[] }[];
}

/** The rows of a batch, and what stood in each of its windows before it. */
export interface ReserveAnswer {
  readonly rows: readonly ReserveRow[];
  readonly spent: readonly bigint[];
  readonly reserved: readonly bigint[];
}

export type ReserveRow =
  | { readonly verdict: 'STALE_LIMITS' | 'STALE_WINDOWS' | 'LEASE_LOST'; readonly nowMs: number }
  | {
      readonly verdict: 'ADMITTED' | 'KEY_CHANGED';
      readonly callId: string;
      readonly nowMs: number;
      readonly keySpend: Money;
    }
  | {
      readonly verdict: 'REFUSED';
      readonly callId: string;
      readonly nowMs: number;
      readonly keySpend: Money;
      readonly slot: number;
      readonly spent: bigint;
      readonly reserved: bigint;
    }
  | {
      readonly verdict: 'DUPLICATE';
      readonly callId: string;
      readonly nowMs: number;
      readonly firstCallId: string;
      readonly firstBodyHash: string;
      readonly firstState: string;
    };

interface RawRow {
  call_id: string;
  verdict: ReserveRow['verdict'];
  slot: number;
  spent: string;
  reserved: string;
  key_spend: string | null;
  admitted_at: Date;
  first_call_id: string;
  first_body_hash: string;
  first_state: string;
  window_spent: string | null;
  window_reserved: string | null;
}

/** The same question with nothing written; null when a window was made meanwhile and it has to be asked anew. */
export async function explainCalls(
  db: Queryable,
  batch: ReserveBatch,
  absent: readonly WindowToMake[],
): Promise<ReserveAnswer | null> {
  const real = batch.windowIds.slice(0, batch.windowIds.length - absent.length);
  const inOrder = absent.map(({ limit, window }) => ({
    limit_id: limit.id,
    assignment_id: limit.assignmentId ?? '',
    holder_id: limit.assignmentId === null ? '' : limit.scopeId,
    unit: limit.unit,
    starts_at: new Date(window.startsAtMs).toISOString(),
    ends_at: window.endsAtMs === null ? null : new Date(window.endsAtMs).toISOString(),
  }));
  const [owner, version, , caps, calls] = parametersOf(batch);
  const { rows } = await db.query<{
    answer: (Omit<RawRow, 'admitted_at'> & { admitted_at: string })[] | null;
  }>(`SELECT ledger_explain($1, $2, $3, $4, $5, $6) AS answer`, [
    owner,
    version,
    `{${real.join(',')}}`,
    JSON.stringify(inOrder),
    caps,
    calls,
  ]);
  const answer = rows[0]?.answer ?? null;
  return answer && toAnswer(answer.map((row) => ({ ...row, admitted_at: new Date(row.admitted_at) })));
}

/** Asks the database to admit a batch of calls: one statement, one transaction. See the migration for the verdicts. */
export async function reserveCalls(db: Queryable, batch: ReserveBatch): Promise<ReserveAnswer> {
  const { rows } = await db.query<RawRow>(
    `SELECT * FROM ledger_reserve($1, $2, $3, $4, $5)`,
    parametersOf(batch),
  );
  return toAnswer(rows);
}

function parametersOf(batch: ReserveBatch): [string, string, string, string, string] {
  return [
    batch.ownerId,
    batch.limitsVersion,
    `{${batch.windowIds.join(',')}}`,
    `{${batch.caps.map((cap) => (cap === null ? 'NULL' : formatMoney(cap))).join(',')}}`,
    JSON.stringify(batch.calls.map(({ ask, lines }, index) => callJson(ask, lines, index))),
  ];
}

function toAnswer(rows: readonly RawRow[]): ReserveAnswer {
  return {
    rows: rows.map(toReserveRow),
    spent: amountsOf(rows[0]?.window_spent),
    reserved: amountsOf(rows[0]?.window_reserved),
  };
}

function amountsOf(text: string | null | undefined): bigint[] {
  return text == null || text === '' ? [] : text.split(',').map(moneyFromDatabase);
}

function callJson(ask: CallAsk, lines: readonly ReserveLine[], index: number): Record<string, unknown> {
  const { snapshot } = ask;
  return {
    n: index,
    id: ask.callId,
    key_version: ask.keyVersion ?? 0,
    deadline_ms: ask.deadlineMs,
    hold: formatMoney(ask.hold),
    hold_input_tokens: ask.holdInputTokens,
    hold_output_tokens: ask.holdOutputTokens,
    slots: lines.map((line) => line.slot),
    window_ids: lines.map((line) => line.windowId),
    held: lines.map((line) => formatMoney(line.held)),
    idempotency_key: ask.idempotency?.key ?? null,
    body_hash: ask.idempotency?.bodyHash ?? null,
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
    priced: ask.priced,
    endpoint: snapshot.endpoint,
    stream: snapshot.stream,
  };
}

function toReserveRow(row: RawRow): ReserveRow {
  const nowMs = row.admitted_at.getTime();
  const keySpend = row.key_spend === null ? 0n : moneyFromDatabase(row.key_spend);
  switch (row.verdict) {
    case 'STALE_LIMITS':
    case 'STALE_WINDOWS':
    case 'LEASE_LOST':
      return { verdict: row.verdict, nowMs };
    case 'ADMITTED':
    case 'KEY_CHANGED':
      return { verdict: row.verdict, callId: row.call_id, nowMs, keySpend };
    case 'REFUSED':
      return {
        verdict: row.verdict,
        callId: row.call_id,
        nowMs,
        keySpend,
        slot: row.slot,
        spent: moneyFromDatabase(row.spent),
        reserved: moneyFromDatabase(row.reserved),
      };
    case 'DUPLICATE':
      return {
        verdict: row.verdict,
        callId: row.call_id,
        nowMs,
        firstCallId: row.first_call_id,
        firstBodyHash: row.first_body_hash,
        firstState: row.first_state,
      };
  }
}
