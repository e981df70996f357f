import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { calendarPeriods, type CalendarPeriod } from '../domain/spend/report-periods';
import type { SpendBucket, SpendDimension, SpendReportOrder } from '../domain/spend/report-words';
import { SPEND_VISIBLE_BY } from './spend-log.repository';
import { SUM_COLUMNS, toSpendSums, type SpendSums, type SumColumn } from './spend-sums.repository';

/** What calls carry themselves, which the roll-ups do not keep: the rows of the log are summed then. */
export type SpendAttribute = 'CUSTOMER' | 'TAG';

export interface AttributeAsk {
  readonly name: SpendAttribute;
  /** Those values alone; all of them when left out. */
  readonly only?: readonly string[] | undefined;
}

export interface SpendReportQuery {
  /** On a quarter of an hour, as the roll-ups are. */
  readonly from: Date;
  readonly to: Date;
  /** An IANA name. */
  readonly timezone: string;
  readonly groupBy: readonly SpendDimension[];
  readonly bucket: SpendBucket | null;
  /** Grouped by as well, after `groupBy`. Calls without it do not count; one with several tags counts for each. */
  readonly attribute?: AttributeAsk | undefined;
  /** Those values alone; an empty list leaves nothing. */
  readonly filter: Readonly<Partial<Record<SpendDimension, readonly string[]>>>;
  /** TIME_ASC by default. */
  readonly order?: SpendReportOrder;
  readonly first: number;
}

export interface SpendReportGroup extends SpendSums {
  /** Null when the report has no buckets. */
  readonly period: CalendarPeriod | null;
  /** The empty text stands for an absent one. */
  readonly values: readonly (readonly [dimension: SpendDimension | SpendAttribute, value: string])[];
}

export interface SpendReportGroups {
  readonly groups: readonly SpendReportGroup[];
  /** Of all groups, those beyond `first` included. */
  readonly total: SpendSums;
  readonly groupCount: number;
}

const COLUMNS: Readonly<Record<SpendDimension, string>> = {
  ORGANIZATION: 'spend.organization_id',
  TEAM: 'spend.team_id',
  PROJECT: 'spend.project_id',
  USER: 'spend.user_id',
  KEY: 'spend.key_id',
  PROVIDER: 'spend.provider',
  MODEL: 'spend.model',
  ENDPOINT: 'spend.endpoint',
};

/** What was booked as a roll-up of its own, once for each value of the attribute. */
const ATTRIBUTE_ROWS: Readonly<Record<SpendAttribute, string>> = {
  CUSTOMER: `(SELECT e.*, e.admitted_at AS bucket, e.customer_id AS attribute FROM spend_entries e
    WHERE e.customer_id <> '')`,
  TAG: `(SELECT e.*, e.admitted_at AS bucket, tagged.tag AS attribute FROM spend_entries e
    CROSS JOIN LATERAL (SELECT DISTINCT unnest(e.tags) AS tag) AS tagged)`,
};

/** By the first two columns, the period and the labels. Each ends with them, so that no two groups are of one rank. */
const ORDERS: Readonly<Record<SpendReportOrder, string>> = {
  TIME_ASC: '1, summed.cost DESC, 2',
  TIME_DESC: '1 DESC, summed.cost DESC, 2',
  COST_DESC: 'summed.cost DESC, 1, 2',
  COST_ASC: 'summed.cost, 1, 2',
  REQUESTS_DESC: 'summed.requests DESC, 1, 2',
  TOKENS_DESC: 'summed.input_tokens + summed.output_tokens DESC, 1, 2',
  VALUES_ASC: '2, 1',
};

type Raw = Record<SumColumn | `total_${SumColumn}` | 'group_count', string> & {
  /** Counted from one. */
  period: string;
  labels: string[];
};

/** Sums of the roll-ups. One statement, so that the groups and their total are of one moment. */
export async function sumSpendGroups(
  manager: EntityManager,
  visibility: Visibility,
  report: SpendReportQuery,
): Promise<SpendReportGroups> {
  const { from, to, timezone, bucket, attribute } = report;
  const range = { startsAtMs: from.getTime(), endsAtMs: to.getTime() };
  const periods = bucket && calendarPeriods(bucket, timezone, range.startsAtMs, range.endsAtMs);
  const labels = labelColumns(report);
  const sums = sumsOfPeriod(manager, visibility, report, labels);
  const query = manager
    .createQueryBuilder()
    .select('summed.period', 'period')
    .addSelect(`ARRAY[${labels.map((_, n) => `summed.label_${n}`).join(', ')}]::text[]`, 'labels')
    .addSelect('(count(*) OVER ())::text', 'group_count');
  for (const column of SUM_COLUMNS) {
    query.addSelect(`summed.${column}::text`, column);
    query.addSelect(`(sum(summed.${column}) OVER ())::text`, `total_${column}`);
  }
  const rows = await query
    .from(
      `(SELECT period.n AS period, each.*
          FROM unnest(CAST(:starts AS timestamptz[]), CAST(:ends AS timestamptz[])) WITH ORDINALITY
            AS period(starts_at, ends_at, n)
         CROSS JOIN LATERAL (${sums.getQuery()}) AS each)`,
      'summed',
    )
    .setParameters({ ...sums.getParameters(), ...bounds(periods ?? [range], range) })
    .orderBy(ORDERS[report.order ?? 'TIME_ASC'])
    .limit(report.first)
    .getRawMany<Raw>();
  const dimensions = attribute ? [...report.groupBy, attribute.name] : report.groupBy;
  return {
    groups: rows.map((row) => ({
      period: periods?.[Number(row.period) - 1] ?? null,
      values: dimensions.map((dimension, n) => [dimension, row.labels[n] ?? ''] as const),
      ...toSpendSums((column) => row[column]),
    })),
    total: toSpendSums((column) => rows[0]?.[`total_${column}`]),
    groupCount: Number(rows[0]?.group_count ?? 0),
  };
}

function labelColumns({ groupBy, attribute }: SpendReportQuery): string[] {
  const columns = groupBy.map((dimension) => COLUMNS[dimension]);
  return attribute ? [...columns, 'spend.attribute'] : columns;
}

/**
 * The groups of one period. Each period is summed up for itself, in a small table in memory: to group all of them at once,
 * the database would sort every row of the range.
 */
function sumsOfPeriod(
  manager: EntityManager,
  visibility: Visibility,
  { attribute, filter }: SpendReportQuery,
  labels: readonly string[],
): SelectQueryBuilder<ObjectLiteral> {
  const query = manager
    .createQueryBuilder()
    .from(attribute ? ATTRIBUTE_ROWS[attribute.name] : 'spend_rollups', 'spend')
    .where('spend.bucket >= period.starts_at AND spend.bucket < period.ends_at')
    // Without labels there is one group, which is none when it has no rows.
    .having('count(*) > 0');
  if (attribute?.only) query.andWhere('spend.attribute = ANY(:attributes)', { attributes: attribute.only });
  for (const dimension of Object.keys(filter) as SpendDimension[]) {
    const name = `only_${dimension}`;
    query.andWhere(`${COLUMNS[dimension]} = ANY(:${name})`, { [name]: filter[dimension] });
  }
  for (const [n, column] of labels.entries()) {
    query.addSelect(column, `label_${n}`).addGroupBy(column);
  }
  for (const column of SUM_COLUMNS) query.addSelect(`sum(spend.${column})`, column);
  return onlyVisible(query, visibility, SPEND_VISIBLE_BY);
}

/** Where each period begins and ends; the first and the last are cut to the range. */
function bounds(periods: readonly CalendarPeriod[], range: CalendarPeriod) {
  const at = (ms: number): string => new Date(ms).toISOString();
  return {
    starts: periods.map(({ startsAtMs }) => at(Math.max(startsAtMs, range.startsAtMs))),
    ends: periods.map(({ endsAtMs }) => at(Math.min(endsAtMs, range.endsAtMs))),
  };
}
