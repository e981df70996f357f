import type { CostStatus } from '../domain/pricing/cost';
import type { PricingTerms } from '../domain/pricing/pricing-terms';
import type { BookedCost } from '../domain/pricing/rerating';
import type { Usage } from '../domain/usage/usage';
import { decodeCursor, encodeCursor } from '../platform/database/cursor';
import { moneyFromDatabase } from '../platform/database/money-column';
import type { Queryable } from '../platform/database/pool';

export interface RerateFilter {
  readonly from: Date;
  readonly to: Date;
  readonly pricingStatuses: readonly CostStatus[];
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly provider?: string | null | undefined;
}

/** A call that was counted, with all that its price depends on and what is booked for it so far. Absent ids are null. */
export interface RatedCall {
  readonly spendId: string;
  readonly admittedAt: Date;
  readonly lastSeq: string;
  readonly provider: string | null;
  readonly model: string;
  readonly modelNames: readonly string[];
  readonly servedModel: string | null;
  readonly deploymentId: string | null;
  readonly organizationId: string | null;
  readonly teamId: string | null;
  readonly keyId: string | null;
  readonly usage: Usage;
  readonly terms: PricingTerms;
  readonly booked: BookedCost;
}

const CURSOR = 'spend.rerate';
const EQUAL = ['organizationId', 'teamId', 'keyId', 'model', 'provider'] as const;
const COLUMNS: Readonly<Record<(typeof EQUAL)[number], string>> = {
  organizationId: 'organization_id',
  teamId: 'team_id',
  keyId: 'key_id',
  model: 'model',
  provider: 'provider',
};

/**
 * The next calls of the range, oldest first. Calls that were charged at their hold are none of them, because nobody knows
 * what they used; nor are those that used nothing, those whose provider said itself what they cost, and batches that were
 * billed at several rates.
 */
export async function listRatedCalls(
  db: Queryable,
  filter: RerateFilter,
  after: string | null,
  limit: number,
): Promise<RatedCall[]> {
  const parameters: unknown[] = [filter.from, filter.to, filter.pricingStatuses, limit];
  const conditions: string[] = [];
  for (const name of EQUAL) {
    const value = filter[name];
    if (value == null) continue;
    parameters.push(value);
    conditions.push(`AND c.${COLUMNS[name]} = $${parameters.length}`);
  }
  if (after !== null) {
    const place = decodeCursor(CURSOR, after, 'after');
    parameters.push(place.value, place.id);
    conditions.push(
      `AND (c.admitted_at, c.id) > ($${parameters.length - 1}::timestamptz, $${parameters.length})`,
    );
  }
  const { rows } = await db.query<Row>(
    `SELECT c.id, c.admitted_at, c.provider, c.model, c.model_names, c.served_model, c.deployment_id, c.organization_id,
            c.team_id, c.key_id, c.usage, c.pricing_terms, x.last_seq, x.total, x.status, x.breakdowns
       FROM spend_logs c CROSS JOIN LATERAL (
         SELECT max(a.seq)::text AS last_seq, sum(a.cost)::text AS total,
                (array_agg(a.pricing_status ORDER BY a.seq DESC))[1] AS status, jsonb_agg(a.cost_breakdown) AS breakdowns
           FROM spend_logs a
          WHERE a.admitted_at = c.admitted_at AND (a.id = c.id OR starts_with(a.id, c.id || '-r'))) x
      WHERE c.kind = 'CALL' AND c.status <> 'EXPIRED' AND c.usage_source IN ('PROVIDER', 'ESTIMATED')
        AND c.admitted_at >= $1 AND c.admitted_at < $2 AND c.pricing_status = ANY ($3)
        AND (c.pricing_terms ->> 'isReported') IS NULL AND (c.pricing_terms ->> 'isMixed') IS NULL ${conditions.join(' ')}
      ORDER BY c.admitted_at, c.id LIMIT $4`,
    parameters,
  );
  return rows.map(toRatedCall);
}

/** Where to go on after the call. */
export function rerateCursor(call: RatedCall): string {
  return encodeCursor(CURSOR, { value: call.admittedAt.toISOString(), id: call.spendId });
}

interface Row {
  readonly id: string;
  readonly admitted_at: Date;
  readonly provider: string;
  readonly model: string;
  readonly model_names: string[];
  readonly served_model: string | null;
  readonly deployment_id: string;
  readonly organization_id: string;
  readonly team_id: string;
  readonly key_id: string;
  readonly usage: Usage;
  readonly pricing_terms: PricingTerms | null;
  readonly last_seq: string;
  readonly total: string | null;
  readonly status: CostStatus;
  readonly breakdowns: (Record<string, string> | null)[];
}

function toRatedCall(row: Row): RatedCall {
  const known = (id: string): string | null => (id === '' ? null : id);
  return {
    spendId: row.id,
    admittedAt: row.admitted_at,
    lastSeq: row.last_seq,
    provider: known(row.provider),
    model: row.model,
    modelNames: row.model_names,
    servedModel: row.served_model,
    deploymentId: known(row.deployment_id),
    organizationId: known(row.organization_id),
    teamId: known(row.team_id),
    keyId: known(row.key_id),
    usage: row.usage,
    terms: row.pricing_terms ?? {},
    booked: {
      total: row.total === null ? null : moneyFromDatabase(row.total),
      status: row.status,
      breakdowns: row.breakdowns,
    },
  };
}
