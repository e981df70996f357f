import type { EntityManager } from 'typeorm';
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

/** By the first two columns, the bucket and the labels. Each ends with them, so that no two groups are of one rank. */
const ORDERS: Readonly<Record<SpendReportOrder, string>> = {
  TIME_ASC: '1, sum(spend.cost) DESC, 2',
  TIME_DESC: '1 DESC, sum(spend.cost) DESC, 2',
  COST_DESC: 'sum(spend.cost) DESC, 1, 2',
  COST_ASC: 'sum(spend.cost), 1, 2',
  REQUESTS_DESC: 'sum(spend.requests) DESC, 1, 2',
  TOKENS_DESC: 'sum(spend.input_tokens + spend.output_tokens) DESC, 1, 2',
  VALUES_ASC: '2, 1',
};

type Raw = Record<SumColumn | `total_${SumColumn}` | 'group_count', string> & {
  period: number;
  labels: string[];
};

/** Sums of the roll-ups. One statement, so that the groups and their total are of one moment. */
export async function sumSpendGroups(
  manager: EntityManager,
  visibility: Visibility,
  report: SpendReportQuery,
): Promise<SpendReportGroups> {
  const { from, to, timezone, bucket, attribute } = report;
  const columns = report.groupBy.map((dimension) => COLUMNS[dimension]);
  if (attribute) columns.push('spend.attribute');
  const query = manager
    .createQueryBuilder()
    .from(attribute ? ATTRIBUTE_ROWS[attribute.name] : 'spend_rollups', 'spend')
    .where('spend.bucket >= :from AND spend.bucket < :to', { from, to });
  if (attribute?.only) query.andWhere('spend.attribute = ANY(:attributes)', { attributes: attribute.only });
  for (const dimension of Object.keys(report.filter) as SpendDimension[]) {
    const name = `only_${dimension}`;
    query.andWhere(`${COLUMNS[dimension]} = ANY(:${name})`, { [name]: report.filter[dimension] });
  }
  const periods = bucket && calendarPeriods(bucket, timezone, from.getTime(), to.getTime());
  const starts = periods?.map((period) => new Date(period.startsAtMs).toISOString());
  query
    .select(starts ? 'width_bucket(spend.bucket, CAST(:starts AS timestamptz[]))' : '0', 'period')
    .addSelect(`ARRAY[${columns.join(', ')}]::text[]`, 'labels')
    .addSelect('(count(*) OVER ())::text', 'group_count');
  if (starts) query.setParameter('starts', starts);
  for (const column of SUM_COLUMNS) {
    query.addSelect(`sum(spend.${column})::text`, column);
    query.addSelect(`(sum(sum(spend.${column})) OVER ())::text`, `total_${column}`);
  }
  const dimensions = attribute ? [...report.groupBy, attribute.name] : report.groupBy;
  const rows = await onlyVisible(query, visibility, SPEND_VISIBLE_BY)
    .groupBy('1, 2')
    .orderBy(ORDERS[report.order ?? 'TIME_ASC'])
    .limit(report.first)
    .getRawMany<Raw>();
  return {
    groups: rows.map((row) => ({
      period: periods?.[row.period - 1] ?? null,
      values: dimensions.map((dimension, n) => [dimension, row.labels[n] ?? ''] as const),
      ...toSpendSums((column) => row[column]),
    })),
    total: toSpendSums((column) => rows[0]?.[`total_${column}`]),
    groupCount: Number(rows[0]?.group_count ?? 0),
  };
}
