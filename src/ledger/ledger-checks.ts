import { compareSums } from './compare-sums';

/** A check is a query for what is wrong: rows of subject, expected and actual, all as text. */
export interface LedgerCheck {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** What a spend row counts for, written out anew: the ledger's own function is not to vouch for itself. */
const AMOUNT = `CASE w.unit
  WHEN 'USD' THEN coalesce(s.cost, 0) WHEN 'TOKENS' THEN s.input_tokens + s.output_tokens
  WHEN 'INPUT_TOKENS' THEN s.input_tokens WHEN 'OUTPUT_TOKENS' THEN s.output_tokens
  WHEN 'REQUESTS' THEN s.requests ELSE 0 END`;

/** Whether a spend row belongs to the thing of a scope; both are SQL. */
const onScope = (scope: string, id: string): string => `CASE ${scope}
  WHEN 'SERVER' THEN TRUE WHEN 'ORGANIZATION' THEN s.organization_id = ${id}
  WHEN 'TEAM' THEN s.team_id = ${id} WHEN 'PROJECT' THEN s.project_id = ${id}
  WHEN 'USER' THEN s.user_id = ${id} WHEN 'KEY' THEN s.key_id = ${id}
  WHEN 'TEAM_MEMBER' THEN s.team_id <> '' AND s.user_id <> ''
    AND replace(replace(s.team_id, '%', '%25'), '/', '%2F') || '/' || s.user_id = ${id}
  WHEN 'CUSTOMER' THEN s.customer_id <> ''
    AND replace(replace(s.organization_id, '%', '%25'), '/', '%2F') || '/' || s.customer_id = ${id}
  WHEN 'TAG' THEN ${id} = ANY (s.tags)
  WHEN 'PROVIDER' THEN s.provider = ${id} WHEN 'DEPLOYMENT' THEN s.deployment_id = ${id}
  WHEN 'MODEL' THEN ${id} = ANY (s.model_names) WHEN 'MODEL_GROUP' THEN ${id} = ANY (s.model_names) ELSE FALSE END`;

/** A window of a limit itself, or of one holder of a template's limit, which a default may count within something. */
const IN_SERIES = `CASE WHEN a.id IS NULL THEN ${onScope('l.scope', 'l.scope_id')}
  ELSE ${onScope('a.holder_scope', 'w.holder_id')}
    AND (a.within_scope = '' OR ${onScope('a.within_scope', 'a.within_id')}) END`;

/** What roll-ups and totals both sum up. */
const SUMS = {
  cost: 'sum(cost)',
  requests: 'sum(requests)',
  input_tokens: 'sum(input_tokens)',
  output_tokens: 'sum(output_tokens)',
};

const ROLLUP_KEYS = [
  'bucket',
  'organization_id',
  'team_id',
  'project_id',
  'user_id',
  'key_id',
  'provider',
  'model',
  'endpoint',
];

export const LEDGER_CHECKS: readonly LedgerCheck[] = [
  {
    name: 'windows-spent',
    description:
      'What is spent in each window of a limit is the sum of what was booked in it, kept row by row or in the archive, and ' +
      'of its credits and resets.',
    sql: `SELECT 'window ' || w.id || ' of ' || w.limit_id AS subject, (x.amount + y.amount)::text AS expected, w.spent::text AS actual
      FROM limit_windows w JOIN limits l ON l.id = w.limit_id
      LEFT JOIN template_assignments a ON a.id = w.assignment_id
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(${AMOUNT}), 0)::numeric(38,12) AS amount FROM spend_entries s
         WHERE s.admitted_at >= w.starts_at AND (w.ends_at IS NULL OR s.admitted_at < w.ends_at)
           AND ${IN_SERIES}
           AND (cardinality(l.models) = 0 OR EXISTS (
             SELECT 1 FROM unnest(l.models) m, unnest(s.model_names) n WHERE n ~ ('^' || replace(
               regexp_replace(m, '([.^$+?()\\[\\]{}|\\\\])', '\\\\\\1', 'g'), '*', '.*') || '$')))) x
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(j.amount), 0) AS amount FROM limit_adjustments j
         WHERE j.limit_id = w.limit_id AND j.assignment_id = w.assignment_id AND j.holder_id = w.holder_id
           AND j.booked_at >= w.starts_at AND (w.ends_at IS NULL OR j.booked_at < w.ends_at)) y
      WHERE x.amount + y.amount <> w.spent`,
  },
  {
    name: 'windows-reserved',
    description: 'What is reserved in each window is the sum of what open reservations hold in it.',
    sql: `SELECT 'window ' || w.id || ' of ' || w.limit_id AS subject, coalesce(x.held, 0)::text AS expected,
        w.reserved::text AS actual
      FROM limit_windows w LEFT JOIN (
        SELECT h.window_id, sum(h.held) AS held FROM reservations r
         CROSS JOIN LATERAL unnest(r.window_ids, r.held) AS h(window_id, held)
         WHERE r.state = 'RESERVED' GROUP BY h.window_id) x ON x.window_id = w.id
      WHERE coalesce(x.held, 0) <> w.reserved`,
  },
  {
    name: 'booked-once',
    description:
      'Every reservation that has ended has one spend row with what it was charged; no open one has any.',
    sql: `SELECT r.id AS subject, CASE r.state WHEN 'RESERVED' THEN 'no row' ELSE 'one row of ' || r.charged END AS expected,
        count(s.id) || ' rows of ' || coalesce(sum(s.cost)::text, 'no cost') AS actual
      FROM reservations r LEFT JOIN spend_logs s ON s.call_id = r.id AND s.kind = 'CALL'
      GROUP BY r.id, r.state, r.charged
      HAVING (r.state = 'RESERVED' AND count(s.id) > 0)
        OR (r.state <> 'RESERVED' AND (count(s.id) <> 1 OR coalesce(sum(s.cost), 0) <> r.charged))`,
  },
  {
    name: 'rollups',
    description: 'Every roll-up of a quarter of an hour is the sum of what was booked in it.',
    sql: compareSums({
      table: 'spend_rollups',
      subject: `'bucket ' || bucket || ' key ' || key_id || ' model ' || model`,
      keys: ROLLUP_KEYS,
      source: `(SELECT *, to_timestamp(floor(extract(epoch FROM admitted_at) / 900) * 900) AS bucket FROM spend_entries) l`,
      sums: {
        ...SUMS,
        failures: 'sum(failures)',
        unpriced: 'sum(unpriced)',
        cache_read_tokens: 'sum(cache_read_tokens)',
        cache_write_tokens: 'sum(cache_write_tokens)',
        reasoning_tokens: 'sum(reasoning_tokens)',
      },
    }),
  },
  {
    name: 'totals',
    description:
      'The totals of the server, organizations, teams, projects, users, keys and customers are the sums of their spend rows.',
    sql: compareSums({
      table: 'spend_totals',
      subject: `scope || ' ' || scope_id`,
      keys: ['scope', 'scope_id'],
      source: `spend_entries l CROSS JOIN LATERAL (VALUES ('SERVER', 'server'), ('ORGANIZATION', l.organization_id),
          ('TEAM', l.team_id), ('PROJECT', l.project_id), ('USER', l.user_id), ('KEY', l.key_id),
          ('CUSTOMER', CASE l.customer_id WHEN '' THEN '' ELSE
            replace(replace(l.organization_id, '%', '%25'), '/', '%2F') || '/' || l.customer_id END)) AS x(scope, scope_id)
        WHERE x.scope_id <> ''`,
      sums: SUMS,
    }),
  },
  {
    name: 'breakdowns',
    description: 'The parts of every cost add up to it.',
    sql: `SELECT s.id AS subject, s.cost::text AS expected, x.parts::text AS actual
      FROM spend_logs s CROSS JOIN LATERAL (
        SELECT coalesce(sum(value::numeric), 0) AS parts FROM jsonb_each_text(s.cost_breakdown)) x
      WHERE s.kind = 'CALL' AND s.cost IS NOT NULL AND s.cost_breakdown IS NOT NULL AND x.parts <> s.cost`,
  },
  {
    name: 'leases',
    description:
      'No reservation stays open a minute after the lease of its server process or its own deadline ended.',
    sql: `SELECT r.id AS subject, 'ended' AS expected, 'open since ' || r.admitted_at AS actual
      FROM reservations r LEFT JOIN ledger_owners o ON o.id = r.owner_id
      WHERE r.state = 'RESERVED' AND least(r.deadline_at, coalesce(o.lease_until, r.admitted_at))
        < (SELECT clock_timestamp() + clock_offset FROM ledger_state) - interval '1 minute'`,
  },
  {
    name: 'append-only',
    description:
      'The triggers that refuse changes of spend rows are in place and on, on every partition, and those of credits and resets.',
    sql: `SELECT c.relname AS subject, 'triggers on' AS expected, count(t.oid) || ' of 2' AS actual
      FROM pg_class c
      LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgenabled IN ('O', 'A')
        AND t.tgfoid = 'refuse_change'::regproc
      WHERE c.oid IN (SELECT 'spend_logs'::regclass UNION ALL SELECT 'spend_archive'::regclass UNION ALL SELECT 'limit_adjustments'::regclass UNION ALL
        SELECT inhrelid FROM pg_inherits WHERE inhparent = 'spend_logs'::regclass)
      GROUP BY c.relname HAVING count(t.oid) < 2`,
  },
];
