import type { EntityManager } from 'typeorm';
import type { Finding } from '../domain/alerts/finding';

interface ModelRow {
  readonly organization_id: string;
  readonly provider: string;
  readonly model: string;
  readonly calls: string;
}

/** Models without a price that were called in the last day. */
export async function unpricedModels(
  manager: EntityManager,
  organizationId: string | null,
): Promise<Finding[]> {
  const rows: ModelRow[] = await manager.query(
    `SELECT organization_id, provider, model, sum(unpriced)::text AS calls FROM spend_rollups
      WHERE bucket > ledger_now() - interval '1 day' AND unpriced > 0
        AND ($1::text IS NULL OR organization_id = $1) GROUP BY 1, 2, 3`,
    [organizationId],
  );
  return rows.map(({ organization_id, provider, model, calls }) => ({
    ...{ scope: 'ORGANIZATION', scopeId: organization_id, severity: 'WARNING' },
    title: `{subject} uses ${model}, which has no price`,
    message: `${calls} calls of ${provider}/${model} within a day cost an unknown amount. Set a price, and rate them again.`,
    details: { provider, model, calls },
    topic: JSON.stringify([provider, model]),
    occasion: null,
  }));
}

interface NewModelRow extends ModelRow {
  readonly cost: string;
}

/** Models that cause spend since less than a day, in organizations that were there before. */
export async function newModels(manager: EntityManager, organizationId: string | null): Promise<Finding[]> {
  const rows: NewModelRow[] = await manager.query(
    `SELECT n.organization_id, n.provider, n.model, sum(n.requests)::text AS calls, trim_scale(sum(n.cost))::text AS cost
       FROM spend_rollups n
      WHERE n.bucket > ledger_now() - interval '1 day' AND n.cost > 0
        AND ($1::text IS NULL OR n.organization_id = $1)
        AND NOT EXISTS (SELECT 1 FROM spend_rollups o WHERE o.organization_id = n.organization_id AND o.model = n.model
          AND o.provider = n.provider AND o.bucket <= ledger_now() - interval '1 day')
        AND EXISTS (SELECT 1 FROM spend_rollups o
          WHERE o.organization_id = n.organization_id AND o.bucket <= ledger_now() - interval '1 day')
      GROUP BY 1, 2, 3`,
    [organizationId],
  );
  return rows.map(({ organization_id, provider, model, calls, cost }) => ({
    ...{ scope: 'ORGANIZATION', scopeId: organization_id, severity: 'INFO' },
    title: `{subject} spends on ${model} for the first time`,
    message: `${calls} calls of ${provider}/${model} have cost ${cost} USD so far.`,
    details: { provider, model, calls, spent: cost },
    topic: JSON.stringify([provider, model]),
    occasion: '',
  }));
}

interface FailingRow {
  readonly provider: string;
  readonly calls: string;
  readonly failures: string;
  readonly percent: string;
}

/** Providers of which the last half hour's calls failed in such a share, of so many at least. */
export async function failingProviders(
  manager: EntityManager,
  percent: number,
  minimumCalls: number,
): Promise<Finding[]> {
  const rows: FailingRow[] = await manager.query(
    `SELECT provider, sum(requests)::text AS calls, sum(failures)::text AS failures,
            trim_scale(round(100 * sum(failures)::numeric / sum(requests), 1))::text AS percent
       FROM spend_rollups WHERE bucket >= date_bin('15 minutes', ledger_now() - interval '15 minutes', '2000-01-01Z')
      GROUP BY 1
     HAVING sum(requests) >= $1 AND 100 * sum(failures) >= $2 * sum(requests)`,
    [minimumCalls, percent],
  );
  return rows.map(({ provider, calls, failures, percent: share }) => ({
    ...{ scope: 'PROVIDER', scopeId: provider, severity: 'CRITICAL' },
    title: `{subject} fails ${share} % of its calls`,
    message: `${failures} of ${calls} calls within half an hour have failed.`,
    details: { provider, calls, failures, percent: share },
    topic: provider,
    occasion: null,
  }));
}

export interface AnomalyTerms {
  /** Null for all. */
  readonly organizationId: string | null;
  readonly timezone: string;
  readonly baselineDays: number;
  readonly deviations: number;
  readonly minimumUsd: string;
}

interface AnomalyRow {
  readonly organization_id: string;
  readonly team_id: string | null;
  readonly day: string;
  readonly today: string;
  readonly mean: string;
  readonly threshold: string;
  readonly days: string;
}

/**
 * Organizations and teams whose spend of today stands out: above the mean of the days before by a number of their standard
 * deviations, and by half of it at least. Days without spend count; with fewer than three days there is nothing to compare.
 */
export async function unusualSpend(manager: EntityManager, terms: AnomalyTerms): Promise<Finding[]> {
  const rows: AnomalyRow[] = await manager.query(
    `WITH today AS (SELECT date_trunc('day', ledger_now() AT TIME ZONE $1) AS day),
     days AS (
       SELECT r.organization_id, CASE WHEN grouping(r.team_id) = 0 THEN r.team_id END AS team_id,
              date_trunc('day', r.bucket AT TIME ZONE $1) AS day, sum(r.cost) AS cost
         FROM spend_rollups r, today
        WHERE r.bucket >= (today.day - $2 * interval '1 day') AT TIME ZONE $1
          AND ($5::text IS NULL OR r.organization_id = $5)
        GROUP BY GROUPING SETS ((r.organization_id, 3), (r.organization_id, r.team_id, 3))
       HAVING grouping(r.team_id) = 1 OR r.team_id <> ''),
     sums AS (
       SELECT d.organization_id, d.team_id, sum(d.cost) FILTER (WHERE d.day = today.day) AS today,
              sum(d.cost) FILTER (WHERE d.day < today.day) AS total,
              sum(d.cost * d.cost) FILTER (WHERE d.day < today.day) AS squares,
              extract(day FROM max(today.day) - min(d.day))::numeric AS days
         FROM days d, today GROUP BY 1, 2),
     stats AS (
       SELECT organization_id, team_id, today, days, total / days AS mean,
              sqrt(greatest(squares / days - (total / days) * (total / days), 0)) AS deviation
         FROM sums WHERE days >= 3 AND today IS NOT NULL AND total > 0)
     SELECT organization_id, team_id, (SELECT to_char(day, 'YYYY-MM-DD') FROM today) AS day, days::text,
            trim_scale(today)::text AS today, trim_scale(round(mean, 6))::text AS mean,
            trim_scale(round(greatest(mean + $3 * deviation, 1.5 * mean), 6))::text AS threshold
       FROM stats WHERE today >= $4::numeric AND today > greatest(mean + $3 * deviation, 1.5 * mean)`,
    [terms.timezone, terms.baselineDays, terms.deviations, terms.minimumUsd, terms.organizationId],
  );
  return rows.map((row) => ({
    scope: row.team_id === null ? 'ORGANIZATION' : 'TEAM',
    ...{ scopeId: row.team_id ?? row.organization_id, severity: 'WARNING' },
    title: '{subject} spends more than usual',
    message: `${row.today} USD so far today; the ${row.days} days before had ${row.mean} USD on average.`,
    details: {
      ...{ day: row.day, spent: row.today, mean: row.mean, usualUpTo: row.threshold, baselineDays: row.days },
      method: `above the mean of the days before by ${terms.deviations} standard deviations, and by half of it`,
    },
    topic: row.team_id ?? row.organization_id,
    occasion: row.day,
  }));
}
