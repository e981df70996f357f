import type { EntityManager } from 'typeorm';
import type { ReportPeriod, RuleScope } from '../domain/alerts/rule';
import type { AlertRuleEntity } from './alert-rule.entity';
import type { Finding } from '../domain/alerts/finding';

const UNITS: Readonly<Record<ReportPeriod, string>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month' };
const WORDS: Readonly<Record<ReportPeriod, string>> = {
  DAILY: 'Daily',
  WEEKLY: 'Weekly',
  MONTHLY: 'Monthly',
};

/** The roll-ups of each place that a report can be about. */
const ROWS_OF: Readonly<Record<Exclude<RuleScope, 'LIMIT'>, string>> = {
  SERVER: `$3 = 'server'`,
  ORGANIZATION: 'r.organization_id = $3',
  TEAM: 'r.team_id = $3',
  PROJECT: 'r.project_id = $3',
  KEY: 'r.key_id = $3',
};

interface SpanRow {
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly before_at: Date;
  readonly day: string;
}

interface SumRow {
  readonly part: 'total' | 'before' | 'team' | 'model' | 'key';
  readonly name: string | null;
  readonly cost: string;
  readonly requests: string;
}

/**
 * The report of the last whole day, week or month in the rule's time zone; null when that was over before the rule was
 * made. It says what was spent, how that compares with the span before, and on whom and what most of it went.
 */
export async function spendReportFinding(
  manager: EntityManager,
  rule: AlertRuleEntity,
  period: ReportPeriod,
): Promise<Finding | null> {
  if (rule.scope === 'LIMIT') return null;
  const [span]: SpanRow[] = await manager.query(
    `SELECT (e.local - ('1 ' || $2)::interval) AT TIME ZONE $1 AS starts_at, e.local AT TIME ZONE $1 AS ends_at,
            (e.local - ('2 ' || $2)::interval) AT TIME ZONE $1 AS before_at,
            to_char(e.local - ('1 ' || $2)::interval, 'YYYY-MM-DD') AS day
       FROM (SELECT date_trunc($2, ledger_now() AT TIME ZONE $1) AS local) e`,
    [rule.timezone, UNITS[period]],
  );
  if (!span || rule.createdAt >= span.ends_at) return null;
  const rows: SumRow[] = await manager.query(
    `WITH rows AS (
       SELECT r.*, r.bucket >= $1 AS within FROM spend_rollups r
        WHERE r.bucket >= $4 AND r.bucket < $2 AND ${ROWS_OF[rule.scope]}),
     parts AS (
       SELECT 'total' AS part, NULL AS name, sum(cost) AS cost, sum(requests) AS requests FROM rows WHERE within
       UNION ALL SELECT 'before', NULL, sum(cost), sum(requests) FROM rows WHERE NOT within
       UNION ALL SELECT 'team', coalesce(t.name, ''), sum(cost), sum(requests)
                   FROM rows LEFT JOIN teams t ON t.id = team_id WHERE within GROUP BY team_id, t.name
       UNION ALL SELECT 'model', model, sum(cost), sum(requests) FROM rows WHERE within GROUP BY model
       UNION ALL SELECT 'key', coalesce(k.alias, k.display, ''), sum(cost), sum(requests)
                   FROM rows LEFT JOIN virtual_keys k ON k.id = key_id WHERE within GROUP BY key_id, k.alias, k.display)
     SELECT part, name, trim_scale(coalesce(cost, 0))::text AS cost, coalesce(requests, 0)::text AS requests
       FROM (SELECT *, row_number() OVER (PARTITION BY part ORDER BY cost DESC, name) AS place FROM parts) p
      WHERE place <= 10 ORDER BY part, place`,
    [span.starts_at, span.ends_at, rule.scopeId, span.before_at],
  );
  return toFinding(rule, period, span, rows);
}

function toFinding(
  rule: AlertRuleEntity,
  period: ReportPeriod,
  span: SpanRow,
  rows: readonly SumRow[],
): Finding {
  const sumOf = (part: SumRow['part']): string => rows.find((row) => row.part === part)?.cost ?? '0';
  const most = (part: SumRow['part']) =>
    rows
      .filter((row) => row.part === part)
      .map(({ name, cost, requests }) => ({ name: name === '' ? 'none' : name, cost, requests }));
  const requests = rows.find(({ part }) => part === 'total')?.requests ?? '0';
  const lines = (['team', 'model', 'key'] as const).map((part) => {
    const named = most(part).map(({ name, cost }) => `${name ?? 'none'} ${cost} USD`);
    return named.length === 0 ? '' : ` By ${part}: ${named.join(', ')}.`;
  });
  return {
    ...{ scope: rule.scope, scopeId: rule.scopeId, windowStart: span.starts_at, windowEnd: span.ends_at },
    severity: 'INFO',
    title: `${WORDS[period]} spend report of {subject}: ${sumOf('total')} USD`,
    message:
      `${sumOf('total')} USD for ${requests} calls in the ${UNITS[period]} from ${span.day} (${rule.timezone}); ` +
      `${sumOf('before')} USD in the ${UNITS[period]} before.${lines.join('')}`,
    details: {
      ...{ period, spent: sumOf('total'), before: sumOf('before'), requests, timezone: rule.timezone },
      ...{ byTeam: most('team'), byModel: most('model'), byKey: most('key') },
    },
    topic: 'report',
    occasion: span.day,
  };
}
