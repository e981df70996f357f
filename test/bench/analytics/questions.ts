import type { DataSource } from 'typeorm';
import { visibilityOf } from '../../../src/access/visibility';
import { calendarPeriods } from '../../../src/domain/spend/report-periods';
import { readSpendBatch } from '../../../src/exports/spend-batch.repository';
import { listSpendLogs } from '../../../src/spend/spend-log-list.repository';
import type { SpendLogFilter } from '../../../src/spend/spend-log-filter.repository';
import { sumSpendGroups } from '../../../src/spend/spend-report.repository';

/** A question to the server, and the same to the rows themselves where that is another way. */
export interface Question {
  readonly name: string;
  ask(): Promise<unknown>;
  raw?(): Promise<unknown>;
  /** p50 that is aimed at, in milliseconds. */
  readonly goalMs: number | null;
}

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
const ALL = visibilityOf({ kind: 'MASTER' });

export function questions(db: DataSource, nowMs: number): Question[] {
  const to = new Date(Math.floor(nowMs / QUARTER_MS) * QUARTER_MS);
  const from = new Date(to.getTime() - 30 * DAY_MS);
  const { manager } = db;
  const report = { from, to, timezone: 'Europe/Berlin', filter: {}, first: 5_000 };
  const days = calendarPeriods('DAY', report.timezone, from.getTime(), to.getTime());
  const starts = days.map(({ startsAtMs }) => new Date(startsAtMs));
  const sums = `sum(coalesce(cost, 0)), sum(requests), sum(input_tokens), sum(output_tokens)`;
  const inRange = `FROM spend_logs WHERE admitted_at >= $1 AND admitted_at < $2`;
  return [
    {
      name: '30 days by team and model',
      ask: () => sumSpendGroups(manager, ALL, { ...report, groupBy: ['TEAM', 'MODEL'], bucket: null }),
      raw: () => manager.query(`SELECT team_id, model, ${sums} ${inRange} GROUP BY 1, 2`, [from, to]),
      goalMs: 30,
    },
    {
      name: '30 days of one team, by day and model',
      ask: () =>
        sumSpendGroups(manager, ALL, {
          ...report,
          ...{ groupBy: ['MODEL'], bucket: 'DAY', filter: { TEAM: ['team_7'] } },
        }),
      raw: () =>
        manager.query(
          `SELECT width_bucket(admitted_at, $3::timestamptz[]), model, ${sums} ${inRange} AND team_id = 'team_7' GROUP BY 1, 2`,
          [from, to, starts],
        ),
      goalMs: 30,
    },
    {
      name: '30 days, a series of days',
      ask: () => sumSpendGroups(manager, ALL, { ...report, groupBy: [], bucket: 'DAY' }),
      raw: () =>
        manager.query(`SELECT width_bucket(admitted_at, $3::timestamptz[]), ${sums} ${inRange} GROUP BY 1`, [
          ...[from, to, starts],
        ]),
      goalMs: 30,
    },
    ...pages(db),
  ];
}

const FILTERS: readonly [string, SpendLogFilter][] = [
  ['of all', {}],
  ['of a key', { keyId: 'key_500' }],
  ['of a team', { teamId: 'team_50' }],
  ['of a customer', { customerId: 'customer_5000' }],
  ['of a model', { model: 'model-29' }],
  ['of a provider that nobody called', { provider: 'none' }],
  ['of calls that failed', { status: 'FAILURE' }],
  ['of corrections', { kind: 'ADJUSTMENT' }],
  ['with a tag', { tag: 'tag-5' }],
  ['with a tag that no call has', { tag: 'none' }],
];

/** The last page of each list, which is as far from its beginning as can be. */
function pages(db: DataSource): Question[] {
  const listed = FILTERS.map(([name, filter]): Question => ({
    name: `the last page ${name}`,
    ask: () => listSpendLogs(db.manager, ALL, { filter, order: 'ADMITTED_AT_DESC', page: { last: 20 } }),
    goalMs: 10,
  }));
  const exported = { name: '1,000 rows of an export', goalMs: null };
  return [...listed, { ...exported, ask: () => readSpendBatch(db.manager, ALL, {}, null, 1_000) }];
}
