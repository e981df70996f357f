import type { EntityManager } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { Money } from '../domain/money/money';
import type { SpendBucket, SpendDimension } from '../domain/spend/report-words';
import { moneyFromDatabase } from '../platform/database/money-column';
import { SPEND_VISIBLE_BY } from './spend-log.repository';

export interface SpendReportQuery {
  /** On a quarter of an hour, as the roll-ups are. */
  readonly from: Date;
  readonly to: Date;
  /** An IANA name. */
  readonly timezone: string;
  readonly groupBy: readonly SpendDimension[];
  readonly bucket: SpendBucket | null;
  readonly filter: Readonly<Partial<Record<SpendDimension, string>>>;
  readonly first: number;
}

export interface SpendReportGroup {
  /** The start of the bucket; null when the report has none. */
  readonly time: Date | null;
  /** In the order of `groupBy`; the empty text stands for an absent one. */
  readonly values: readonly string[];
  readonly cost: Money;
  readonly requests: bigint;
  readonly failures: bigint;
  readonly unpriced: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
}

export interface SpendReportGroups {
  readonly groups: readonly SpendReportGroup[];
  /** Of all groups, those beyond `first` included. */
  readonly totalCost: Money;
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

const MEASURES = ['cost', 'requests', 'failures', 'unpriced', 'input_tokens', 'output_tokens'] as const;

type Raw = Record<(typeof MEASURES)[number] | 'total_cost' | 'group_count', string> & {
  time: Date | null;
  labels: string[];
};

/** Sums of the roll-ups. One statement, so that the groups and their total are of one moment. */
export async function sumSpendGroups(
  manager: EntityManager,
  visibility: Visibility,
  report: SpendReportQuery,
): Promise<SpendReportGroups> {
  const { from, to, timezone, bucket } = report;
  const columns = report.groupBy.map((dimension) => COLUMNS[dimension]);
  const query = manager
    .createQueryBuilder()
    .from('spend_rollups', 'spend')
    .where('spend.bucket >= :from AND spend.bucket < :to', { from, to });
  for (const dimension of Object.keys(report.filter) as SpendDimension[]) {
    const name = `only_${dimension}`;
    query.andWhere(`${COLUMNS[dimension]} = :${name}`, { [name]: report.filter[dimension] });
  }
  // The unit is one of four words and never the caller's text.
  const time =
    bucket === null
      ? 'NULL::timestamptz'
      : `date_trunc('${bucket.toLowerCase()}', spend.bucket, :timezone::text)`;
  query
    .select(time, 'time')
    .addSelect(`ARRAY[${columns.join(', ')}]::text[]`, 'labels')
    .addSelect('(sum(sum(spend.cost)) OVER ())::text', 'total_cost')
    .addSelect('(count(*) OVER ())::text', 'group_count');
  for (const measure of MEASURES) query.addSelect(`sum(spend.${measure})::text`, measure);
  if (bucket !== null) query.setParameter('timezone', timezone);
  const rows = await onlyVisible(query, visibility, SPEND_VISIBLE_BY)
    .groupBy('1, 2')
    .orderBy('1 NULLS LAST, sum(spend.cost) DESC, 2')
    .limit(report.first)
    .getRawMany<Raw>();
  return {
    groups: rows.map(toGroup),
    totalCost: moneyFromDatabase(rows[0]?.total_cost ?? '0'),
    groupCount: Number(rows[0]?.group_count ?? 0),
  };
}

function toGroup(row: Raw): SpendReportGroup {
  return {
    time: row.time,
    values: row.labels,
    cost: moneyFromDatabase(row.cost),
    requests: BigInt(row.requests),
    failures: BigInt(row.failures),
    unpriced: BigInt(row.unpriced),
    inputTokens: BigInt(row.input_tokens),
    outputTokens: BigInt(row.output_tokens),
  };
}
