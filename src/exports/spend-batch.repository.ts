import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import type { SpendRecord } from '../domain/exports/spend-record';
import { moneyFromDatabase } from '../platform/database/money-column';
import {
  conditionsOf,
  sourcePage,
  sourcesOf,
  Statement,
  type SpendLogFilter,
} from '../spend/spend-log-filter.repository';

/** The place of a row in the order of admission, as the database writes it: a date would cut off its microseconds. */
export interface SpendPlace {
  readonly admittedAt: string;
  readonly id: string;
}

export interface SpendBatch {
  readonly rows: readonly SpendRecord[];
  /** Of the last row; null: there are no more. */
  readonly end: SpendPlace | null;
}

const COLUMNS = `s.id, s.kind, s.call_id AS "callId", s.admitted_at::text AS place, s.admitted_at AS "admittedAt",
  s.booked_at AS "bookedAt", s.status, s.cost, s.pricing_status AS "pricingStatus", s.price_id AS "priceId",
  s.cost_breakdown AS "costBreakdown", s.hold, s.overrun, s.requests, s.usage, s.usage_source AS "usageSource",
  s.input_tokens AS "inputTokens", s.output_tokens AS "outputTokens", s.organization_id AS "organizationId",
  s.organization_name AS "organizationName", s.team_id AS "teamId", s.team_name AS "teamName",
  s.project_id AS "projectId", s.user_id AS "userId", s.key_id AS "keyId", s.key_alias AS "keyAlias",
  s.customer_id AS "customerId", s.tags, s.metadata, s.provider, s.deployment_id AS "deploymentId", s.model,
  s.served_model AS "servedModel", s.endpoint, s.stream, s.duration_ms AS "durationMs",
  s.first_byte_ms AS "firstByteMs", s.http_status AS "httpStatus", s.error, s.actor, s.reason`;

type Converted = 'admittedAtMs' | 'bookedAtMs' | 'cost' | 'hold' | 'overrun' | 'inputTokens' | 'outputTokens';

interface Raw extends Omit<SpendRecord, Converted> {
  readonly place: string;
  readonly admittedAt: Date;
  readonly bookedAt: Date;
  readonly cost: string | null;
  readonly hold: string;
  readonly overrun: string;
  readonly inputTokens: string;
  readonly outputTokens: string;
}

/**
 * The next rows of the log after a place, oldest first. One short statement each, so that no transaction stays open while
 * a reader takes its time.
 */
export async function readSpendBatch(
  manager: EntityManager,
  visibility: Visibility,
  filter: SpendLogFilter,
  after: SpendPlace | null,
  size: number,
): Promise<SpendBatch> {
  const sources = sourcesOf(visibility);
  if (sources.length === 0) return { rows: [], end: null };
  const sql = new Statement();
  const conditions = conditionsOf(sql, filter);
  if (after !== null) {
    const [at, id] = [`${sql.add(after.admittedAt)}::timestamptz`, sql.add(after.id)];
    // The first says nothing new, but tells the planner which partitions to leave out.
    conditions.push(`admitted_at >= ${at}`, `(admitted_at, id) > (${at}, ${id})`);
  }
  const sort = `ORDER BY admitted_at, id LIMIT ${size}`;
  const pages = sources.map((source) => sourcePage(sql, source, conditions, sort));
  const raw: Raw[] = await manager.query(
    `SELECT ${COLUMNS} FROM (SELECT id, admitted_at FROM (${pages.join(' UNION ')}) AS visible ${sort}) AS page
       JOIN spend_logs s ON s.id = page.id AND s.admitted_at = page.admitted_at
      ORDER BY s.admitted_at, s.id`,
    sql.parameters,
  );
  const last = raw.at(-1);
  const end = last && raw.length === size ? { admittedAt: last.place, id: last.id } : null;
  return { rows: raw.map(toRecord), end };
}

function toRecord(raw: Raw): SpendRecord {
  return {
    ...raw,
    admittedAtMs: raw.admittedAt.getTime(),
    bookedAtMs: raw.bookedAt.getTime(),
    cost: raw.cost === null ? null : moneyFromDatabase(raw.cost),
    hold: moneyFromDatabase(raw.hold),
    overrun: moneyFromDatabase(raw.overrun),
    inputTokens: BigInt(raw.inputTokens),
    outputTokens: BigInt(raw.outputTokens),
  };
}
