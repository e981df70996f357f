import { formatMoney } from '../money/decimal-text';
import type { Money } from '../money/money';
import type { CalendarPeriod } from '../spend/report-periods';
import type { SpendDimension } from '../spend/report-words';
import type { ExportColumn } from './column';
import { instantText, presentText } from './spend-record';

/** A group of a report. */
export interface ReportRecord {
  readonly period: CalendarPeriod | null;
  /** The empty text stands for an absent one. */
  readonly values: readonly (readonly [dimension: string, value: string])[];
  readonly cost: Money;
  readonly requests: bigint;
  readonly failures: bigint;
  readonly unpriced: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly cacheReadTokens: bigint;
  readonly cacheWriteTokens: bigint;
  readonly reasoningTokens: bigint;
}

type ReportColumn = ExportColumn<ReportRecord>;

const DIMENSION_NAMES: Readonly<Record<SpendDimension, string>> = {
  ORGANIZATION: 'organization_id',
  TEAM: 'team_id',
  PROJECT: 'project_id',
  USER: 'user_id',
  KEY: 'key_id',
  PROVIDER: 'provider',
  MODEL: 'model',
  ENDPOINT: 'endpoint',
};

const count = (name: string, valueOf: (row: ReportRecord) => bigint): ReportColumn => ({
  ...{ name, kind: 'INTEGER' },
  valueOf: (row) => valueOf(row).toString(),
});

const SUMS: readonly ReportColumn[] = [
  { name: 'cost', kind: 'DECIMAL', valueOf: (row) => formatMoney(row.cost) },
  count('requests', (row) => row.requests),
  count('failures', (row) => row.failures),
  count('unpriced', (row) => row.unpriced),
  count('input_tokens', (row) => row.inputTokens),
  count('output_tokens', (row) => row.outputTokens),
  count('cache_read_tokens', (row) => row.cacheReadTokens),
  count('cache_write_tokens', (row) => row.cacheWriteTokens),
  count('reasoning_tokens', (row) => row.reasoningTokens),
];

const PERIOD: readonly ReportColumn[] = [
  {
    name: 'period_start',
    kind: 'INSTANT',
    valueOf: ({ period }) => period && instantText(period.startsAtMs),
  },
  { name: 'period_end', kind: 'INSTANT', valueOf: ({ period }) => period && instantText(period.endsAtMs) },
];

/** The bucket of time where there is one, what it is grouped by, and the sums. */
export function reportColumns(groupBy: readonly SpendDimension[], hasBuckets: boolean): ReportColumn[] {
  const dimensions = groupBy.map((dimension): ReportColumn => ({
    ...{ name: DIMENSION_NAMES[dimension], kind: 'TEXT' },
    valueOf: ({ values }) => presentText(values.find(([name]) => name === dimension)?.[1] ?? ''),
  }));
  return [...(hasBuckets ? PERIOD : []), ...dimensions, ...SUMS];
}
